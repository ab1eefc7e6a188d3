/** What is true of all steps of a run alike: what they are made of, where gradients are taken. */

import { columnsOf } from "../server/inspections.js";

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
  const steps = seen.taken_at.length / 2;
  const parts = PARTS.map((_, i) => i).filter((i) => some(steps, (k) => moves(seen, k, i)));
  const signs = seen.lines.map(({ role }, line) => (role === "direction" ? signOf(seen, line, steps) : 1));
  const made = { parts, looks: lookOf(found, steps), signs };
  known.set(seen, made);
  return made;
}

/** Whether a part of step `k` is other than zero. @param {Inspection} seen @param {number} k @param {number} part */
function moves({ parts }, k, part) {
  const [x, y] = [parts[8 * k + 2 * part], parts[8 * k + 2 * part + 1]];
  return x > 0 || x < 0 || y > 0 || y < 0;
}

/** Whether something holds for any of so many steps. @param {number} steps @param {(k: number) => boolean} holds */
function some(steps, holds) {
  for (let k = 0; k < steps; k += 1) if (holds(k)) return true;
  return false;
}

/** @param {Inspection} seen @param {number} k @param {number} part  index of PARTS */
export function partOf({ parts }, k, part) {
  return pair(parts, 4 * k + part);
}

/** Step `k`: the sum of its parts. @param {Inspection} seen @param {number} k @returns {Pair} */
export function stepOf({ parts }, k) {
  const first = 8 * k;
  const along = (/** @type {number} */ axis) => parts[first + axis] + parts[first + 2 + axis] + parts[first + 4 + axis] + parts[first + 6 + axis];
  return [along(0), along(1)];
}

/** Where the lane is at step `k`. @param {Inspected} found @param {number} k */
export function pointOf({ result: { theta, steps }, lane }, k) {
  return pair(theta, lane * (steps + 1) + k);
}

/** @param {ArrayLike<number>} flat @param {number} index @returns {Pair} */
export function pair(flat, index) {
  return [flat[2 * index], flat[2 * index + 1]];
}

/** @param {Inspected} found @param {number} steps @returns {Anatomy["looks"]} */
function lookOf(found, steps) {
  /** @param {number} k @param {number} share  of the memory that is taken off */
  const off = (k, share) => {
    const [[u, v], [x, y], [a, b]] = [pair(found.seen.taken_at, k), pointOf(found, k), partOf(found.seen, k, 0)];
    return Math.hypot(u - x - share * a, v - y - share * b) > ROUNDING * Math.hypot(x, y, a, b);
  };
  if (!some(steps, (k) => off(k, 0))) return "here";
  return some(steps, (k) => off(k, 1)) ? "elsewhere" : "memory";
}

/**
 * With which sign a direction goes into the steps: an average of gradients is subtracted.
 *
 * @param {Inspection} seen
 * @param {number} line
 * @param {number} steps
 */
function signOf(seen, line, steps) {
  const { width, first } = columnsOf(seen, line);
  let along = 0;
  for (let k = 0; k < steps; k += 1) {
    const [x, y] = [seen.values[k * width + first], seen.values[k * width + first + 1]];
    const [u, v] = stepOf(seen, k);
    const cosine = (x * u + y * v) / (Math.hypot(x, y) * Math.hypot(u, v));
    if (Number.isFinite(cosine)) along += cosine;
  }
  return along < 0 ? -1 : 1;
}
