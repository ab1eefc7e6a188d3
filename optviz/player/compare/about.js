/** How to read the comparison: the search space of every optimizer, and what may be concluded. */

import { fill, h, parsed } from "../base/dom.js";
import { typeable } from "../scales/numbers.js";
import { section } from "../controls/sections.js";
import { dotSvg } from "../look/palette.js";
import { follow } from "../base/listening.js";
import { symbolOf } from "./symbols.js";

/** @import {Range} from "./types.js" */
/** @import {Parameter} from "../state/types.js" */
/** @import {Entry} from "./ranking.js" */
/** @import {State} from "./state.js" */

const READING = [
  "All this is in two dimensions and without noise. Another surface, another budget or other ranges give another order.",
  "The best trial is the one that brings most of its starts to a global minimum; among equals, the one with the lowest median of the steps. The optimizers are ranked alike.",
  "Reached means: within a thousandth of the domain's diagonal of a global minimum, from some step to the end.",
  "Steps are counted, not time: a step of Newton or BFGS computes more than one of SGD.",
  "An optimizer with many hyperparameters has a larger space to search with as many trials.",
];

/** @param {State} state @param {HTMLElement} element @returns {() => void}  takes it down */
export function about(state, element) {
  const body = h("tbody");
  const heads = ["Optimizer", "Hyperparameter", "From", "To", "Spread"].map((text) => h("th", { scope: "col" }, text));
  const table = h("table", { class: "ov-compare-space", "aria-label": "Search space" }, h("thead", {}, h("tr", {}, ...heads)), body);
  const { element: ranges, say } = section("Search space of every optimizer", false, h("div", { class: "ov-compare-space-hold", tabIndex: 0, role: "region", "aria-label": "Search space" }, table));
  const { element: reading } = section("How to read it", false, h("ul", { class: "ov-compare-reading" }, ...READING.map((text) => h("li", {}, text))));
  element.append(h("div", { class: "ov-stack ov-compare-about" }, ranges, reading));

  return follow(state, ["comparison", "verdicts"], () => {
    const entries = state.entries;
    const key = entries.map(({ rule, current }) => `${rule} ${current}`).join();
    fill(body, `${state.comparison.surface} ${key}`, () => entries.flatMap((entry) => rows(state, entry)));
    say(`seed ${state.comparison.seed}`);
  });
}

/** @param {State} state @param {Entry} entry */
function rows(state, { rule: slug, look, verdict, current }) {
  const rule = state.rule(slug);
  const drawn = new Map((current && verdict ? verdict.space : rule.hyperparameters).map((range) => [range.name, range]));
  return rule.hyperparameters.map((declared, i) => {
    const { low, high, log, integer } = /** @type {Range | Parameter} */ (drawn.get(declared.name));
    const head = h("th", { scope: "rowgroup", rowSpan: rule.hyperparameters.length }, h("span", { class: "ov-row-head" }, parsed(dotSvg(look)), rule.name));
    const what = h("td", {}, parsed(symbolOf(rule, declared.name)), ` ${declared.meaning}`);
    const spread = low === high ? "fixed" : `${integer ? "whole numbers, " : ""}${log ? "logarithmic" : "even"}`;
    return h("tr", {}, i === 0 && head, what, h("td", {}, typeable(low)), h("td", {}, typeable(high)), h("td", {}, spread));
  });
}
