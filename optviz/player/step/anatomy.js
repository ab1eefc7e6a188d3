/** What is true of all steps of a run alike: what they are made of, where gradients are taken. */

import { lineAt } from "../server/inspections.js";

/** @import {Inspected} from "../server/inspections.js" */
/** @import {Inspection} from "../state/types.js" */

/** @typedef {[number, number]} Pair */

/** The parts of a step, in the order of `Inspection.parts`. */
export const PARTS = /** @type {const} */ (["memory", "gradient", "decay", "rest"]);
/** Positions arrive with single precision. */
export const ROUNDING = 1e-5;

/**
 * @typedef {object} Anatomy
 * @property {number[]} parts  indices of those that the steps are ever made of
 * @property {"here" | "memory" | "elsewhere"} looks  where the gradient is taken: at the point, as far
 *   ahead as the memory carries, or somewhere else
 * @property {(1 | -1)[]} signs  of each line: how it goes into the steps
 */

/** A run is gone through once. @type {WeakMap<Inspection, Anatomy>} */
const known = new WeakMap();

/** @param {Inspected} found @returns {Anatomy} */
export function anatomy(found) {
  const { seen } = found;
  const before = known.get(seen);
  if (before) return before;
  const steps = Array.from({ length: seen.taken_at.length / 2 }, (_, k) => k);
  const parts = PARTS.map((_, i) => i).filter((i) => steps.some((k) => Math.hypot(...partOf(seen, k, i)) > 0));
  const signs = seen.lines.map(({ role }, line) => (role === "direction" ? signOf(seen, line, steps) : 1));
  const made = { parts, looks: lookOf(found, steps), signs };
  known.set(seen, made);
  return made;
}

/** @param {Inspection} seen @param {number} k @param {number} part  index of PARTS */
export function partOf({ parts }, k, part) {
  return pair(parts, 4 * k + part);
}

/** Step `k`: the sum of its parts. @param {Inspection} seen @param {number} k @returns {Pair} */
export function stepOf(seen, k) {
  const parts = PARTS.map((_, i) => partOf(seen, k, i));
  return [parts.reduce((sum, [x]) => sum + x, 0), parts.reduce((sum, [, y]) => sum + y, 0)];
}

/** Where the lane is at step `k`. @param {Inspected} found @param {number} k */
export function pointOf({ result: { theta, steps }, lane }, k) {
  return pair(theta, lane * (steps + 1) + k);
}

/** @param {ArrayLike<number>} flat @param {number} index @returns {Pair} */
export function pair(flat, index) {
  return [flat[2 * index], flat[2 * index + 1]];
}

/** @param {Inspected} found @param {number[]} steps @returns {Anatomy["looks"]} */
function lookOf(found, steps) {
  /** @param {number} k @param {number} share  of the memory that is taken off */
  const off = (k, share) => {
    const [[u, v], [x, y], [a, b]] = [pair(found.seen.taken_at, k), pointOf(found, k), partOf(found.seen, k, 0)];
    return Math.hypot(u - x - share * a, v - y - share * b) > ROUNDING * Math.hypot(x, y, a, b);
  };
  if (!steps.some((k) => off(k, 0))) return "here";
  return steps.some((k) => off(k, 1)) ? "elsewhere" : "memory";
}

/**
 * With which sign a direction goes into the steps: an average of gradients is subtracted.
 *
 * @param {Inspection} seen
 * @param {number} line
 * @param {number[]} steps
 */
function signOf(seen, line, steps) {
  const along = steps.map((k) => {
    const [[x, y], [u, v]] = [pair(lineAt(seen, line, k), 0), stepOf(seen, k)];
    const cosine = (x * u + y * v) / (Math.hypot(x, y) * Math.hypot(u, v));
    return Number.isFinite(cosine) ? cosine : 0;
  });
  return along.reduce((sum, one) => sum + one, 0) < 0 ? -1 : 1;
}
