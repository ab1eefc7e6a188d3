/** The vertical axis of the loss chart: logarithmic above a known minimum, signed-logarithmic otherwise. */

import { powerOfTen } from "./numbers.js";

/**
 * @typedef {object} Axis
 * @property {(value: number) => number} share  how high a value lies, 0 at the bottom .. 1 at the top
 * @property {{share: number, label: string}[]} ticks
 */

/** Losses further than this many decades above the first one are outside the picture. */
const ABOVE_START = 2;
/** How many decades a signed axis has on either side of zero at most: a saddle has no bottom. */
const SIGNED_DECADES = 5;
/** Below this, differences are rounding. */
const LOWEST_EXPONENT = -16;

/**
 * Choose the axis for the losses of the visible lanes.
 *
 * @param {Iterable<Iterable<number>>} curves  loss - minimum, or the loss itself where no minimum is known
 * @param {number} first  the value at the start
 * @param {boolean} above  whether the values are measured from a known minimum
 * @param {number} most  how many ticks there is room for
 * @returns {Axis}
 */
export function lossAxis(curves, first, above, most) {
  return above ? logarithmic(curves, first, most) : signed(curves, first, most);
}

/**
 * @param {Iterable<Iterable<number>>} curves
 * @param {number} first
 * @param {number} most
 * @returns {Axis}
 */
function logarithmic(curves, first, most) {
  const ceiling = first > 0 ? first * 10 ** ABOVE_START : Infinity;
  let [least, greatest] = [Infinity, 0];
  for (const curve of curves)
    for (const value of curve) {
      if (value > 0 && value < least) least = value;
      if (value > greatest && value <= ceiling) greatest = value;
    }
  const top = greatest > 0 ? Math.ceil(Math.log10(greatest)) : 0;
  const low = least < Infinity ? Math.floor(Math.log10(least)) : top - 3;
  const bottom = Math.min(top - 1, Math.max(low, LOWEST_EXPONENT));
  return {
    // What is zero or below lies on the bottom edge: it has no logarithm, but it is the best there is.
    share: (value) => (value > 0 ? (Math.log10(value) - bottom) / (top - bottom) : 0),
    ticks: decades(bottom, top, most).map((exponent) => ({
      share: (exponent - bottom) / (top - bottom),
      label: powerOfTen(exponent),
    })),
  };
}

/**
 * @param {Iterable<Iterable<number>>} curves
 * @param {number} first
 * @param {number} most
 * @returns {Axis}
 */
function signed(curves, first, most) {
  const smallest = Math.round(Math.log10(Math.max(Math.abs(first) / 10, 1e-3)));
  const unit = 10 ** smallest;
  const height = (/** @type {number} */ v) => Math.sign(v) * Math.log10(1 + Math.abs(v) / unit);
  const decade = (/** @type {number} */ d) => Math.sign(d) * height(unit * 10 ** Math.abs(d));
  let [low, high] = [0, 0];
  for (const curve of curves)
    for (const value of curve) {
      if (Number.isNaN(value)) continue;
      const h = Math.min(SIGNED_DECADES, Math.max(-SIGNED_DECADES, height(value)));
      if (h < low) low = h;
      if (h > high) high = h;
    }
  [low, high] = [Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + 1)];
  const [bottom, top] = [decade(low), decade(high)];
  return {
    share: (value) => (height(value) - bottom) / (top - bottom),
    ticks: decades(low, high, most).map((d) => ({
      share: (decade(d) - bottom) / (top - bottom),
      label: d === 0 ? "0" : `${d < 0 ? "−" : ""}${powerOfTen(smallest + Math.abs(d))}`,
    })),
  };
}

/**
 * Whole exponents from `low` to `high`, as many as fit, always at multiples of their distance.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
function decades(low, high, most) {
  const every = Math.max(1, Math.ceil((high - low) / Math.max(1, most - 1)));
  const first = Math.ceil(low / every) * every;
  return Array.from({ length: Math.floor((high - first) / every) + 1 }, (_, i) => first + i * every);
}
