/** Which optimizers are mapped: the race's lanes, or the whole catalogue at rates that suit the surface. */

import { looksOf } from "../state/looks.js";

/** @import {Race, Store, View} from "../state/types.js" */

/**
 * @typedef {object} Look  How the maps are looked at.
 * @property {"all" | "race"} who
 * @property {"starts" | "rate" | "own"} over  what they vary
 * @property {"steps" | "loss"} color
 * @property {"robust" | "name"} sort
 *
 * @typedef {View & Look} MapsView
 *
 * @typedef {{race: Race, lane: number, look: number}} Entry  A lane, and a race that it runs in.
 */

/** How the store's maps are looked at. @param {Store} store */
export function lookOf(store) {
  return /** @type {MapsView} */ (store.view);
}

/** Whether all maps have the same sides. @param {Store} store */
export function haveSameSides(store) {
  return lookOf(store).over !== "own";
}

/** Whether the maps can be ranked by what reaches a minimum: of the same cells, where there is one. @param {Store} store */
export function canRank(store) {
  return haveSameSides(store) && store.surface().minima.length > 0;
}

/** @param {Store} store @returns {Entry[]} */
export function lineup(store) {
  const { race } = store;
  const entries = (/** @type {Race} */ of) => looksOf(of, store).map((look, lane) => ({ race: of, lane, look }));
  if (lookOf(store).who === "race") return entries(race);
  const lanes = store.catalogue.rules.map(({ slug, name }) => ({ rule: slug, label: name, values: store.suggested(slug) }));
  return entries({ ...race, lanes, changes: race.changes.filter(({ lane }) => lane === undefined) });
}

/**
 * Return the race to open for an optimizer: its own with its lane chosen, or, of the whole catalogue,
 * one of that lane alone.
 *
 * @param {Store} store
 * @param {Entry} entry
 * @param {Record<string, number>} values  other than its own: `x` and `y` of the start, hyperparameters
 * @returns {{race: Race, chosen: number}}
 */
export function opened(store, { race, lane }, { x = race.start[0], y = race.start[1], ...values }) {
  /** @type {[number, number]} */
  const start = [x, y];
  const lanes = race.lanes.map((one, at) => (at === lane ? { ...one, values: { ...one.values, ...values } } : one));
  if (lookOf(store).who === "race") return { race: { ...race, start, lanes }, chosen: lane };
  return { race: { ...race, start, lanes: [lanes[lane]] }, chosen: 0 };
}
