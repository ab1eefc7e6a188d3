/** Changes in mid-run: other values of a lane, or another schedule, from a step on. */

/** @import {Change, Race, Schedule} from "./types.js" */

/** The values that the run begins with, before all changes. */
const BEFORE = -1;

/**
 * Return the value of a lane's hyperparameter that is in force at `step`, undefined for the default.
 *
 * @param {Race} race
 * @param {number} lane
 * @param {string} name
 * @param {number | null} step  null for the value before all changes
 */
export function inForce(race, lane, name, step) {
  const at = step ?? BEFORE;
  let value = race.lanes[lane].values[name];
  for (const change of race.changes) {
    if (change.lane === lane && change.step <= at && change.values && name in change.values) value = change.values[name];
  }
  return value;
}

/**
 * @param {Race} race
 * @param {number | null} step  null for the schedule before all changes
 */
export function scheduleInForce(race, step) {
  const at = step ?? BEFORE;
  const changed = race.changes.filter((change) => change.schedule && change.step <= at).at(-1);
  return changed?.schedule ?? race.schedule;
}

/**
 * Return the race in which a hyperparameter of a lane has another value from `step` on.
 *
 * @param {Race} race
 * @param {number} step
 * @param {number} lane
 * @param {string} name
 * @param {number} value
 * @returns {Race}
 */
export function withChange(race, step, lane, name, value) {
  const same = race.changes.find((change) => change.lane === lane && change.step === step);
  return replaced(race, same, { step, lane, values: { ...same?.values, [name]: value } });
}

/**
 * Return the race that follows another schedule from `step` on.
 *
 * @param {Race} race
 * @param {number} step
 * @param {Schedule} schedule
 * @returns {Race}
 */
export function withReschedule(race, step, schedule) {
  const same = race.changes.find((change) => change.schedule && change.step === step);
  return replaced(race, same, { step, schedule });
}

/** @param {Race} race @param {Change} change @returns {Race} */
export function withoutChange(race, change) {
  return { ...race, changes: race.changes.filter((one) => one !== change) };
}

/**
 * Return the changes that are left when a lane goes; those behind it move up.
 *
 * @param {Change[]} changes
 * @param {number} lane
 */
export function withoutLane(changes, lane) {
  return changes
    .filter((change) => change.lane !== lane)
    .map((change) => (change.lane !== undefined && change.lane > lane ? { ...change, lane: change.lane - 1 } : change));
}

/** In the order of their steps, as a link has them. @param {Race} race @param {Change | undefined} old @param {Change} next */
function replaced(race, old, next) {
  const others = race.changes.filter((change) => change !== old);
  return { ...race, changes: [...others, next].sort((a, b) => a.step - b.step) };
}
