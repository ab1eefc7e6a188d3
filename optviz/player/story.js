/** The race in words: who leads at a step, who has arrived or left, and when. */

import { readable } from "./numbers.js";

/** @import {Result, View} from "./types.js" */

/** @typedef {{label: string, loss: number, arrived: number, left: number, text: string}} Standing */

/** More names than these become a number. */
const MOST_NAMES = 3;

/**
 * Return where every shown lane is at a step, the lowest loss first; `arrived` and `left` are the steps
 * at which it converged or diverged, infinite where that is still to come.
 *
 * @param {Result} result
 * @param {View} view
 * @param {number} step
 * @returns {Standing[]}
 */
export function standings({ race, lanes, excess, floor, steps }, { hidden }, step) {
  const all = lanes.map(({ status: { state, step: at, text } }, lane) => {
    const since = (/** @type {string} */ end) => (state === end && at !== null && at <= step ? at : Infinity);
    const loss = excess[lane * (steps + 1) + step] + (floor ?? 0);
    return { label: race.lanes[lane].label, loss, arrived: since("converged"), left: since("diverged"), text };
  });
  const rank = (/** @type {Standing} */ { loss, left }) => (left < Infinity ? Infinity : loss);
  return all.filter((_, lane) => !hidden.includes(lane)).sort((a, b) => rank(a) - rank(b));
}

/**
 * Return one or two sentences about a step.
 *
 * @param {Standing[]} lanes
 * @param {number} step
 * @param {number} steps
 */
export function story(lanes, step, steps) {
  const ends = [ended(lanes, "arrived"), ended(lanes, "left")].filter(Boolean);
  return [`Step ${step} of ${steps}: ${lead(lanes, step)}.`, ...ends].join(" ");
}

/**
 * Return every lane's loss in a sentence.
 *
 * @param {Standing[]} lanes
 */
export function losses(lanes) {
  const each = lanes.map(({ label, loss, left, text }) => `${label} ${left < Infinity ? text : readable(loss)}`);
  return lanes.length > 0 ? `Losses: ${each.join("; ")}.` : "";
}

/** What would be worth saying again if it changed. @param {Standing[]} lanes */
export function turn(lanes) {
  return JSON.stringify([lanes[0]?.label, ...lanes.map(({ label, arrived, left }) => [label, arrived, left]).sort()]);
}

/** @param {Standing[]} lanes @param {number} step */
function lead(lanes, step) {
  const [first, second] = lanes.filter(({ left }) => left === Infinity);
  if (!first) return lanes.length > 0 ? "every optimizer has diverged" : "every path is hidden";
  const loss = readable(first.loss);
  if (step === 0) return lanes.length > 1 ? `all start at loss ${loss}` : `${first.label} starts at loss ${loss}`;
  if (!second) return `${first.label} is at loss ${loss}`;
  return `${first.label} leads with loss ${loss}, ${second.label} follows with ${readable(second.loss)}`;
}

/** @param {Standing[]} lanes @param {"arrived" | "left"} how */
function ended(lanes, how) {
  const [first, ...rest] = lanes.filter((lane) => lane[how] < Infinity).sort((a, b) => a[how] - b[how]);
  if (!first) return "";
  return `${first.label} ${first.text}${rest.length > 0 ? `, then ${listed(rest)}` : ""}.`;
}

/** @param {Standing[]} lanes */
function listed(lanes) {
  const names = lanes.map(({ label, ...lane }) => `${label} at ${Math.min(lane.arrived, lane.left)}`);
  if (names.length > MOST_NAMES) names.splice(MOST_NAMES - 1, Infinity, `${names.length - MOST_NAMES + 1} others`);
  const last = names.pop();
  return names.length > 0 ? `${names.join(", ")} and ${last}` : last;
}
