/** The mapping between a slider's positions (whole numbers from 0) and a parameter's values. */

import { clamp, roundBelow } from "./numbers.js";

/** @typedef {{low: number, high: number, log: boolean, integer?: boolean}} Range  Of a parameter's values. */

/**
 * @typedef {object} Scale
 * @property {number} last the last position; the first is 0
 * @property {(position: number) => number} value
 * @property {(value: number) => number} position the nearest one; values outside go to an end
 */

const POSITIONS = 400;
const DECADES_BELOW = 4;

/**
 * Choose the scale of a parameter: logarithmic where declared; logarithmic in 1 - x for decay rates,
 * where 0.9, 0.99 and 0.999 lie equally far apart; otherwise linear in round steps.
 *
 * @param {Range} parameter
 * @returns {Scale}
 */
export function scaleOf(parameter) {
  const { low, high, log, integer = false } = parameter;
  if (log && low <= 0) return fromZero(high, integer);
  if (log) return logarithmic(low, high, integer);
  if (!integer && low >= 0 && high >= 0.999 && high < 1) return nearOne(low, high);
  return linear(low, high, integer);
}

/** @param {number} low @param {number} high @param {boolean} integer @returns {Scale} */
function logarithmic(low, high, integer) {
  const ratio = Math.log(high / low);
  if (integer) return listed((t) => Math.round(low * Math.exp(t * ratio)));
  return scale(
    POSITIONS,
    (t) => tidy(low * Math.exp(t * ratio)),
    (value) => (value > 0 ? Math.log(value / low) / ratio : 0),
    [low, high],
  );
}

/** Zero first, then the decades below `high`. @param {number} high @param {boolean} integer @returns {Scale} */
function fromZero(high, integer) {
  const above = logarithmic(integer ? 1 : high / 10 ** DECADES_BELOW, high, integer);
  return {
    last: above.last + 1,
    value: (position) => (position <= 0 ? 0 : above.value(position - 1)),
    position: (value) => (value > 0 ? 1 + above.position(value) : 0),
  };
}

/** @param {number} low @param {number} high @returns {Scale} */
function nearOne(low, high) {
  const ratio = Math.log((1 - high) / (1 - low));
  return scale(
    POSITIONS,
    (t) => Number((1 - tidy((1 - low) * Math.exp(t * ratio))).toFixed(9)),
    (value) => (value < 1 ? Math.log((1 - value) / (1 - low)) / ratio : 1),
    [low, high],
  );
}

/** @param {number} low @param {number} high @param {boolean} integer @returns {Scale} */
function linear(low, high, integer) {
  const span = high - low;
  const step = integer ? Math.ceil(span / POSITIONS) : roundBelow(span / POSITIONS);
  const last = Math.ceil(span / step - 1e-9);
  return {
    last,
    value: (position) => Number(Math.min(high, low + position * step).toPrecision(9)),
    position: (value) => clamp(Math.round((value - low) / step), 0, last),
  };
}

/**
 * @param {number} last
 * @param {(share: number) => number} value from the share of the way, 0 .. 1
 * @param {(value: number) => number} share
 * @param {[number, number]} ends the exact values of both ends
 * @returns {Scale}
 */
function scale(last, value, share, ends) {
  return {
    last,
    value: (position) => (position <= 0 ? ends[0] : position >= last ? ends[1] : value(position / last)),
    position: (x) => clamp(Math.round(share(x) * last), 0, last),
  };
}

/**
 * A scale of whole numbers, each once: no arrow key is pressed in vain.
 *
 * @param {(share: number) => number} value  rising, from the share of the way, 0 .. 1
 * @returns {Scale}
 */
function listed(value) {
  const values = [...new Set(Array.from({ length: POSITIONS + 1 }, (_, i) => value(i / POSITIONS)))];
  return {
    last: values.length - 1,
    value: (position) => values[clamp(position, 0, values.length - 1)],
    position(x) {
      const above = values.findIndex((v) => v >= x);
      if (above < 0) return values.length - 1;
      return above > 0 && x - values[above - 1] < values[above] - x ? above - 1 : above;
    },
  };
}

/** Three significant digits keep links short. @param {number} value */
function tidy(value) {
  return Number(value.toPrecision(3));
}
