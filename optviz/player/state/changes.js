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
 * Return the schedule that is in force at `step`.
 *
 * @param {Race} race
 * @param {number | null} step  null for the schedule before all changes
 * @param {number | null} lane  null for that of all lanes without one of their own
 * @returns {Schedule}
 */
export function scheduleInForce(race, step, lane = null) {
  const at = step ?? BEFORE;
  const changed = scheduleChanges(race, lane).filter((change) => change.step <= at).at(-1);
  return changed?.schedule ?? ownSchedule(race, lane) ?? race.schedule;
}

/** The changes of the schedule in mid-run that are a lane's: its own, or those of all. @param {Race} race @param {number | null} lane */
export function scheduleChanges(race, lane) {
  const alone = ownSchedule(race, lane) !== undefined;
  return race.changes.filter((change) => change.schedule && (change.lane === undefined ? !alone : change.lane === lane));
}

/** Whether a lane has a schedule that is not simply that of all. @param {Race} race @param {number} lane */
export function hasOwnSchedule(race, lane) {
  return ownSchedule(race, lane) !== undefined || race.changes.some((change) => change.schedule && change.lane === lane);
}

/** Whether a lane's learning rate may be multiplied by anything but 1. @param {Race} race @param {number} lane */
export function isScheduled(race, lane) {
  return (ownSchedule(race, lane) ?? race.schedule).slug !== "constant" || scheduleChanges(race, lane).length > 0;
}

/** @param {Race} race @param {number | null} lane */
function ownSchedule(race, lane) {
  return lane === null ? undefined : race.lanes[lane].schedule;
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
 * Set the schedule of all lanes without one of their own, or of one lane; from the pinned step on if
 * there is one.
 *
 * @param {Store} store
 * @param {Race} race
 * @param {Schedule} schedule
 * @param {number | null} lane
 * @returns {Race}
 */
export function withSchedule({ pinned }, race, schedule, lane = null) {
  const of = lane ?? undefined;
  const its = (/** @type {Change} */ change) => change.schedule !== undefined && change.lane === of;
  if (pinned) {
    const same = race.changes.find((change) => its(change) && change.step === pinned);
    return replaced(race, same, { step: pinned, ...(lane === null ? {} : { lane }), schedule });
  }
  const changes = race.changes.filter((one) => !its(one) || one.step > 0);
  if (lane === null) return { ...race, schedule, changes };
  return { ...race, lanes: race.lanes.map((one, i) => (i === lane ? { ...one, schedule } : one)), changes };
}

/** Give a lane the schedule of all again, for the whole run. @param {Race} race @param {number} lane @returns {Race} */
export function withoutOwnSchedule(race, lane) {
  const lanes = race.lanes.map(({ schedule, ...one }, i) => (i === lane || !schedule ? one : { ...one, schedule }));
  return { ...race, lanes, changes: race.changes.filter((one) => !one.schedule || one.lane !== lane) };
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
