/** What a change has changed, in words: two states of a page, one after the other. */

import { typeable } from "../scales/numbers.js";
import { namesApart } from "../state/laneedits.js";
import { comings } from "./story.js";

/** @import {Race, Store, View} from "../state/types.js" */

/** @typedef {{race: Race, view: View}} State */

const NOISE = { noise: "gradient noise", noise_decay: "decay of the noise", seed: "seed" };
/** What may be other in a view alone. */
const SHOWN = { notation: "the notation", chosen: "the chosen optimizer", linked: "linked sliders", hidden: "hidden paths", chart: "the chart" };

/**
 * @param {Store} store
 * @param {State} before
 * @param {State} now
 * @returns {string}  what is other now, as it is now
 */
export function difference(store, before, now) {
  const [old, race] = [before.race, now.race];
  if (old.surface !== race.surface) return store.surface().name;
  const came = comings(old, race).trim().replace(/\.$/, "");
  if (came) return came;
  const said = [...lanes(store, old, race), ...settings(store, old, race)];
  return said.join("; ") || shown(store, before.view, now.view);
}

/** @param {Store} store @param {Race} old @param {Race} race @returns {string[]} */
function lanes(store, old, race) {
  const names = namesApart(race);
  return race.lanes.flatMap(({ rule, values, label, schedule }, i) => {
    const earlier = old.lanes[i];
    if (earlier.rule !== rule) return [`${names[i]} instead of ${namesApart(old)[i]}`];
    const parameters = store.rule(rule).hyperparameters.filter(({ name }) => earlier.values[name] !== values[name]);
    const numbers = parameters.map(({ name, meaning }) => `${names[i]}: ${meaning || name} ${typeable(values[name])}`);
    const renamed = earlier.label === label ? [] : [`${label}, the name`];
    return [...numbers, ...renamed, ...(differ(earlier.schedule, schedule) ? [`${names[i]}: its schedule`] : [])];
  });
}

/** @param {Store} store @param {Race} old @param {Race} race @returns {string[]} */
function settings(store, old, race) {
  const shape = store.surface().parameters.filter(({ name }) => old.shape[name] !== race.shape[name]);
  const noise = /** @type {(keyof typeof NOISE)[]} */ (Object.keys(NOISE)).filter((name) => old[name] !== race[name]);
  return [
    ...shape.map(({ name, meaning }) => `${meaning || name} ${typeable(race.shape[name])}`),
    ...(differ(old.start, race.start) ? [`start (${race.start.map(typeable).join(", ")})`] : []),
    ...(old.steps === race.steps ? [] : [`${race.steps} steps`]),
    ...(differ(old.schedule, race.schedule) ? [`schedule ${store.schedule(race.schedule.slug).name}`] : []),
    ...noise.map((name) => `${NOISE[name]} ${typeable(race[name])}`),
    ...(differ(old.changes, race.changes) ? ["what changes in mid-run"] : []),
  ];
}

/** @param {Store} store @param {View} old @param {View} view */
function shown(store, old, view) {
  const other = Object.entries(SHOWN).filter(([name]) => differ(Reflect.get(old, name), Reflect.get(view, name)));
  return other.map(([, words]) => words).join("; ") || "what is shown";
}

/** @param {unknown} one @param {unknown} other */
function differ(one, other) {
  return JSON.stringify(one) !== JSON.stringify(other);
}
