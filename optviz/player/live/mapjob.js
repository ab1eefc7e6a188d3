/** A map of one lane that is made in this browser: what its cells run with, and what is told of them. */

import { along, perturbations, scheduled } from "./conditions.js";
import { toQuery } from "../state/query.js";

/** @import {Supplies} from "./conditions.js" */
/** @import {Wish} from "../server/mapquery.js" */
/** @import {MapReply, Place, Race, Setting, Store} from "../state/types.js" */

/**
 * @typedef {object} Job
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

/** Values of an axis are told apart in float32 if they differ by this share of the largest. */
const FINEST = 2 ** -19;
const DIVERGED = -2;

/** @param {Store} store @param {number} lane @param {Race} race @param {Wish} wish @param {Supplies} supplies @returns {Job} */
export function jobOf(store, lane, race, { over, across, up, start = race.start }, supplies) {
  const rule = store.rule(race.lanes[lane].rule);
  const surface = store.surfaceCalled(race.surface);
  const declared = over.map((name) => rule.hyperparameters.find((one) => one.name === name));
  const limits = over.map((name, k) => {
    const usual = declared[k] ? [declared[k].low, declared[k].high] : surface[/** @type {"x" | "y"} */ (name)];
    return [across, up][k] ?? usual;
  });
  const changed = race.changes.filter((change) => change.lane === lane);
  const until = over.flatMap((name) => {
    const steps = changed.filter(({ values }) => values && name in values).map(({ step }) => step);
    return steps.length ? [[name, Math.min(...steps)]] : [];
  });
  return {
    race: { ...race, start },
    lane,
    over,
    limits: /** @type {Job["limits"]} */ (limits),
    log: /** @type {Job["log"]} */ (declared.map((one) => one?.log ?? false)),
    lowest: surface.minimum ?? 0,
    given: {
      steps: race.steps,
      values: along(race, lane),
      shape: race.shape,
      multipliers: scheduled(race, supplies),
      noise: perturbations(race, supplies),
    },
    until: Object.fromEntries(until),
  };
}

/** What changes from step to step besides the schedule. @param {Race} race @param {number} lane */
export function changing(race, lane) {
  const named = race.changes.flatMap((change) => (change.lane === lane ? Object.keys(change.values ?? {}) : []));
  return [...(race.noise > 0 ? ["noise"] : []), ...new Set(named)].sort();
}

/** The values across and up a map of n x n cells, spaced as the server's. @param {Job} job @param {number} n @returns {[Float64Array, Float64Array]} */
export function sidesOf({ limits, log }, n) {
  const [across, up] = limits.map(([low, high], k) => {
    const at = (/** @type {number} */ share) => (log[k] ? low * (high / low) ** share : low + share * (high - low));
    return Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? high : at(i / (n - 1))));
  });
  return [across, up];
}

/** Whether float32 tells the cells of a map apart. @param {[Float64Array, Float64Array]} sides */
export function toldApart(sides) {
  return sides.every((values) => {
    const most = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
    return values[1] - values[0] >= FINEST * most && values[values.length - 1] - values[values.length - 2] >= FINEST * most;
  });
}

/**
 * @param {Job} job
 * @param {Cells} cells
 * @param {{places: Place[], losses: () => Float64Array, precision: "float32" | "float64"}} how
 * @returns {MapReply}
 */
export function replyOf({ race, over, limits, log, lowest }, { place, step }, { places, losses, precision }) {
  /** @type {Float32Array | null} */
  let excess = null;
  return {
    query: toQuery(race),
    axes: over,
    x: limits[0],
    y: limits[1],
    log,
    n: Math.sqrt(place.length),
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
  };
}
