/** The numbers at an axis; where only their last digits differ, counted from a round number nearby. */

import { powerOfTen, readable } from "./numbers.js";

/** Ranges shorter than this share of their values are written so. */
const CLOSE = 1e-4;
const LEADS = [0.1, 0.2, 0.5, 1];

/**
 * @typedef {object} Marks
 * @property {string} from  what follows the axis's name: " − 1, in 10⁻⁶", or nothing
 * @property {number[]} values
 * @property {string[]} texts
 */

/**
 * Return at most `most` + 1 round numbers within a range.
 *
 * @param {readonly [number, number]} range
 * @param {number} most
 * @returns {Marks}
 */
export function marks([low, high], most) {
  const span = high - low;
  const exponent = Math.floor(Math.log10(span));
  const near = isClose([low, high]);
  const origin = near ? rounded((low + high) / 2, exponent + 1) : 0;
  const unit = 10 ** exponent;
  const every = LEADS.find((lead) => span / unit / lead <= most) ?? 2;
  const first = Math.ceil((low - origin) / unit / every - 1e-9);
  const last = Math.floor((high - origin) / unit / every + 1e-9);
  const places = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * every).toFixed(1)));
  return {
    from: near ? `${minus(origin)}, in ${powerOfTen(exponent)}` : "",
    values: places.map((place) => origin + place * unit),
    texts: places.map((place) => (near ? signed(String(place)) : written(place * unit, exponent))),
  };
}

/**
 * Return the settings of the contour's axis for Plotly, by their names there: its own numbers, or ours.
 *
 * @param {"x" | "y"} name
 * @param {[number, number]} range  in which there are to be ticks
 * @returns {Record<string, unknown>}
 */
export function ticks(name, range) {
  const [axis, title] = [`${name}axis`, `${name}axis.title.text`];
  if (!isClose(range)) return { [`${axis}.tickmode`]: "auto", [title]: `<i>${name}</i>` };
  const { from, values, texts } = marks(range, 12);
  return {
    [`${axis}.tickmode`]: "array",
    [`${axis}.tickvals`]: values,
    [`${axis}.ticktext`]: texts,
    [title]: `<i>${name}</i>${from}`,
  };
}

/** @param {readonly [number, number]} range */
function isClose([low, high]) {
  return high - low < CLOSE * Math.max(Math.abs(low), Math.abs(high));
}

/**
 * @param {number} value
 * @param {number} exponent  of the power of ten of which the result is a multiple
 */
function rounded(value, exponent) {
  const digits = Math.max(0, -exponent);
  return digits > 15 ? value : Number(value.toFixed(digits));
}

/** A number with the digits that tell it from its neighbours. @param {number} value @param {number} exponent */
function written(value, exponent) {
  if (exponent < -4 || exponent > 4) return readable(value, 2);
  return signed(String(Number(value.toFixed(Math.max(0, 1 - exponent)))));
}

/** What is taken off every number: " − 1" for an origin of 1. @param {number} origin */
function minus(origin) {
  if (origin === 0) return "";
  return ` ${origin > 0 ? "−" : "+"} ${Math.abs(origin)}`;
}

/** @param {string} text */
function signed(text) {
  return text.replace("-", "−");
}
