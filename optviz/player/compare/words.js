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
  const first = ranking.filter((one) => level(one, ranking[0]));
  const ties = ranking.slice(first.length).filter((one) => mayBeOne(one.reached, reached, starts));
  const tied = ties.length ? ` From as many starts, as far as ${starts} can tell: ${named(ties)}.` : "";
  const come = first.length > 1 ? "come first, level: at their best they reach" : "comes first: at its best it reaches";
  return `${named(first)} ${come} a global minimum from ${from}${when}.${tied}`;
}

/** @param {Verdict[]} verdicts */
function named(verdicts) {
  const labels = verdicts.map(({ label }) => label);
  const more = labels.length - MOST_NAMED;
  return more > 0 ? `${labels.slice(0, MOST_NAMED).join(", ")} and ${more} more` : labels.join(", ");
}

/** Say what was done. @param {Comparison} comparison */
export function method({ trials, tuning_starts, steps, starts, seed }) {
  return [
    `Every optimizer is tuned with ${counted(trials, "trial")}, each from ${tuning_starts} starts, drawn from the ranges below with seed ${seed}; `,
    `its best setting is then judged from ${counted(starts, "other start")}, the same for all. Every run takes ${counted(steps, "step")}.`,
  ].join("");
}

/** @param {number} count @param {string} noun */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
