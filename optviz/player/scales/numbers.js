/** Numbers as text for reading and for typing, and typed text as numbers. */

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
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

/**
 * A share in percent: in tenths where it is within one percent of none or of all, so that only what is
 * none at all is 0 %, and only what is all is 100 %. `optviz/commandline/shares.py` writes the same.
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
  const exact = Number(value.toPrecision(12));
  return exact !== 0 && Math.abs(exact) < 1e-3 ? exact.toExponential() : String(exact);
}

/**
 * @typedef {object} Bounds
 * @property {number} [least] smallest number allowed
 * @property {number} [most] largest number allowed
 * @property {boolean} [integer] whole numbers only
 */

/**
 * Read a typed number; a decimal comma and a true minus sign are understood.
 *
 * @param {string} text
 * @param {Bounds} [bounds]
 * @returns {{value: number, problem: ""} | {value: null, problem: string}} the problem is a sentence
 */
export function read(text, bounds = {}) {
  const typed = text.trim().replace("−", "-");
  const value = Number(/^[^.,]*,[^.,]*$/.test(typed) ? typed.replace(",", ".") : typed);
  const { least = -Infinity, most = Infinity, integer = false } = bounds;
  if (typed === "" || Number.isNaN(value)) return refuse("Type a number, such as 0.05 or 1e-3.");
  if (!Number.isFinite(value)) return refuse("The number must be finite.");
  if (integer && !Number.isInteger(value)) return refuse("Type a whole number.");
  if (value < least) return refuse(`Type ${typeable(least)} or more.`);
  if (value > most) return refuse(`Type ${typeable(most)} or less.`);
  return { value, problem: "" };
}

/** @param {string} problem @returns {{value: null, problem: string}} */
function refuse(problem) {
  return { value: null, problem };
}
