/** Two figures beside the table: how many steps each optimizer takes, and how easy it is to tune. */

import { fill, h, parsed, setText } from "../base/dom.js";
import { dotSvg, laneStyle } from "../look/palette.js";
import { follow } from "../base/listening.js";
import { ordered } from "./ranking.js";
import { percent } from "../scales/numbers.js";
import { stepsSaid, stepsText, worksSaid } from "./words.js";

/** @import {Comparison, Verdict} from "./types.js" */
/** @import {Entry} from "./ranking.js" */
/** @import {State} from "./state.js" */

const SHARES = [0, 0.25, 0.5, 0.75, 1];

/**
 * @typedef {object} Kind  What a figure shows of a verdict.
 * @property {string} title
 * @property {(comparison: Comparison) => string} caption
 * @property {(steps: number) => {at: number, text: string}[]} ticks  at shares of the width
 * @property {(entry: Entry, verdict: Verdict, steps: number) => HTMLElement[]} marks
 * @property {(verdict: Verdict) => string} text
 * @property {(verdict: Verdict) => string} said
 */

/** @type {Kind[]} */
const KINDS = [
  {
    title: "Steps to a global minimum",
    caption: () => "The mark is the step by which half of the starts have arrived; the bar goes from a quarter to three quarters of them.",
    ticks: (steps) => ticksUpTo(steps).map((step) => ({ at: along(step, steps), text: String(step) })),
    marks: rangeMarks,
    text: stepsText,
    said: stepsSaid,
  },
  {
    title: "How easy to tune",
    caption: worksSaid,
    ticks: () => SHARES.map((share) => ({ at: share, text: `${100 * share} %` })),
    marks: ({ look }, { works }) => (works > 0 ? [bar(look, 0, works)] : []),
    text: ({ works }) => percent(works),
    said: ({ works }) => `${percent(works)} of the settings work`,
  },
];

/** @param {State} state @param {HTMLElement} element @returns {() => void}  takes them down */
export function figures(state, element) {
  const all = KINDS.map(figure);
  element.append(h("div", { class: "ov-compare-figures" }, ...all.map((one) => one.element)));
  return follow(state, ["comparison", "sort", "verdicts"], () => {
    const entries = ordered(state.entries, state.sort);
    all.forEach((one) => one.update(entries, state.comparison));
  });
}

/** @param {Kind} kind */
function figure({ title, caption, ticks, marks, text, said }) {
  const axis = h("div", { class: "ov-bars-axis", "aria-hidden": "true" });
  const list = h("ol", { class: "ov-bars" });
  const about = h("p", { class: "ov-muted" });
  const head = h("figcaption", {}, h("h3", {}, title), about);
  return {
    element: h("figure", { class: "ov-compare-figure" }, head, list, axis),
    /** @param {Entry[]} entries @param {Comparison} comparison */
    update(entries, comparison) {
      const { steps } = comparison;
      const at = ticks(steps);
      setText(about, caption(comparison));
      fill(axis, String(steps), () => at.map((tick) => placed(h("span", {}, tick.text), tick.at)));
      while (list.children.length > entries.length) list.lastElementChild?.remove();
      while (list.children.length < entries.length) list.append(h("li", {}));
      entries.forEach((entry, i) => {
        const { look, verdict, current, name } = entry;
        const item = /** @type {HTMLElement} */ (list.children[i]);
        item.classList.toggle("ov-compare-old", !current);
        fill(item, JSON.stringify([look, name, verdict, steps]), () => [
          h("span", { class: "ov-bars-name" }, parsed(dotSvg(look)), h("span", { class: "ov-cut", title: name }, name)),
          h(
            "span",
            { class: "ov-bars-track", "aria-hidden": "true" },
            ...at.map((tick) => placed(h("span", { class: "ov-bars-tick" }), tick.at)),
            ...(verdict ? marks(entry, verdict, steps) : []),
          ),
          h("span", { class: "ov-muted ov-cut", "aria-hidden": "true" }, verdict && text(verdict)),
          h("span", { class: "ov-hidden" }, verdict ? said(verdict) : "being tuned"),
        ]);
      });
    },
  };
}

/** @param {Entry} entry @param {Verdict} verdict @param {number} steps */
function rangeMarks({ look }, { first_quartile, median, third_quartile }, steps) {
  if (first_quartile === null) return [];
  const [first, third] = [first_quartile, third_quartile ?? steps].map((step) => along(step, steps));
  const range = bar(look, first, third);
  // The others arrive later, if ever.
  range.classList.toggle("ov-bars-open", third_quartile === null);
  if (median === null) return [range];
  const mark = placed(h("span", { class: "ov-bars-mark" }, parsed(dotSvg(look))), along(median, steps));
  return [range, mark];
}

/** @param {number} look @param {number} from @param {number} to  shares of the width */
function bar(look, from, to) {
  const style = `width: ${100 * (to - from)}%; --ov-bar: var(${laneStyle(look).name})`;
  return placed(h("span", { class: "ov-bars-bar", style }), from);
}

/** @param {HTMLElement} element @param {number} share */
function placed(element, share) {
  element.style.left = `${100 * share}%`;
  return element;
}

/**
 * Where a step stands on the logarithmic axis: 1 at its beginning, and 0 with it. Those of a longer
 * experiment before stand at its end.
 *
 * @param {number} step
 * @param {number} steps
 */
function along(step, steps) {
  return steps > 1 ? Math.log(Math.min(Math.max(step, 1), steps)) / Math.log(steps) : 0;
}

/** @param {number} steps  the end of the axis @returns {number[]} the powers of ten up to it, and itself */
function ticksUpTo(steps) {
  // What is nearer to the end would touch its number.
  const last = Math.floor(Math.log10(steps / 2) + 1e-9);
  return [...Array.from({ length: Math.max(0, last + 1) }, (_, power) => 10 ** power), steps];
}
