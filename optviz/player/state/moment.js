/** The moment of a race: what a link to it holds besides the race and its view. */

/**
 * @typedef {object} Look  What of the picture is seen, where that is not as usual.
 * @property {[number, number, number, number]} [window]  left, right, low, high
 * @property {boolean} [equal]  whether a unit is as long on both axes; by default it is on a quadratic
 * @property {number[]} [camera]  (6,): from where the surface is seen in space, and what is looked at
 */

/**
 * @typedef {Look & {at?: number, playing?: boolean, speed?: number, loop?: boolean, present?: boolean}} Moment
 *   see optviz/moment.py
 */

/** @type {(keyof Moment)[]} */
const MOMENT_KEYS = ["at", "playing", "speed", "loop", "window", "equal", "camera", "present"];

/** Return a moment as a query string, without what is as usual. @param {Moment} moment */
export function momentQuery(moment) {
  const text = (/** @type {Moment[keyof Moment]} */ value) => String(typeof value === "boolean" ? Number(value) : value);
  const told = MOMENT_KEYS.filter((key) => moment[key] !== undefined && moment[key] !== null && (moment[key] !== false || key === "equal"));
  return told.map((key) => `${key}=${text(moment[key])}`).join("&");
}
