/** What the comparison comes to, how far it is, and what can be taken away from it. */

import { h, setText } from "../base/dom.js";
import { comparisonQuery, raceQuery } from "./links.js";
import { follow } from "../base/listening.js";
import { BASELINE } from "./state.js";
import { caveat, counted, leader, method } from "./words.js";

/** @import {Verdict} from "./types.js" */
/** @import {State} from "./state.js" */

/** More paths than these are hard to tell apart. */
const MOST_RACED = 5;

/**
 * @param {State} state
 * @param {HTMLElement} element
 * @param {{base: string, home: string}} paths
 * @returns {() => void}  takes it down
 */
export function headline(state, element, { base, home }) {
  const title = h("h2", {});
  const done = h("p", { class: "ov-compare-method" });
  const bar = h("progress", { "aria-label": "Optimizers tuned" });
  const count = h("span", {});
  const progress = h("div", { class: "ov-row ov-compare-progress" }, bar, count);
  // Those who hear the page are told the end, not every step towards it.
  const outcome = h("p", { class: "ov-compare-outcome", role: "status" });
  const race = h("a", { class: "ov-compare-action" });
  const table = h("a", { class: "ov-compare-action", download: "" }, "Download the table (CSV)");
  const actions = h("div", { class: "ov-wrap ov-compare-actions" }, race, table);
  const limits = h("p", { class: "ov-compare-method" });
  const parts = [title, done, progress, outcome, limits, actions];
  element.append(h("header", { class: "ov-stack ov-compare-head" }, ...parts));

  return follow(state, ["comparison", "verdicts"], () => {
    const { comparison, surface, ranking } = state;
    const all = comparison.rules.length;
    const ready = ranking.length === all;
    setText(title, `Fair comparison on ${surface.name}`);
    setText(done, method(comparison));
    Object.assign(bar, { max: all, value: ranking.length });
    setText(count, `${ranking.length} of ${counted(all, "optimizer")} tuned`);
    progress.classList.toggle("ov-compare-done", ready);
    setText(outcome, ready ? leader(ranking, comparison.starts) : "");
    setText(limits, ready ? caveat(comparison, surface) : "");
    const best = ranking.slice(0, MOST_RACED);
    // To compare them with.
    const plain = ranking.slice(MOST_RACED).filter(({ rule }) => rule === BASELINE);
    race.hidden = !ready;
    setText(race, `Race ${whichRaced(best, plain, all)} best`);
    race.title = [...best, ...plain].map(({ label }) => label).join(", ");
    race.href = `${home}?${raceQuery(comparison, surface, [...best, ...plain])}`;
    table.href = `${base}/compare?${comparisonQuery(comparison)}&format=csv`;
    table.hidden = !ready;
  });
}

/** @param {Verdict[]} best @param {Verdict[]} plain  what else is raced @param {number} all  how many are compared */
function whichRaced(best, plain, all) {
  if (all === 1) return "it at its";
  if (best.length + plain.length === all) return all === 2 ? "both at their" : `all ${all} at their`;
  return `the first ${[best.length, ...plain.map(({ label }) => label)].join(" and ")} at their`;
}
