/** The race in words: who leads at a step, who has arrived, left or is held up, who came and went. */

import { heard, readable } from "../scales/numbers.js";
import { namesApart } from "../state/laneedits.js";
import { lossAt } from "../state/results.js";

/** @import {Race, Result, View} from "../state/types.js" */

/**
 * @typedef {{label: string, loss: number, arrived: number, left: number, held: number,
 *   text: string, distance: number | null}} Standing
 */

/** How a status says that the domain was left. */
const GONE = /left the (?:saddle at step \d+, the )?domain at step (\d+)/;
/** More names than these become a number. */
const MOST_NAMES = 4;
/** More ends than these. */
const MOST_ENDS = 8;

/**
 * Return where every shown lane is at a step, the lowest loss first; `arrived` and `left` are the steps
 * at which it converged or diverged, infinite where that is still to come, `held` the last step if
 * it is held up somewhere else, or outside of the domain, by then; `distance` is that of its last
 * point. On an `endless` surface a lane has left when it has left the domain: that is the race there.
 *
 * @param {Result} result
 * @param {View} view
 * @param {number} step
 * @param {boolean} endless
 * @returns {Standing[]}
 */
export function standings(result, { hidden }, step, endless) {
  const { race, lanes, steps } = result;
  const names = namesApart(race);
  const all = lanes.map(({ status: { state, step: at, text }, distance }, lane) => {
    const since = (/** @type {string} */ end) =>
      state === end && at !== null && at <= step ? at : Infinity;
    const loss = lossAt(result, lane, step);
    // How else it has moved is for who reads.
    const [first, gone] = [text.split(";")[0], text.match(GONE)];
    const away = gone && Number(gone[1]) <= step;
    // Before the end nobody knows who is held up where it is.
    const rests = state === "running" && step === steps && (gone || !text.startsWith("not converged"));
    const left = endless && away ? Number(gone[1]) : since("diverged");
    const held = rests && left === Infinity ? step : Infinity;
    return { label: names[lane], loss, arrived: since("converged"), left, held, text: gone && state === "running" ? gone[0] : first, distance };
  });
  const rank = (/** @type {Standing} */ { loss, left }) => (left < Infinity ? Infinity : loss);
  return all.filter((_, lane) => !hidden.includes(lane)).sort((a, b) => rank(a) - rank(b) || 0);
}

/**
 * @param {Standing[]} lanes
 * @param {Standing[]} news  those of the lanes whose end has not been told
 * @param {number} step
 * @param {number} steps
 */
export function story(lanes, news, step, steps) {
  const last = step === steps ? farFrom(lanes) : "";
  const told = [`Step ${step} of ${steps}: ${lead(lanes, step)}.`, ends(news), last];
  return told.filter(Boolean).join(" ");
}

/** Say who has converged, diverged, or is held up. @param {Standing[]} lanes */
export function ends(lanes) {
  const told = [ended(lanes, "arrived"), ended(lanes, "left"), ended(lanes, "held")];
  return told.filter(Boolean).join(" ");
}

/** Say who came and who went since another race. @param {Race} before @param {Race} race */
export function comings(before, race) {
  const [old, now] = [before, race].map(namesApart);
  if (old.length === now.length) return "";
  const gone = old.filter((name) => !now.includes(name)).map((name) => `${name} removed. `);
  const come = now.filter((name) => !old.includes(name)).map((name) => `${name} added. `);
  return [...gone, ...come].join("");
}

/**
 * Say where those are who are new since another race, or whose values have changed, and of whom
 * nothing is told anyway.
 *
 * @param {Race} before
 * @param {Race} race
 * @param {Standing[]} lanes
 * @param {string} told
 */
