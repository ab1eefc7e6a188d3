/** The table of results: one row per lane, live while a slider is dragged. Where there is no minimum, it is about leaving. */

import { follow } from "../base/listening.js";
import { press } from "../controls/switch.js";
import { fill, h, parsed, setText } from "../base/dom.js";
import { readable } from "../scales/numbers.js";
import { markerSvg } from "../look/palette.js";
import { namesApart } from "../state/laneedits.js";
import { laneResult } from "../state/results.js";

/** More steps than any race has. */
const FAR = 1e9;

/** @import {Keys} from "../controls/keys.js" */
/** @import {LaneResult, Order, Store} from "../state/types.js" */

/**
 * The columns, and what rows are sorted by: smaller comes first.
 *
 * @type {{order: Order, head: string, title: string, by: (result: LaneResult) => number | null, endless?: boolean}[]}
 *   `endless`: whether it is only there on a surface that falls for ever, or never on one
 */
const COLUMNS = [
  { order: "outcome", head: "Optimizer", title: "Sort by what became of it: who arrived first, who left the saddle or the domain first", by: ofOutcome },
  { order: "loss", head: "Final loss", title: "Loss at the last step", by: (one) => one.final_loss },
  { order: "distance", head: "Distance", title: "Distance from the last point to the nearest minimum", by: (one) => one.distance, endless: false },
  {
    order: "near",
    head: "First near",
    title: "Steps to tolerance: the first step that comes within a thousandth of the surface's diagonal of a minimum",
    by: (one) => one.steps_to_tolerance,
    endless: false,
  },
  { order: "outcome", head: "Left saddle", title: "The step from which on its loss is lower than the saddle's", by: ofOutcome, endless: true },
  { order: "domain", head: "Left domain", title: "The step from which on it is outside of the surface's domain", by: (one) => leftAt("domain", one), endless: true },
];

/** @param {Store} store @param {HTMLElement} element @param {Keys} keys @returns {() => void}  ends it */
export function resultsTable(store, element, keys) {
  const body = h("tbody");
  const heads = COLUMNS.map(({ order, head, title }) => {
    const button = h("button", { type: "button", class: "ov-sort", title: `${title}. Click to sort.`, on: { click: () => sort(order) } }, head);
    return h("th", { scope: "col" }, button);
  });
  const table = h("table", { class: "ov-results", "aria-label": "Results of the race" }, h("thead", {}, h("tr", {}, ...heads)), body);
  element.append(h("div", { class: "ov-panel ov-results-panel" }, table));
  /** @type {ReturnType<typeof tableRow>[]} */
  const rows = [];

  /** Sort by a column; by the same again as the race has them. @param {Order} by */
  function sort(by) {
    store.look({ order: orderOf(store) === by && !store.surface().endless ? "race" : by });
    const names = [...body.children].map((row) => row.querySelector("button")?.textContent);
    return store.view.order === "race" ? "Results in the race's order" : `Results sorted: ${names.join(", ")}`;
  }
  keys.add("Look closer", { keys: ["v"], does: "Sort the results by what became of them", act: () => sort("outcome") });

  /** Only rows that stand elsewhere are moved: the focus stays where it is. */
  function order() {
    const column = COLUMNS.findIndex((one) => one.order === orderOf(store));
    heads.forEach((head, k) => (k === column ? head.setAttribute("aria-sort", "ascending") : head.removeAttribute("aria-sort")));
    const value = (/** @type {number} */ lane) => (column < 0 ? lane : valueOf(laneResult(store, lane), COLUMNS[column].by));
    const lanes = rows.map((_, lane) => lane).sort((a, b) => value(a) - value(b) || a - b);
    lanes.forEach((lane, at) => {
      if (body.children[at] !== rows[lane].element) body.insertBefore(rows[lane].element, body.children[at]);
    });
  }

  return follow(store, ["panels", "view"], () => {
    const { lanes } = store.race;
    for (const row of rows.splice(lanes.length)) row.element.remove();
    while (rows.length < lanes.length) {
      const row = tableRow(store, rows.length);
      rows.push(row);
      body.append(row.element);
    }
    const { endless } = store.surface();
    rows.forEach((row) => row.update(endless));
    heads.forEach((head, k) => (head.hidden = COLUMNS[k].endless === !endless));
    // While a value is dragged they would jump about.
    if (!store.held) order();
  });
}

/** On a surface that falls for ever they stand by who has left first, unless somebody sorts them otherwise. @param {Store} store @returns {Order} */
function orderOf(store) {
  const { order } = store.view;
  return order === "race" && store.surface().endless ? "outcome" : order;
}

/** What is not known comes last. @param {LaneResult | undefined} result @param {(result: LaneResult) => number | null} by */
function valueOf(result, by) {
  return (result && by(result)) ?? Number.MAX_VALUE;
}

/**
 * Return where what became of a lane stands among others: those that arrived by their step, those that
 * left the saddle, the domain or all bounds by theirs, those that are on their way.
 *
 * @param {LaneResult} result
 */
function ofOutcome(result) {
  const { state, step } = result.status;
  if (state === "converged") return step ?? 0;
  const left = leftAt("saddle", result) ?? leftAt("domain", result) ?? (state === "diverged" ? step : null);
  return left === null ? 2 * FAR : FAR + left;
}

/** The step at which a status says that something was left. @param {"saddle" | "domain"} what @param {LaneResult} [result] */
function leftAt(what, result) {
  const step = result?.status.text.match(new RegExp(`the ${what} at step (\\d+)`))?.[1];
  return step === undefined ? null : Number(step);
}

/** @param {Store} store @param {number} index */
function tableRow(store, index) {
  const name = h("button", { type: "button", class: "ov-row-name ov-cut" });
  const swatch = h("span", { class: "ov-swatch-hold" });
  const status = h("span", { class: "ov-status ov-muted" });
  const [loss, distance, steps, saddle, domain] = [0, 1, 2, 3, 4].map(() => h("td", { class: "ov-figure" }));
  const head = h("th", { scope: "row" }, h("span", { class: "ov-row-head" }, swatch, name), status);
  const element = h("tr", { on: { click: () => store.look({ chosen: index }) } }, head, loss, distance, steps, saddle, domain);

  return {
    element,
    /** @param {boolean} endless  whether the surface falls for ever */
    update(endless) {
      const result = laneResult(store, index);
      const look = store.lookOf(index);
      fill(swatch, String(look), () => [parsed(markerSvg(look))]);
      setText(name, namesApart(store.race)[index]);
      element.classList.toggle("ov-chosen", store.view.chosen === index);
      element.classList.toggle("ov-hidden-lane", store.view.hidden.includes(index));
      press(name, store.view.chosen === index);
      // Where all leave sooner or later, who leaves has not failed.
      status.dataset.state = endless ? "" : (result?.status.state ?? "");
      setText(status, result?.status.text ?? "");
      setText(loss, readable(result?.final_loss));
      setText(distance, readable(result?.distance));
      setText(steps, String(result?.steps_to_tolerance ?? "–"));
      setText(saddle, String(leftAt("saddle", result) ?? "–"));
      setText(domain, String(leftAt("domain", result) ?? "–"));
      [distance, steps].forEach((cell) => (cell.hidden = endless));
      [saddle, domain].forEach((cell) => (cell.hidden = !endless));
    },
  };
}
