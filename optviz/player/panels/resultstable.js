/** The table of results: one row per lane, live while a slider is dragged. */

import { follow } from "../base/listening.js";
import { press } from "../controls/switch.js";
import { h, parsed, setText } from "../base/dom.js";
import { readable } from "../scales/numbers.js";
import { markerSvg } from "../look/palette.js";
import { namesApart } from "../state/laneedits.js";
import { laneResult } from "../state/results.js";

/** @import {Store} from "../state/types.js" */

const COLUMNS = [
  { head: "Optimizer", title: "" },
  { head: "Final loss", title: "Loss at the last step" },
  { head: "Distance", title: "Distance from the last point to the nearest minimum" },
  { head: "First near", title: "Steps to tolerance: the first step that comes within a thousandth of the surface's diagonal of a minimum" },
];

/** @param {Store} store @param {HTMLElement} element @returns {() => void}  ends it */
export function resultsTable(store, element) {
  const body = h("tbody");
  const heads = COLUMNS.map(({ head, title }) => h("th", { scope: "col" }, title ? h("abbr", { title }, head) : head));
  const table = h("table", { class: "ov-results" }, h("thead", {}, h("tr", {}, ...heads)), body);
  element.append(h("div", { class: "ov-panel ov-results-panel" }, table));
  /** @type {ReturnType<typeof tableRow>[]} */
  const rows = [];

  return follow(store, ["panels", "view"], () => {
    const { lanes } = store.race;
    for (const row of rows.splice(lanes.length)) row.element.remove();
    while (rows.length < lanes.length) {
      const row = tableRow(store, rows.length);
      rows.push(row);
      body.append(row.element);
    }
    rows.forEach((row) => row.update());
  });
}

/** @param {Store} store @param {number} index */
function tableRow(store, index) {
  const name = h("button", { type: "button", class: "ov-row-name ov-cut" });
  const status = h("span", { class: "ov-status ov-muted" });
  const [loss, distance, steps] = [0, 1, 2].map(() => h("td", { class: "ov-figure" }));
  const head = h("th", { scope: "row" }, h("span", { class: "ov-row-head" }, parsed(markerSvg(index)), name), status);
  const element = h("tr", { on: { click: () => store.look({ chosen: index }) } }, head, loss, distance, steps);

  return {
    element,
    update() {
      const result = laneResult(store, index);
      setText(name, namesApart(store.race)[index]);
      element.classList.toggle("ov-chosen", store.view.chosen === index);
      element.classList.toggle("ov-hidden-lane", store.view.hidden.includes(index));
      press(name, store.view.chosen === index);
      status.dataset.state = result?.status.state ?? "";
      setText(status, result?.status.text ?? "");
      setText(loss, readable(result?.final_loss));
      setText(distance, readable(result?.distance));
      setText(steps, String(result?.steps_to_tolerance ?? "–"));
    },
  };
}
