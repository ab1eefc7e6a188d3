/** The compare page: the experiment on the left, its table and its figures beside it. */

import { h } from "../base/dom.js";
import { mountPage } from "../controls/mountpage.js";
import { pageTools } from "../controls/pagetools.js";
import { watchTheme } from "../look/theme.js";
import { about } from "./about.js";
import { budget } from "./budget.js";
import { checklist } from "./checklist.js";
import { figures } from "./figures.js";
import { headline } from "./headline.js";
import { everywhereKey, matrix } from "./matrix.js";
import { State } from "./state.js";
import { verdictTable } from "./table.js";
import { tuning } from "./tuning.js";

/** @import {Comparison} from "./types.js" */
/** @import {Api, Catalogue} from "../state/types.js" */

/** @typedef {{comparison: Comparison, sort: string, everywhere: boolean, problems: string[]}} Said  what the host says anew each time */
/**
 * @typedef {object} Surroundings
 * @property {Catalogue} catalogue
 * @property {Api} api
 * @property {(link: {query: string}) => void} onCommit  told at the end of every change
 * @property {string} base  path of the data plane
 * @property {string} home  path of the race page
 * @property {string[]} usual  the rules that a page without a link compares
 * @property {{steps: number, trials: number, starts: number}} limits
 */

/**
 * @param {HTMLElement} root
 * @param {Said & Surroundings} options
 * @returns {{update: (said: Said) => void, warn: (sentences: string[]) => void, destroy: () => void}}
 */
export function mount(root, options) {
  const { catalogue, comparison, sort, everywhere, problems, api, base, home, usual, limits, onCommit } = options;
  const state = new State({ catalogue, comparison, sort, everywhere, onCommit });
  const experiment = h("section", { class: "ov-panel ov-compare-experiment", "aria-label": "Experiment" });
  const results = h("section", { class: "ov-panel ov-compare-results", "aria-label": "Comparison" });
  const fill = () => {
    const roomy = root.clientWidth >= 900;
    return [
      watchTheme(root, () => {}),
      budget(state, experiment, limits, roomy),
      checklist(state, experiment, usual, roomy),
      headline(state, results, { base, home }),
      verdictTable(state, results, home),
      figures(state, results),
      matrix(state, results, home),
      about(state, results),
      pageTools(root, results, base, () => "", everywhereKey(state)),
      tuning(state, api),
    ];
  };
  const parts = [h("div", { class: "ov-stack ov-compare-grid" }, experiment, results)];
  return mountPage(root, state, { classes: ["ov", "ov-compare"], problems, parts, notices: results, fill });
}
