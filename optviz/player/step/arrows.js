/** What a step, or one line of it, looks like: arrows as displacements from the point, in the plane. */

import { anatomy, pair, partOf, PARTS, pointOf, ROUNDING, stepOf } from "./anatomy.js";
import { lineAt } from "../server/inspections.js";

/** @import {Pair} from "./anatomy.js" */
/** @import {Inspected} from "../server/inspections.js" */
/** @import {Inspection} from "../state/types.js" */
/** @import {Kind} from "./vectors.js" */

/**
 * @typedef {object} Arrow
 * @property {Kind} kind
 * @property {string} name  for the legend
 * @property {Pair} from  relative to the point
 * @property {Pair} by
 */

/**
 * @typedef {object} Arrows  What is drawn about the point.
 * @property {Arrow[]} arrows  displacements, to one scale
 * @property {Arrow | null} slope  a direction that is no displacement: it has a scale of its own
 * @property {Pair | null} ahead  where the gradient is taken, if not at the point
 * @property {Pair | null} rate  the effective learning rates, if they differ
 */

const NAMES = ["momentum", "gradient step", "weight decay", "other terms"];

/**
 * Return the whole step from step `k` on: its parts tip to tail, and their sum.
 *
 * @param {Inspected} found
 * @param {number} k
 * @returns {Arrows}
 */
export function stepArrows(found, k) {
  const parts = partsOf(found, k);
  const slopeOnly = anatomy(found).parts.join() === String(PARTS.indexOf("gradient"));
  const name = slopeOnly ? "step taken: the gradient step" : "step taken";
  const taken = arrow("step", name, stepOf(found.seen, k));
  return { arrows: [...parts, taken], slope: null, ahead: aheadOf(found, k), rate: rateOf(found.seen, k) };
}

/**
 * Return what line `line` made in the step from step `k` on.
 *
 * @param {Inspected} found
 * @param {number} k
 * @param {number} line
 * @returns {Arrows}
 */
export function lineArrows(found, k, line) {
  const { seen } = found;
  const { role, shape } = seen.lines[line];
  const none = { arrows: [], slope: null, ahead: null, rate: null };
  if (role === "number") return { ...none, rate: shape.length === 1 ? rateOf(seen, k) : null };
  const value = pair(lineAt(seen, line, k), 0);
  if (role === "step") return { ...none, arrows: [arrow("step", "step taken", stepOf(seen, k))] };
  if (role === "displacement") return { ...none, arrows: displaced(found, value, k) };
  if (role === "direction") {
    const sign = anatomy(found).signs[line];
    const name = sign < 0 ? "minus this direction" : "this direction";
    return { ...none, slope: arrow("memory", name, scaled(value, sign)) };
  }
  const ahead = aheadOf(found, k);
  return { ...none, ahead, slope: arrow("gradient", "minus the gradient", scaled(value, -1), ahead) };
}

/** A displacement that is the step is made of the step's parts. @param {Inspected} found @param {Pair} value @param {number} k */
function displaced(found, value, k) {
  const [[x, y], [u, v]] = [value, stepOf(found.seen, k)];
  const whole = Math.hypot(x - u, y - v) <= ROUNDING * Math.hypot(u, v);
  const parts = whole ? partsOf(found, k) : [];
  return [...parts, arrow("step", parts.length ? "their sum" : "displacement", value)];
}

/** @param {Kind} kind @param {string} name @param {Pair} by @param {Pair | null} [from] @returns {Arrow} */
function arrow(kind, name, by, from) {
  return { kind, name, from: from ?? [0, 0], by };
}

/**
 * Return the parts tip to tail; none where the steps of this run have but one.
 *
 * @param {Inspected} found
 * @param {number} k
 */
function partsOf(found, k) {
  const { parts } = anatomy(found);
  if (parts.length < 2) return [];
  /** @type {Pair} */
  let tip = [0, 0];
  return parts.map((part) => {
    const [from, by] = [tip, partOf(found.seen, k, part)];
    tip = [from[0] + by[0], from[1] + by[1]];
    return arrow(PARTS[part], NAMES[part], by, from);
  });
}

/** @param {Inspection} seen @param {number} k @returns {Pair | null} */
function rateOf({ rate }, k) {
  if (!rate) return null;
  const [a, b] = pair(rate, k);
  return Math.abs(a - b) > ROUNDING * Math.max(a, b) ? [a, b] : null;
}

/**
 * Where the gradient is taken, relative to the point. Near a minimum the difference of two rounded
 * positions would be noise; what the memory contributes is exact, where it is that difference.
 *
 * @param {Inspected} found
 * @param {number} k
 * @returns {Pair | null}
 */
function aheadOf(found, k) {
  const { looks } = anatomy(found);
  if (looks === "memory") return partOf(found.seen, k, PARTS.indexOf("memory"));
  if (looks === "here") return null;
  const [[u, v], [x, y]] = [pair(found.seen.taken_at, k), pointOf(found, k)];
  return [u - x, v - y];
}

/** @param {Pair} value @param {number} factor @returns {Pair} */
function scaled([x, y], factor) {
  return [factor * x, factor * y];
}
