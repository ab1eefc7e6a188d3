/** A map of one lane that is made in this browser: what its cells run with, and what is told of them. */

import { along, perturbations, scheduled } from "./conditions.js";
import { isScheduled } from "../state/changes.js";
import { toQuery } from "../state/query.js";

/** @import {Supplies} from "./conditions.js" */
/** @import {Wish} from "../server/mapquery.js" */
/** @import {CellsProgram, LaneKernel, MapReply, Place, Race, Setting, Store} from "../state/types.js" */

/**
 * @typedef {object} MapJob
 * @property {Race} race  from the start that is wished for
 * @property {number} lane
 * @property {[string, string]} over
 * @property {[[number, number], [number, number]]} limits  of the axes
 * @property {[boolean, boolean]} log
 * @property {number} lowest  what losses are counted from
 * @property {Setting & {steps: number, multipliers: Float64Array, noise: Float64Array | null}} given  to every cell
 * @property {Record<string, number>} until  axes whose values are others from a step on
 *
 * @typedef {object} Cells  What became of the cells of a map, row = second axis.
 * @property {Float32Array} place
 * @property {Float32Array} step
 */

/** Values are told apart in float32 if they differ by this share of their size. */
const FINEST = 2 ** -19;
const [RUNNING, DIVERGED] = [-1, -2];

/** @param {Store} store @param {number} lane @param {Race} race @param {Wish} wish @param {Supplies} supplies @returns {MapJob} */
export function jobOf(store, lane, race, { over, across, up, start = race.start }, supplies) {
  const rule = store.rule(race.lanes[lane].rule);
  const surface = store.surfaceCalled(race.surface);
  const declared = over.map((name) => rule.hyperparameters.find((one) => one.name === name));
  const limits = over.map((name, k) => {
    const usual = declared[k] ? [declared[k].low, declared[k].high] : surface[/** @type {"x" | "y"} */ (name)];
    return [across, up][k] ?? usual;
  });
  return {
    race: { ...race, start },
    lane,
    over,
    limits: /** @type {MapJob["limits"]} */ (limits),
    log: /** @type {MapJob["log"]} */ (declared.map((one) => one?.log ?? false)),
    lowest: surface.minimum ?? 0,
    given: givenOf(race, lane, supplies),
    until: untilOf(race, lane, over),
  };
}

/** What all cells of a lane run with. @param {Race} race @param {number} lane @param {Supplies} supplies @returns {MapJob["given"]} */
export function givenOf(race, lane, supplies) {
  const { steps, shape } = race;
  return { steps, values: along(race, lane), shape, multipliers: scheduled(race, lane, supplies), noise: perturbations(race, supplies) };
}

/** From which step on the race changes what cells begin with, each their own. @param {Race} race @param {number} lane @param {string[]} over */
export function untilOf(race, lane, over) {
  const changed = race.changes.filter((change) => change.lane === lane);
  const until = over.flatMap((name) => {
    const steps = changed.filter(({ values }) => values && name in values).map(({ step }) => step);
    return steps.length ? [[name, Math.min(...steps)]] : [];
  });
  return Object.fromEntries(until);
}

/** What changes from step to step besides the schedule. @param {Race} race @param {number} lane */
export function changing(race, lane) {
  const named = race.changes.flatMap((change) => (change.lane === lane ? Object.keys(change.values ?? {}) : []));
  return [...(race.noise > 0 ? ["noise"] : []), ...new Set(named)].sort();
}

/** The values across and up a map of n x n cells, spaced as the server's. @param {MapJob} job @param {number} n @returns {[Float64Array, Float64Array]} */
export function sidesOf({ limits, log }, n) {
  const [across, up] = limits.map(([low, high], k) => {
    const at = (/** @type {number} */ share) => (log[k] ? low * (high / low) ** share : low + share * (high - low));
    return Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? high : at(i / (n - 1))));
  });
  return [across, up];
}

/** Both values of every cell, row by row (n, n, 2) flattened. @param {[Float64Array, Float64Array]} sides */
export function tableOf([across, up]) {
  const table = new Float64Array(2 * across.length * up.length);
  let at = 0;
  for (const v of up) {
    for (const u of across) {
      table[at++] = u;
      table[at++] = v;
    }
  }
  return table;
}

/** Whether float32 tells the cells of a map apart: along an axis they are the nearest at one of its ends. @param {[Float64Array, Float64Array]} sides */
export function toldApart(sides) {
  const apart = (/** @type {number} */ one, /** @type {number} */ next) => Math.abs(next - one) >= FINEST * Math.abs(one);
  return sides.every((values) => apart(values[0], values[1]) && apart(values[values.length - 1], values[values.length - 2]));
}

/** The largest stable learning rate along the axis that is not the learning rate, where theory knows it. @param {MapJob} job @param {LaneKernel | null} kernel @param {number} n */
function stableAlong(job, kernel, n) {
  const { race, lane, over, given } = job;
  const theory = over.includes("lr") && !isScheduled(race, lane) && !race.changes.length;
  if (!theory || !kernel) return null;
  const at = over[0] === "lr" ? 1 : 0;
  const { values, shape } = given;
  return kernel.stable({ values, shape, other: over[at], along: sidesOf(job, n)[at] });
}

/**
 * @param {MapJob} job
 * @param {Cells} cells
 * @param {{places: Place[], losses: () => Float64Array, precision: "float32" | "float64", kernel: LaneKernel | null}} how
 * @returns {MapReply}
 */
export function replyOf(job, { place, step }, { places, losses, precision, kernel }) {
  const { race, over, limits, log, lowest } = job;
  const n = Math.sqrt(place.length);
  const stable = stableAlong(job, kernel, n);
  /** @type {Float32Array | null} */
  let excess = null;
  return {
    query: toQuery(race),
    axes: over,
    x: limits[0],
    y: limits[1],
    log,
    n,
    places,
    precision,
    own: true,
    place,
    step,
    // Most maps are not asked for it.
    get excess() {
      const of = (/** @type {number} */ loss, /** @type {number} */ cell) => (place[cell] === DIVERGED ? NaN : loss - lowest);
      return (excess ??= Float32Array.from(losses(), of));
    },
    ...(stable && { stable: Float32Array.from(stable) }),
  };
}

/**
 * Read what a fragment program has written of every cell, see optviz/kernels/cells.glsl.
 *
 * @param {Uint32Array} words
 * @param {Pick<CellsProgram, "least" | "stays">} cells
 * @returns {Cells & {ends: Float32Array}}  `ends` (n, n, 2) flattened
 */
export function cellsOf(words, { least, stays }) {
  const count = words.length / 4;
  const [place, step, ends] = [new Float32Array(count), new Float32Array(count), new Float32Array(2 * count)];
  const numbers = new Float32Array(words.buffer);
  for (let cell = 0; cell < count; cell += 1) {
    const [code, since] = [words[4 * cell + 2], words[4 * cell + 3]];
    const at = (code & (stays - 1)) - least;
    // What is not there to stay is on its way; so is what rests at a place that is not declared.
    const settled = (code & stays) !== 0 && at !== RUNNING;
    place[cell] = settled ? at : RUNNING;
    step[cell] = settled ? since : -1;
    ends[2 * cell] = numbers[4 * cell];
    ends[2 * cell + 1] = numbers[4 * cell + 1];
  }
  return { place, step, ends };
}
