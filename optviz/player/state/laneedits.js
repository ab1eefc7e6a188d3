/** Lanes that come and go: the race with one more or one less, and what is then chosen and hidden. */

import { scheduleChanges, withoutLane } from "./changes.js";

/** @import {Lane, Race, View} from "./types.js" */

/** @typedef {{race: Race, view: View}} State */

/**
 * Return the state with another lane, which is chosen.
 *
 * @param {State} state
 * @param {Lane} lane  its label is numbered if another lane has the same
 * @returns {State}
 */
export function laneAdded({ race, view }, lane) {
  const added = { ...lane, label: freeLabel(race.lanes.map(({ label }) => label), lane.label) };
  return {
    race: { ...race, lanes: [...race.lanes, added] },
    view: { ...view, chosen: race.lanes.length },
  };
}

/**
 * Return the state without lane `index`; the chosen and the hidden lanes stay the same lanes, and all
 * are called as they were, even those that only their order told apart.
 *
 * @param {State} state
 * @param {number} index
 * @returns {State}
 */
export function laneRemoved({ race, view }, index) {
  const names = namesApart(race);
  const lanes = race.lanes.map((lane, i) => ({ ...lane, label: names[i] })).filter((_, i) => i !== index);
  const moved = view.chosen > index ? view.chosen - 1 : view.chosen;
  return {
    race: { ...race, lanes, changes: withoutLane(race.changes, index) },
    view: {
      ...view,
      chosen: Math.max(0, Math.min(moved, lanes.length - 1)),
      hidden: view.hidden.filter((i) => i !== index).map((i) => (i > index ? i - 1 : i)),
    },
  };
}

/**
 * Return the race with one lane only, whatever it is called: what happens to it depends on no other.
 *
 * @param {Race} race
 * @param {number} index
 * @returns {Race}
 */
export function alone(race, index) {
  const { rule, values, schedule = race.schedule } = race.lanes[index];
  const scheduled = scheduleChanges(race, index);
  const changes = race.changes
    .filter((change) => (change.schedule ? scheduled.includes(change) : change.lane === index))
    .map(({ lane, ...change }) => (change.schedule ? change : { ...change, lane: 0 }));
  return { ...race, lanes: [{ rule, label: rule, values }], schedule, changes };
}

/** What lanes are called where each is told from the others. @param {Pick<Race, "lanes">} race */
export function namesApart({ lanes }) {
  /** @type {string[]} */
  const names = [];
  for (const { label } of lanes) names.push(freeLabel(names, label));
  return names;
}

/** Return the name with a number behind it if others are called so. @param {string[]} taken @param {string} name */
export function freeLabel(taken, name) {
  let label = name;
  for (let i = 2; taken.includes(label); i += 1) label = `${name} ${i}`;
  return label;
}
