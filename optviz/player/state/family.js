/** What a new lane takes from another form of its rule that races already: their algebra is compared, not their rates. */

import { typeable } from "../scales/numbers.js";

/** @import {Lane, Store} from "./types.js" */

/**
 * Return the lane beside which one of a rule is to race: the chosen one if it is of that rule's family,
 * else the first that is.
 *
 * @param {Store} store
 * @param {string} slug  of the rule
 * @returns {Lane | undefined}
 */
export function kinOf(store, slug) {
  const { family } = store.rule(slug);
  const lanes = [store.lane(store.view.chosen), ...store.race.lanes];
  return lanes.find(({ rule }) => store.rule(rule).family === family);
}

/**
 * Return the values of a lane that a rule has, too, by the rule's names: those of one name and meaning,
 * and those that a source only calls otherwise.
 *
 * @param {Store} store
 * @param {string} slug  of the rule
 * @param {Lane | undefined} lane  of the same family
 * @returns {Record<string, number>}
 */
export function sharedValues(store, slug, lane) {
  if (!lane) return {};
  const { hyperparameters: theirs, written } = store.rule(lane.rule);
  const renamed = Object.values(written).find((form) => form?.rule === slug)?.renamed ?? {};
  const shared = store.rule(slug).hyperparameters.flatMap(({ name, meaning }) => {
    const other = renamed[name] ?? theirs.find((one) => one.name === name && one.meaning === meaning)?.name;
    return other === undefined ? [] : [[name, lane.values[other]]];
  });
  return Object.fromEntries(shared);
}

/**
 * Add a lane of a rule, at the values of its kin in the race if it has any there, and say so.
 *
 * @param {Store} store
 * @param {string} slug  of the rule
 * @returns {string}
 */
export function addBeside(store, slug) {
  const kin = kinOf(store, slug);
  const shared = sharedValues(store, slug, kin);
  store.addLane(slug, shared);
  const { label } = store.race.lanes[store.race.lanes.length - 1];
  const { text } = store.rule(slug);
  const values = Object.keys(shared).map((name) => `${text[store.view.notation][name]} ${typeable(shared[name])}`);
  return kin ? `Added: ${label}, at the values of ${kin.label}: ${values.join(", ")}` : `Added: ${label}`;
}
