/** Numbers as text for reading and for typing, and typed text as numbers. */

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** A typed number: its sign, its digits and what separates them, its exponent. */
const NUMBER = /^([+-]?)(?=[.,]?\d)([\d.,'’\s]+?)((?:e[+-]?\d+)?)$/i;
/** Its digits, where a point or a comma is the decimal one and the other, a space or an apostrophe parts the thousands. */
const WITH_POINT = /^(?:\d*|[1-9]\d{0,2}([,'’\s])\d{3}(?:\1\d{3})*)(?:\.\d*)?$/;
const WITH_COMMA = /^(?:\d*|[1-9]\d{0,2}([.'’\s])\d{3}(?:\1\d{3})*)(?:,\d*)?$/;
/** So much of a percent may be missing where shares are added. */
const ROUNDING = 1e-9;

/** @param {number} exponent @returns {string} 10 to a whole power, for axes: 10⁻³ */
export function powerOfTen(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPT[Number(digit)]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/**
 * A number for reading: three significant digits, 1.2·10⁻⁹ outside 0.001 .. 99999, a true minus sign.
 *
 * @param {number | null | undefined} value
 * @param {number} [digits] significant digits
 * @returns {string} an en dash for what is not finite
 */
export function readable(value, digits = 3) {
  if (value == null || !Number.isFinite(value)) return "–";
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (value === 0) return "0";
  if (power < -3 || power > 4) return minus(`${String(Number(mantissa))}·${powerOfTen(power)}`);
  return minus(value.toFixed(Math.max(0, digits - 1 - power)));
}

/** The same in as few digits as say it, six at most: 0.02, and 0.9999 is not 1. @param {number} value */
export function shortest(value) {
  const needed = [1, 2, 3, 4, 5].find((digits) => Number(value.toPrecision(digits)) === value);
  return readable(value, needed ?? 6);
}

/** A text to be heard: raised digits would be passed over, or run on. @param {string} text */
export function heard(text) {
  return text.replace(/·10(⁻?)([⁰¹²³⁴-⁹]+)/g, (_, sign, raised) => {
    const digits = [...raised].map((digit) => SUPERSCRIPT.indexOf(digit)).join("");
    return ` times 10 to the ${sign && "minus "}${digits}`;
  });
}

/**
 * A share in percent: in tenths where it is within one percent of none or of all, so that only what is
 * none at all is 0 %, and only what is all is 100 %. `optviz/commandline/text.py` writes the same.
 *
 * @param {number} share  0 .. 1
 * @returns {string}
 */
export function percent(share) {
  const hundredths = 100 * share;
  const near = Math.min(hundredths, 100 - hundredths);
  const parts = near < 1 ? 10 : 1;
  const rounded = Math.round(parts * hundredths) / parts;
  const whole = near < ROUNDING;
  if (!whole && rounded === 0) return "<0.1 %";
  return !whole && rounded === 100 ? ">99.9 %" : `${rounded} %`;
}

/** A number in at most so many digits, as Python's format "g" writes it: 1e-05 for small ones. @param {number} value */
export function general(value, digits = 6) {
  if (!Number.isFinite(value) || value === 0) return String(value);
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < digits) return String(Number(value.toPrecision(digits)));
  return `${Number(mantissa)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** The same with as many digits as it takes to be no other number: 0.999999999 is not 1. @param {number} value */
export function exact(value) {
  let digits = 6;
  while (digits < 17 && Number(general(value, digits)) !== value) digits += 1;
  return general(value, digits);
}

/** The largest of 1, 2, 5 times a power of ten that is at most `most`. @param {number} most */
export function roundBelow(most) {
  const power = 10 ** Math.floor(Math.log10(most) + 1e-9);
  return power * ([5, 2].find((lead) => lead * power <= most) ?? 1);
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `least`. @param {number} least */
export function roundAbove(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((lead) => lead * power >= least) ?? 10);
}

/** The nearest number in a range. @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** @param {string} text @returns {string} */
function minus(text) {
  return text.replace(/^-/, "−");
}

/**
 * A number for a field: every digit it has (0.999 stays 0.999), and 1e-8 for small ones.
 *
 * @param {number} value
 * @returns {string}
 */
export function typeable(value) {
  if (Number.isSafeInteger(value)) return String(value);
  const exact = Number(value.toPrecision(12));
  return exact !== 0 && Math.abs(exact) < 1e-3 ? exact.toExponential() : String(exact);
}

/** So many digits have room in a field; a point or a minus sign is half as wide. */
const ROOM = 7.5;

/** @param {string} text  of a field */
function fits(text) {
  return text.length - (text.match(/[.-]/g)?.length ?? 0) / 2 <= ROOM;
}

/**
 * A number for a field in which nobody types: all its digits where they have room, else four significant
 * ones, or as many as do. What is nearly a whole number is not shown as one, but cut off.
 *
 * @param {number} value
 * @returns {string}
 */
export function fitting(value) {
  const whole = typeable(value);
  let text = whole;
  for (let digits = Math.max(4, String(Math.trunc(Math.abs(value))).length); !fits(text) && digits > 0; digits -= 1) {
    text = typeable(Number(value.toPrecision(Math.min(digits, 17))));
  }
  const closed = Math.abs(value) < 1000 && Number.isInteger(Number(text)) && !Number.isInteger(value);
  return closed ? `${whole.slice(0, 6)}…` : text;
}

/**
 * What there is to say of a number outside of a range, and nothing of one within.
 *
 * @param {number} value
 * @param {[number, number]} range
 * @param {string} what  the range is
 */
export function outside(value, [low, high], what) {
  return value < low || value > high ? `outside ${what}, ${minus(typeable(low))} to ${minus(typeable(high))}` : "";
}

/**
 * @typedef {object} Bounds
 * @property {number} [least] smallest number allowed
 * @property {number} [most] largest number allowed
 * @property {boolean} [integer] whole numbers only
 */

/**
 * Read a typed number. 1,5 is 1.5; 1,234.5 and 1.234,5 and 1 234.5 are 1234.5. Where three digits follow
 * the only separator, it separates thousands in whole numbers, and a point is a decimal point in others;
 * there a comma could be either, and the problem says so. Whole numbers keep every digit, up to 2^53 - 1.
 *
 * @param {string} text
 * @param {Bounds} [bounds]
 * @returns {{value: number, problem: ""} | {value: null, problem: string}} the problem is a sentence
 */
export function read(text, { least = -Infinity, most = Infinity, integer = false } = {}) {
  const typed = plain(text);
  const [value = NaN, other = value] = meanings(typed, integer);
  const low = integer ? Math.max(least, Number.MIN_SAFE_INTEGER) : least;
  const high = integer ? Math.min(most, Number.MAX_SAFE_INTEGER) : most;
  if (Number.isNaN(value)) return refuse(`Type a ${integer ? "whole " : ""}number, such as ${integer ? "500" : "0.05 or 1e-3"}.`);
  if (value !== other) return refuse(`${typed} may be ${typeable(value)} or ${typeable(other)}: type one of them.`);
  if (!Number.isFinite(value)) return refuse("The number must be finite.");
  if (integer && !Number.isInteger(value)) return refuse("Type a whole number.");
  if (value < low) return refuse(`Type ${typeable(low)} or more.`);
  if (value > high) return refuse(`Type ${typeable(high)} or less.`);
  return { value, problem: "" };
}

/** A text as it would be typed: what `readable` writes is read, too. @param {string} text */
function plain(text) {
  const bare = text.trim().replaceAll("−", "-");
  return bare.replace(/\s*[·×*]\s*10\^?(-?\d+|⁻?[⁰¹²³⁴-⁹]+)$/, (_, power) => {
    const digits = [...power.replace("⁻", "-")].map((one) => (SUPERSCRIPT.includes(one) ? SUPERSCRIPT.indexOf(one) : one));
    return `e${digits.join("")}`;
  });
}

/**
 * Return the numbers that a typed text may stand for: none if it is no number, or two.
 *
 * @param {string} typed
 * @param {boolean} integer
 * @returns {number[]}
 */
function meanings(typed, integer) {
  const [, sign, digits, exponent] = typed.match(NUMBER) ?? [];
  if (digits === undefined) return [];
  const [point, comma] = [WITH_POINT, WITH_COMMA].map((form) => form.test(digits));
  const signed = (/** @type {string} */ plain) => Number(sign + plain + exponent);
  const bare = digits.replace(/[,'’\s]/g, "");
  const all = [...(point ? [signed(bare)] : []), ...(comma ? [signed(digits.replace(/[.'’\s]/g, "").replace(",", "."))] : [])];
  if (all.length < 2 || all[0] === all[1]) return all.slice(0, 1);
  if (integer) return [digits.includes(",") ? all[0] : all[1]];
  return digits.includes(",") ? all : [all[0]];
}

/** @param {string} problem @returns {{value: null, problem: string}} */
function refuse(problem) {
  return { value: null, problem };
}
