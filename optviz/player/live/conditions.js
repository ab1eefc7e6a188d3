/** What a race runs with at every step, and what that is made of: programs of schedules, draws of noise. */

import { hasOwnSchedule, inForce, scheduleChanges } from "../state/changes.js";

/** @import {Draws} from "./draws.js" */
/** @import {Kernels} from "./kernels.js" */
/** @import {Race, Schedule, ScheduleKernel, Store} from "../state/types.js" */

/** @typedef {{store: Store, kernels: Kernels, draws: Draws}} Sources */
/** @typedef {{schedule: (slug: string) => ScheduleKernel, draws: Float64Array | null}} Supplies  `draws` of the seed, if there is noise */

/** What a race runs on besides its lanes, or null while some of it is missing: then it is fetched. @param {Race} race @param {Sources} sources @returns {Supplies | null} */
export function suppliesOf(race, { store, kernels, draws }) {
  const { noise, seed, steps } = race;
  const schedules = new Map(slugsOf(race).map((slug) => [slug, kernels.ofSchedule(slug)]));
  const drawn = noise > 0 ? draws.of(seed, steps, store.catalogue.limits.steps) : null;
  if ([...schedules.values(), noise > 0 ? drawn : true].includes(null)) return null;
  return { schedule: (slug) => /** @type {ScheduleKernel} */ (schedules.get(slug)), draws: drawn };
}

/** The schedules of a race. @param {Race} race */
export function slugsOf({ schedule, lanes, changes }) {
  const own = [...lanes, ...changes].flatMap((part) => part.schedule?.slug ?? []);
  return [...new Set([schedule.slug, ...own])];
}

/** The hyperparameters of a lane: each a number, or one for every step if it changes. @param {Race} race @param {number} lane */
export function along(race, lane) {
  const { values } = race.lanes[lane];
  const changed = new Set(race.changes.flatMap((change) => (change.lane === lane ? Object.keys(change.values ?? {}) : [])));
  const each = (/** @type {string} */ name) => Float64Array.from({ length: race.steps }, (_, k) => inForce(race, lane, name, k) ?? NaN);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, changed.has(name) ? each(name) : value]));
}

/** The multiplier of a lane's learning rate at every step. @param {Race} race @param {number} lane @param {Supplies} supplies */
export function scheduled(race, lane, supplies) {
  const { steps } = race;
  const of = (/** @type {Schedule} */ { slug, values }) => supplies.schedule(slug).multipliers({ steps, values });
  const made = of(race.lanes[lane].schedule ?? race.schedule);
  for (const { step, schedule: other } of scheduleChanges(race, lane)) {
    if (other && step < steps) made.set(of(other).subarray(step), step);
  }
  return made;
}

/** Those of every lane; lanes without a schedule of their own share theirs. @param {Race} race @param {Supplies} supplies */
export function allScheduled(race, supplies) {
  /** @type {Float64Array | undefined} */
  let shared;
  return race.lanes.map((_, lane) => (hasOwnSchedule(race, lane) ? scheduled(race, lane, supplies) : (shared ??= scheduled(race, lane, supplies))));
}

/** The noise at every step (T, 2) flattened, none without any. @param {Race} race @param {Supplies} supplies */
export function perturbations({ steps, noise, noise_decay }, { draws }) {
  if (!draws) return null;
  const made = new Float64Array(2 * steps);
  for (let k = 0; k < steps; k += 1) {
    const size = noise * Math.exp(-noise_decay * k);
    made[2 * k] = size * draws[2 * k];
    made[2 * k + 1] = size * draws[2 * k + 1];
  }
  return made;
}
