/** By how much arrows are drawn longer, or shorter, than they are: a round number, kept while it serves. */

import { powerOfTen, roundBelow } from "./numbers.js";

/** Shorter arrows are not seen. */
const LEAST = 24;
/** A step that needs more is rounding, and nothing is to be seen of it. */
const MOST = 1e9;

/**
 * @param {number} length  of the longest arrow, in pixels, to scale
 * @param {number} room  that the plot has, in pixels
 * @param {number} before  what served last: a factor that changes at every step could not be followed
 * @returns {number}
 */
export function magnification(length, room, before) {
  const serves = (/** @type {number} */ factor) => factor * length >= LEAST && factor * length <= 0.7 * room;
  if (!(length > 0) || !Number.isFinite(length) || serves(before)) return before;
  return serves(1) ? 1 : roundBelow(Math.min((0.25 * room) / length, MOST));
}

/** @param {number} factor @returns {string} "× 200", "× 2·10⁶"; nothing for 1 */
export function times(factor) {
  if (factor === 1) return "";
  const power = Math.floor(Math.log10(factor) + 1e-9);
  const lead = Math.round(factor / 10 ** power);
  if (Math.abs(power) < 4) return `× ${Number(factor.toPrecision(1))}`;
  return `× ${lead === 1 ? "" : `${lead}·`}${powerOfTen(power)}`;
}
