/** Runs a race in this browser, as the server would: the same programs, the same words. */

import { allScheduled, along, perturbations } from "./conditions.js";
import { inForce } from "../state/changes.js";
import { toQuery } from "../state/query.js";
import { statusOf } from "./status.js";

/** @import {Supplies} from "./conditions.js" */
/** @import {Ran} from "./status.js" */
/** @import {LaneKernel, LaneResult, Race, Result, RuleEntry, SurfaceEntry, Trace} from "../state/types.js" */

/** @typedef {Supplies & {lanes: LaneKernel[]}} Programs  All that a race runs on. */

const LEVEL = "The gradient is zero at the start: a rule that only follows it stays there.";

/**
 * @param {Race} race
 * @param {Programs} programs
 * @param {Pick<SurfaceEntry, "minima" | "minimum" | "x" | "y" | "endless" | "saddle_height">} surface
 * @param {Pick<RuleEntry, "hyperparameters">[]} rules  of the lanes
 * @returns {Result}
 */
export function runRace(race, programs, surface, rules) {
  const { steps, lanes } = race;
  const [multipliers, noise] = [allScheduled(race, programs), perturbations(race, programs)];
  const theta = new Float64Array(2 * lanes.length * (steps + 1));
  const excess = new Float32Array(lanes.length * (steps + 1));
  const slope = new Float32Array(lanes.length * (steps + 1));
  const schedule = new Float32Array(lanes.length * steps);
  /** @type {LaneResult[]} */
  const results = [];
  /** @type {Trace} */
  const trace = { multipliers, noise, memory: [] };
  let level = false;
  lanes.forEach((_, lane) => {
    const kernel = programs.lanes[lane];
    const values = along(race, lane);
    const run = kernel.run({ steps, start: race.start, values, shape: race.shape, multipliers: multipliers[lane], noise });
    const first = lane * (steps + 1);
    theta.set(run.theta, 2 * first);
    schedule.set(multipliers[lane], lane * steps);
    for (let k = 0; k <= steps; k += 1) {
      excess[first + k] = run.loss[k] - (surface.minimum ?? 0);
      const [u, v] = [run.grad[2 * k], run.grad[2 * k + 1]];
      // Not hypot, which takes ten times as long.
      slope[first + k] = Math.sqrt(u * u + v * v);
    }
    trace.memory.push(run.memory);
    if (lane === 0) level = run.grad[0] === 0 && run.grad[1] === 0;
    results.push(outcome({ run, kernel, steps, rule: rules[lane], multipliers: multipliers[lane] }, race, lane, surface));
  });
  const notes = level && !race.noise ? [LEVEL] : [];
  return { race, query: toQuery(race), floor: surface.minimum, lanes: results, notes, steps, theta, excess, slope, schedule, trace };
}

/** @param {Omit<Ran, "inForce" | "surface">} ran @param {Race} race @param {number} lane @param {Pick<SurfaceEntry, "minima" | "x" | "y" | "endless" | "saddle_height">} surface @returns {LaneResult} */
function outcome(ran, race, lane, surface) {
  const { run, kernel, steps } = ran;
  const away = (/** @type {number} */ k) => nearest(run.theta[2 * k], run.theta[2 * k + 1], surface.minima);
  let within = 0;
  while (within <= steps && !(away(within) <= kernel.near)) within += 1;
  const held = (/** @type {string} */ name, /** @type {number} */ step) => inForce(race, lane, name, step) ?? NaN;
  return {
    status: statusOf({ ...ran, surface, inForce: held }),
    final_loss: finite(run.loss[steps]),
    distance: finite(away(steps)),
    steps_to_tolerance: within <= steps ? within : null,
  };
}

/** The distance to the nearest of some points, not-a-number without any. @param {number} x @param {number} y @param {[number, number][]} points */
function nearest(x, y, points) {
  let least = NaN;
  for (const [a, b] of points) {
    const square = (x - a) * (x - a) + (y - b) * (y - b);
    if (!(least <= square)) least = square;
  }
  return Math.sqrt(least);
}

/** The number if JSON could hold it. @param {number} value */
function finite(value) {
  return Number.isFinite(value) ? value : null;
}
