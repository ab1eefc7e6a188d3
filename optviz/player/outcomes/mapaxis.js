/** What a map of a lane may vary: its hyperparameters and its start, each along a side. */

import { inForce, withValue } from "../state/changes.js";
import { rounded } from "../plane/frame.js";

/** @import {Wish} from "../server/mapquery.js" */
/** @import {Race, Store} from "../state/types.js" */

/**
 * @typedef {object} Side  What lies along a side of a map.
 * @property {string} name  as the data plane calls it
 * @property {string} symbol
 * @property {string} meaning
 * @property {[number, number]} range
 * @property {boolean} log
 *
 * @typedef {object} Control  How a side's value is read and set.
 * @property {string} key  tells it from those of other surfaces and rules
 * @property {(race: Race) => number} get
 * @property {(race: Race, value: number) => Race} set
 * @property {() => number} standard  what suits the surface
 *
 * @typedef {Side & Control} MapAxis
 */

/** So many values lie apart from each other along a side. */
const FINENESS = 1000;
const LEAST_DIGITS = 3;
const DIGITS = 15;

/**
 * Return all that may be varied of a lane, its learning rate first.
 *
 * @param {Store} store
 * @param {number} lane
 * @returns {MapAxis[]}
 */
export function axesOf(store, lane) {
  const { rule } = store.lane(lane);
  const symbols = store.rule(rule).text[store.view.notation];
  const own = store.rule(rule).hyperparameters.map(({ name, meaning, low, high, log, default: usual }) => ({
    key: `${store.race.surface} ${rule} ${name}`,
    name,
    symbol: symbols?.[name] ?? name,
    meaning,
    range: /** @type {[number, number]} */ ([low, high]),
    log,
    // Maps vary what the run begins with, whatever the sliders change.
    get: (/** @type {Race} */ race) => inForce(race, lane, name, null) ?? usual,
    set: (/** @type {Race} */ race, /** @type {number} */ value) => withValue({ pinned: null, view: store.view }, race, lane, name, value),
    standard: () => store.suggested(rule)[name],
  }));
  return [...own, startAxis(store, "x", 0), startAxis(store, "y", 1)];
}

/** The axis's symbol and what it means, unless one says the other. @param {Side} axis */
export function titleOf({ symbol, meaning }) {
  return meaning.split(" ").includes(symbol) ? meaning : `${symbol} ${meaning}`;
}

/** @param {Store} store @param {"x" | "y"} name @returns {Side} */
export function startSide(store, name) {
  return { name, symbol: name, meaning: `${name} of the start`, range: store.surface()[name], log: false };
}

/**
 * Return which map is to be asked for. What the map varies itself is set to what suits the surface, so
 * that it stays the same map while the race's own value changes.
 *
 * @param {Store} store
 * @param {{across: Side, up: Side}} sides
 * @param {("across" | "up")[]} [ranged]  which sides have a range of their own
 * @returns {Wish}
 */
export function wishFor(store, { across, up }, ranged = []) {
  const usual = store.surface().start;
  const [x, y] = store.race.start.map((value, at) => ([across.name, up.name].includes("xy"[at]) ? usual[at] : value));
  return { over: [across.name, up.name], start: [x, y], ...Object.fromEntries(ranged.map((side) => [side, { across, up }[side].range])) };
}

/** @param {Store} store @param {"x" | "y"} name @param {0 | 1} at @returns {MapAxis} */
function startAxis(store, name, at) {
  return {
    ...startSide(store, name),
    key: `${store.race.surface} ${name}`,
    get: ({ start }) => start[at],
    set: (race, value) => ({ ...race, start: at === 0 ? [value, race.start[1]] : [race.start[0], value] }),
    standard: () => store.surface().start[at],
  };
}

/**
 * Return how far along the side a value lies; less than 0 or more than 1 outside of the range.
 *
 * @param {Side} axis
 * @param {number} value
 */
export function shareOf({ range: [low, high], log }, value) {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/**
 * Return the value at a share of the side, with few digits: links stay short.
 *
 * @param {Side} axis
 * @param {number} share  what lies outside of 0 .. 1 is brought to an end
 */
export function valueAt({ range: [low, high], log }, share) {
  if (share <= 0) return low;
  if (share >= 1) return high;
  if (log) return Number((low * (high / low) ** share).toPrecision(digitsFor(high / low)));
  return rounded(low + share * (high - low), FINENESS / (high - low));
}

/** Digits that tell values along a logarithmic side apart. @param {number} ratio  of its ends */
function digitsFor(ratio) {
  const needed = Math.ceil(Math.log10(FINENESS / Math.log(ratio)));
  return Math.min(DIGITS, Math.max(LEAST_DIGITS, needed));
}

/**
 * Return the value of the cell at a share of the side, with all its digits: the race that is opened from
 * there is the one that the map has shown.
 *
 * @param {Side} axis
 * @param {number} share  0 .. 1
 */
export function exactAt({ range: [low, high], log }, share) {
  if (share <= 0) return low;
  if (share >= 1) return high;
  const value = log ? low * (high / low) ** share : low + share * (high - low);
  // What is beyond comes of rounding.
  return Number(value.toPrecision(DIGITS));
}
