/** The axes of the charts: logarithmic, signed-logarithmic where no minimum is known, linear. */

import { powerOfTen, readable, roundAbove } from "./numbers.js";
import { marks } from "./ticks.js";

/**
 * @typedef {{share: number, label: string}} Tick
 *
 * @typedef {object} Axis
 * @property {(value: number) => number} share  how high a value lies, 0 at the bottom .. 1 at the top
 * @property {Tick[]} ticks
 * @property {number} [zero]  how high the known minimum lies, if there is anything below it
 */

/**
 * @callback AxisFor
 * @param {Float32Array[]} curves
 * @param {number} first  the value at the start
 * @param {number} most  how many ticks there is room for
 * @returns {Axis}
 */

/**
 * @param {Float32Array[]} curves  losses above the known minimum
 * @param {number | null} floor  the minimum, null where none is known
 * @param {number} first  the loss at the start
 * @param {number} most  how many ticks there is room for
 * @returns {Axis}
 */
export function lossAxis(curves, floor, first, most) {
  if (floor === null) return signedAxis(curves, first, most);
  return (goesBelow(curves, floor) ? twoSidedAxis : logarithmicAxis)(curves, first, most);
}

/** Values further than this many decades above the first one are outside the picture. */
const ABOVE_START = 2;
/** How many decades a signed axis has on either side of zero at most: a saddle has no bottom. */
const SIGNED_DECADES = 5;
/** Below this, differences are rounding. */
const LOWEST_EXPONENT = -16;

/** Zero and less lie below all that has a logarithm; where `first` is 0, all is held. @type {AxisFor} */
export function logarithmicAxis(curves, first, most) {
  const ceiling = first > 0 ? first * 10 ** ABOVE_START : Infinity;
  let [least, greatest] = [Infinity, 0];
  for (const curve of curves)
    for (const value of curve) {
      if (value > 0 && value < least) least = value;
      if (value > greatest && value <= ceiling && value < Infinity) greatest = value;
    }
  const top = greatest > 0 ? Math.ceil(Math.log10(greatest)) : 0;
  const low = least < Infinity ? Math.floor(Math.log10(least)) : top - 3;
  const bottom = Math.min(top - 1, Math.max(low, LOWEST_EXPONENT));
  return {
    share: (value) => (value > 0 ? (Math.log10(value) - bottom) / (top - bottom) : -Infinity),
    ticks: powerTicks(bottom, top, most),
  };
}

/** How much of a chart's height is for what lies below the known minimum. */
const BELOW = 0.3;
/** Losses that are lower by no more than this share are rounding. */
const NEAR = 1e-6;

/**
 * @param {Float32Array[]} curves  losses above the known minimum
 * @param {number} floor  the minimum
 * @returns {boolean}  whether any is below it, by more than rounding
 */
export function goesBelow(curves, floor) {
  const least = -NEAR * Math.max(1, Math.abs(floor));
  for (const curve of curves) for (const value of curve) if (value < least) return true;
  return false;
}

/** Logarithms both above zero and, lower down, below it. @type {AxisFor} */
function twoSidedAxis(curves, first, most) {
  const above = logarithmicAxis(curves, first, (1 - BELOW) * most);
  const negated = curves.map((curve) => curve.map((value) => -value));
  const below = logarithmicAxis(negated, first, BELOW * most);
  const raised = (/** @type {number} */ share) => BELOW + (1 - BELOW) * Math.max(0, share);
  const lowered = (/** @type {number} */ share) => BELOW * (1 - Math.max(0, share));
  return {
    zero: BELOW,
    share: (value) => (value < 0 ? lowered(below.share(-value)) : raised(above.share(value))),
    ticks: [
      ...above.ticks.filter(({ share }) => share > 0).map(({ share, label }) => ({ share: raised(share), label })),
      { share: BELOW, label: "0" },
      ...below.ticks.filter(({ share }) => share > 0).map(({ share, label }) => ({ share: lowered(share), label: `−${label}` })),
    ],
  };
}

/** Logarithms of values of either sign. @type {AxisFor} */
function signedAxis(curves, first, most) {
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
 * @param {Float32Array[]} curves  values of zero or more
 * @param {number} most
 * @returns {Axis}  from zero to a little above the highest value
 */
export function linearAxis(curves, most) {
  let greatest = 0;
  for (const curve of curves) for (const value of curve) if (value > greatest && value < Infinity) greatest = value;
  const top = 1.05 * (greatest || 1);
  const every = roundAbove(top / Math.max(1, most - 1));
  return {
    share: (value) => value / top,
    ticks: Array.from({ length: Math.floor(top / every) + 1 }, (_, i) => ({
      share: (i * every) / top,
      label: short(i * every, every),
    })),
  };
}

/**
 * Return the ticks of an axis that goes from one given number to another.
 *
 * @param {{range: [number, number], log: boolean}} along
 * @param {number} most  how many there is room for
 * @returns {Tick[]}
 */
export function rangeTicks({ range: [low, high], log }, most) {
  if (log) return powerTicks(Math.log10(low), Math.log10(high), most);
  const { values, texts } = marks([low, high], most);
  return values.map((value, i) => ({ share: (value - low) / (high - low), label: texts[i] }));
}

/**
 * @param {number} bottom  exponents of ten, whole or not
 * @param {number} top
 * @param {number} most
 * @returns {Tick[]}
 */
function powerTicks(bottom, top, most) {
  const share = (/** @type {number} */ exponent) => (exponent - bottom) / (top - bottom);
  return decades(bottom, top, most).map((exponent) => ({ share: share(exponent), label: powerOfTen(exponent) }));
}

/**
 * A multiple of `every`, with the digits that tell it from its neighbours.
 *
 * @param {number} value
 * @param {number} every
 */
function short(value, every) {
  const digits = -Math.floor(Math.log10(every));
  return value >= 1e5 || digits > 4 ? readable(value, 2) : value.toFixed(Math.max(0, digits));
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