export function turned(before, race, lanes, told) {
  const [old, names] = [before, race].map(namesApart);
  const named = (/** @type {string} */ name) => {
    const longer = names.filter((other) => other !== name && other.includes(name));
    return longer.reduce((text, other) => text.replaceAll(other, ""), told).includes(name);
  };
  const same = (/** @type {string} */ name, /** @type {number} */ i) => {
    const earlier = before.lanes[old.indexOf(name)];
    return earlier && JSON.stringify(earlier.values) === JSON.stringify(race.lanes[i].values);
  };
  const changed = names.filter((name, i) => !named(name) && !same(name, i));
  const standing = lanes.filter(({ label }) => changed.includes(label));
  return standing.slice(0, MOST_NAMES).map(({ label, loss, left, text }) => ` ${label}: ${left < Infinity ? text : `loss ${spoken(loss)}`}.`).join("");
}

/** Say where a lane is at the end of the race. @param {Standing} lane */
export function end({ label, loss, left, text }) {
  return ` ${label} ends ${left < Infinity ? `as ${text}` : `with loss ${spoken(loss)}`}.`;
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
  const [first] = racing;
  if (!first && lanes.length > 0) return lanes.every(({ text }) => GONE.test(text)) ? "all have left the domain" : "no optimizer goes on";
  if (!first) return "every path is hidden";
  const loss = spoken(first.loss);
  if (step === 0) return lanes.length > 1 ? `all start at loss ${loss}` : `${first.label} starts at loss ${loss}`;
  if (racing.length === 1) return `${first.label} is at loss ${loss}`;
  // Whose loss has fewer zeros at a minimum means nothing.
  if (allArrived(lanes)) {
    // Who hops about near a minimum has arrived there, no more.
    const come = racing.every(({ text }) => text.startsWith("converged")) ? "converged" : "arrived";
    return `${racing.length > 2 ? "all" : "both"}${racing.length < lanes.length ? " that remain" : ""} have ${come}`;
  }
  const ahead = racing.filter((lane) => spoken(lane.loss) === loss);
  const leads = ahead.length > 1 ? "are level at" : "leads with";
  const next = racing[ahead.length];
  const behind = racing.filter((lane) => next && spoken(lane.loss) === spoken(next.loss));
  const follow = behind.length > 1 ? "follow, level at" : "follows with";
  const rest = next ? `, ${listed(behind)} ${follow} ${spoken(next.loss)}` : "";
  return `${listed(ahead)} ${leads} loss ${loss}${rest}`;
}

/** Whether all that have not diverged have converged. @param {Standing[]} lanes */
function allArrived(lanes) {
  return lanes.every(({ arrived, left }) => Math.min(arrived, left) < Infinity);
}

/** @param {Standing[]} lanes @param {"arrived" | "left" | "held"} how */
function ended(lanes, how) {
  const all = lanes.filter((lane) => lane[how] < Infinity).sort((a, b) => a[how] - b[how]);
  // The verdict has words of its own for each; those of whom it says the same are named together.
  const texts = [...new Set(all.map(({ text }) => text))];
  const told = texts.slice(0, texts.length > MOST_ENDS ? MOST_ENDS - 1 : MOST_ENDS);
  const more = all.filter(({ text }) => !told.includes(text)).length;
  const each = told.map((text) => `${listed(all.filter((lane) => lane.text === text))}: ${text}`);
  return each.length > 0 ? `${each.join("; ")}${more > 0 ? `; and ${more} others` : ""}.` : "";
}

/** How far the best has still to go at the end of the race. @param {Standing[]} lanes */
function farFrom([best]) {
  if (!best || best.distance === null || Math.min(best.arrived, best.left) < Infinity) return "";
  return `${best.label} ends ${spoken(best.distance)} from the nearest minimum.`;
}

/** @param {Standing[]} lanes */
function listed(lanes) {
  const names = lanes.map(({ label }) => label);
  const more = names.length - MOST_NAMES + 1;
  const few = more > 1 ? [...names.slice(0, MOST_NAMES - 1), `${more} others`] : names;
  return [few.slice(0, -1).join(", "), few.at(-1)].filter(Boolean).join(" and ");
}

/** @param {number} value */
function spoken(value) {
  return heard(readable(value));
}
