/** A race with all that it runs on, as it is sent to a worker, and its run there. */

import { programAt } from "./program.js";
import { runRace } from "./racing.js";

/** @import {Where} from "./program.js" */
/** @import {Race, Result, RuleEntry, SurfaceEntry} from "../state/types.js" */

/**
 * @typedef {object} RaceJob
 * @property {Race} race
 * @property {Where[]} lanes  where their programs are
 * @property {Record<string, Where>} schedules  where theirs are, by slug
 * @property {Float64Array | null} draws  those of the seed, if there is noise
 * @property {Pick<SurfaceEntry, "minima" | "minimum" | "x" | "y" | "endless" | "saddle_height">} surface
 * @property {Pick<RuleEntry, "hyperparameters">[]} rules  of the lanes
 */

/** @typedef {{result: Result, took: number}} Done  `took`: ms of the run alone */

/** Run a job; rejects if one of its programs cannot be had, or fails. @param {RaceJob} job @returns {Promise<Done>} */
export async function runJob({ race, lanes, schedules, draws, surface, rules }) {
  const slugs = Object.keys(schedules);
  const kernels = await Promise.all(lanes.map(programAt));
  const found = await Promise.all(slugs.map((slug) => programAt(schedules[slug])));
  const begun = performance.now();
  const programs = { lanes: kernels, schedule: (/** @type {string} */ slug) => found[slugs.indexOf(slug)], draws };
  const result = runRace(race, programs, surface, rules);
  return { result, took: performance.now() - begun };
}

/** What of a result is handed over rather than copied. @param {Result} result */
export function handedOver({ theta, excess, slope, schedule, trace }) {
  const memory = trace?.memory.flatMap((part) => Object.values(part)) ?? [];
  const parts = [theta, excess, slope, schedule, ...(trace?.multipliers ?? []), trace?.noise, ...memory];
  // Lanes may share their multipliers, and nothing is handed over twice.
  return [...new Set(parts.flatMap((part) => part?.buffer ?? []))];
}
