/** The race in words: who leads at a step, who has arrived or left, and when. */

import { readable } from "../scales/numbers.js";

/** @import {Result, View} from "../state/types.js" */

/**
 * @typedef {{label: string, loss: number, arrived: number, left: number, text: string,
 *   distance: number | null}} Standing
 */

/** More names than these become a number. */
const MOST_NAMES = 3;

/**
 * Return where every shown lane is at a step, the lowest loss first; `arrived` and `left` are the steps
 * at which it converged or diverged, infinite where that is still to come; `distance` is that of its
 * last point.
 *
 * @param {Result} result
 * @param {View} view
 * @param {number} step
 * @returns {Standing[]}
 */
export function standings({ race, lanes, excess, floor, steps }, { hidden }, step) {
  const all = lanes.map(({ status: { state, step: at, text }, distance }, lane) => {
    const since = (/** @type {string} */ end) => (state === end && at !== null && at <= step ? at : Infinity);
    const loss = excess[lane * (steps + 1) + step] + (floor ?? 0);
    return { label: race.lanes[lane].label, loss, arrived: since("converged"), left: since("diverged"), text, distance };
  });
  const rank = (/** @type {Standing} */ { loss, left }) => (left < Infinity ? Infinity : loss);
  return all.filter((_, lane) => !hidden.includes(lane)).sort((a, b) => rank(a) - rank(b) || 0);
}

/** @param {Standing[]} lanes @param {number} step @param {number} steps */
export function story(lanes, step, steps) {
  const ends = [ended(lanes, "arrived"), ended(lanes, "left"), step === steps ? farFrom(lanes) : ""];
  return [`Step ${step} of ${steps}: ${lead(lanes, step)}.`, ...ends].filter(Boolean).join(" ");
}

/** Return every lane's loss in a sentence. @param {Standing[]} lanes */
export function losses(lanes) {
  const each = lanes.map(({ label, loss, left, text }) => `${label} ${left < Infinity ? text : spoken(loss)}`);
  return lanes.length > 0 ? `Losses: ${each.join("; ")}.` : "";
}

/** What would be worth saying again if it changed. @param {Standing[]} lanes */
export function turn(lanes) {
  const leader = allArrived(lanes) ? "" : lanes[0]?.label;
  return JSON.stringify([leader, ...lanes.map(({ label, arrived, left }) => [label, arrived, left]).sort()]);
}

/** @param {Standing[]} lanes @param {number} step */
function lead(lanes, step) {
  const racing = lanes.filter(({ left }) => left === Infinity);
  const [first, second] = racing;
  if (!first) return lanes.length > 0 ? "no optimizer goes on" : "every path is hidden";
  const loss = spoken(first.loss);
  if (step === 0) return lanes.length > 1 ? `all start at loss ${loss}` : `${first.label} starts at loss ${loss}`;
  if (!second) return `${first.label} is at loss ${loss}`;
  // Whose loss has fewer zeros at a minimum means nothing.
  if (allArrived(lanes)) return `${racing.length > 2 ? "all" : "both"}${racing.length < lanes.length ? " that remain" : ""} have converged`;
  const level = racing.filter((lane) => spoken(lane.loss) === loss);
  if (level.length > 1) return `${listed(level.map(({ label }) => label))} are level at loss ${loss}`;
  return `${first.label} leads with loss ${loss}, ${second.label} follows with ${spoken(second.loss)}`;
}

/** Whether all that have not diverged have converged. @param {Standing[]} lanes */
function allArrived(lanes) {
  return lanes.every(({ arrived, left }) => Math.min(arrived, left) < Infinity);
}

/** @param {Standing[]} lanes @param {"arrived" | "left"} how */
function ended(lanes, how) {
  const all = lanes.filter((lane) => lane[how] < Infinity).sort((a, b) => a[how] - b[how]);
  const told = all.slice(0, all.length > MOST_NAMES ? MOST_NAMES - 1 : MOST_NAMES).map(({ label, text }) => `${label}: ${text}`);
  const more = all.length - told.length;
  // The verdict has words of its own for each.
  return told.length > 0 ? `${told.join("; ")}${more > 0 ? `; and ${more} others` : ""}.` : "";
}

/** How far the best has still to go at the end of the race. @param {Standing[]} lanes */
function farFrom([best]) {
  if (!best || best.distance === null || Math.min(best.arrived, best.left) < Infinity) return "";
  return `${best.label} ends ${spoken(best.distance)} from the nearest minimum.`;
}

/** @param {string[]} names */
function listed(names) {
  const more = names.length - MOST_NAMES + 1;
  const few = more > 1 ? [...names.slice(0, MOST_NAMES - 1), `${more} others`] : names;
  return [few.slice(0, -1).join(", "), few.at(-1)].filter(Boolean).join(" and ");
}

/** A number to be heard: raised digits are passed over, or run on after the ten. @param {number} value */
function spoken(value) {
  const [digits, raised] = readable(value).split("·10");
  if (raised === undefined) return digits;
  const power = Number(value.toExponential(2).split("e")[1]);
  return `${digits} times 10 to the ${power < 0 ? "minus " : ""}${Math.abs(power)}`;
}
