/** Values and schedules, set for a whole run or changed in mid-run: from a step on. */

/** @import {Change, Lane, Race, Schedule, Store} from "./types.js" */

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
 * Set a hyperparameter of a lane, from the pinned step on if there is one; if sliders are linked, of
 * every lane that has one of that name. From step 0 on is the whole run: the value before that would
 * never be used.
 *
 * @param {Pick<Store, "pinned" | "view">} store
 * @param {Race} race
 * @param {number} index
 * @param {string} name
 * @param {number} value
 * @returns {Race}
 */
export function withValue({ pinned, view }, race, index, name, value) {
  const touched = (/** @type {number} */ i) => i === index || (view.linked && name in race.lanes[i].values);
  if (!pinned) {
    const set = (/** @type {Lane} */ lane) => ({ ...lane, values: { ...lane.values, [name]: value } });
    const lanes = race.lanes.map((lane, i) => (touched(i) ? set(lane) : lane));
    const changes = race.changes.map((one) => (touched(one.lane ?? NaN) ? withoutFirst(one, name) : one));
    return { ...race, lanes, changes: changes.filter(({ values, schedule }) => schedule || values) };
  }
  const lanes = race.lanes.map((_, i) => i).filter(touched);
  return lanes.reduce((changed, lane) => {
    const same = changed.changes.find((change) => change.lane === lane && change.step === pinned);
    return replaced(changed, same, { step: pinned, lane, values: { ...same?.values, [name]: value } });
  }, race);
}

/**
 * Set the schedule, from the pinned step on if there is one.
 *
 * @param {Store} store
 * @param {Race} race
 * @param {Schedule} schedule
 * @returns {Race}
 */
export function withSchedule({ pinned }, race, schedule) {
  if (!pinned) return { ...race, schedule, changes: race.changes.filter((one) => !one.schedule || one.step > 0) };
  const same = race.changes.find((change) => change.schedule && change.step === pinned);
  return replaced(race, same, { step: pinned, schedule });
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

/** A change at step 0 without the value of that name, which it would take the place of. @param {Change} change @param {string} name @returns {Change} */
function withoutFirst(change, name) {
  if (change.step > 0 || !change.values) return change;
  const { [name]: _, ...values } = change.values;
  return { ...change, values: Object.keys(values).length > 0 ? values : undefined };
}

/** In the order of their steps, as a link has them. @param {Race} race @param {Change | undefined} old @param {Change} next */
function replaced(race, old, next) {
  const others = race.changes.filter((change) => change !== old);
  return { ...race, changes: [...others, next].sort((a, b) => a.step - b.step) };
}
