/** What the page says of numbers, and of the whole comparison. */

import { percent } from "../scales/numbers.js";
import { interval, mayBeOne } from "../scales/wilson.js";
import { level } from "./ranking.js";

/** @import {Comparison, Verdict} from "./types.js" */

/** More than these are counted. */
const MOST_NAMED = 4;

/** The interval of a share, without its unit. @param {number} share @param {number} starts  of which it is */
export function intervalText(share, starts) {
  const [low, high] = interval(share, starts).map((end) => percent(end).replace(" %", ""));
  return `${low}–${high}`;
}

/** @param {Verdict} verdict  the step of the median, and of the quartiles if they are there */
export function stepsText({ first_quartile, median, third_quartile }) {
  if (median === null) return first_quartile === null ? "–" : `25 % by ${first_quartile}`;
  return `${median} (${first_quartile}–${third_quartile ?? "…"})`;
}

/** @param {Verdict} verdict  the same for those who hear it, and as a sentence's part */
export function stepsSaid({ first_quartile, median, third_quartile }) {
  if (first_quartile === null) return "fewer than a quarter of the starts arrive";
  const parts = [`a quarter of the starts by step ${first_quartile}`];
  parts.push(median === null ? "fewer than half arrive" : `half by step ${median}`);
  if (median !== null) parts.push(third_quartile === null ? "fewer than three quarters arrive" : `three quarters by step ${third_quartile}`);
  return parts.join(", ");
}

/**
 * Say who comes first, and who may be as good: of so many starts, shares whose intervals overlap are not told apart.
 *
 * @param {Verdict[]} ranking  of one optimizer at least
 * @param {number} starts  of which each share is
 */
export function leader(ranking, starts) {
  const [{ reached, median }] = ranking;
  if (reached === 0) return "With this budget no optimizer reaches a global minimum from any start. More steps or trials may help.";
  const [low, high] = interval(reached, starts);
  const from = reached === 1 ? "all starts" : `${percent(reached)} of the starts (${percent(low)} to ${percent(high)} with 95 % confidence)`;
  const when = median === null ? "" : `, from half of ${reached === 1 ? "them" : "all"} by step ${median}`;
  const arrives = `a global minimum from ${from}${when}.`;
  if (ranking.length === 1) return `At its best ${named(ranking)} reaches ${arrives}`;
  const first = ranking.filter((one) => level(one, ranking[0]));
  const ties = ranking.slice(first.length).filter((one) => mayBeOne(one.reached, reached, starts));
  const them = first.length > 1 ? "them" : "it";
  const tied = ties.length ? ` With ${counted(starts, "start")} ${named(ties)} cannot be told apart from ${them} by the share that arrives.` : "";
  const come = first.length > 1 ? "come first, level: at their best they reach" : "comes first: at its best it reaches";
  return `${named(first)} ${come} ${arrives}${tied}`;
}

/**
 * Say whether one of those that are compared is among the best everywhere.
 *
 * @param {object} tally
 * @param {{name: string, won: number}[]} tally.wins  of every optimizer: on how many surfaces it is among the best
 * @param {number} tally.decided  on how many surfaces any arrives
 * @param {number} tally.surfaces
 * @param {number} tally.starts  of which each share is
 */
export function everywhereSaid({ wins, decided, surfaces, starts }) {
  if (decided === 0) return "With this budget none arrives anywhere.";
  if (wins.length === 1) return `${wins[0].name} arrives on ${decided} of ${counted(surfaces, "surface")}; no other is chosen that it is compared with.`;
  const none = surfaces - decided;
  const where = `all ${counted(decided, "surface")}${none ? " where any arrives" : ""}`;
  const rest = none ? ` On ${none === 1 ? "the other one" : `the other ${none}`} none arrives from any start.` : "";
  const most = Math.max(...wins.map(({ won }) => won));
  const names = wins.filter(({ won }) => won === most).map(({ name }) => name);
  const one = names.length === 1;
  const far = `As far as ${counted(starts, "start")} can tell, of these ${wins.length} optimizers`;
  if (most === decided) return `${far} ${listed(names)} ${one ? "is" : "are"} among the best on ${where}.${rest}`;
  return `${far} none is among the best on ${where}; most often ${one ? "it is" : "they are"} ${listed(names)}, on ${most}.${rest}`;
}

/** Tell those who hear the page how far the tuning is, by quarters. @param {number} known @param {number} all */
export function tunedSaid(known, all) {
  const quarters = Math.floor((4 * known) / all);
  return ["", "A quarter is tuned.", "Half is tuned.", "Three quarters are tuned.", ""][quarters];
}

/** @param {Verdict[]} verdicts */
function named(verdicts) {
  const labels = verdicts.map(({ label }) => label);
  const more = labels.length - MOST_NAMED;
  return more > 0 ? `${labels.slice(0, MOST_NAMED).join(", ")} and ${more} more` : labels.join(", ");
}

/** @param {string[]} names */
function listed(names) {
  return names.length < 3 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** Say what was done. @param {Comparison} comparison */
export function method({ trials, tuning_starts, steps, starts, seed }) {
  return [
    `Every optimizer is tuned with ${counted(trials, "trial")}, each from ${tuning_starts} starts, drawn from the ranges below with seed ${seed}; `,
    `its best setting is then judged from ${counted(starts, "other start")}, the same for all. Every run takes ${counted(steps, "step")}.`,
  ].join("");
}

/** Say how far the outcome goes. @param {Comparison} comparison @param {{name: string}} surface */
export function caveat({ shape }, { name }) {
  const where = Object.keys(shape).length ? `${name} in this shape` : name;
  return `This holds for ${where} and this budget; “On every surface”, below, shows whether it does elsewhere.`;
}

/** What is counted among the trials. @param {Comparison} comparison */
export function worksSaid({ trials, tuning_starts, starts }) {
  const judged = `Share of the ${counted(trials, "trial")} that bring at least half of their ${tuning_starts} starts to a global minimum.`;
  return `${judged} The shares of the best setting are of ${counted(starts, "other start")}: it may do better or worse from those.`;
}

/** @param {number} count @param {string} noun */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
