/** The charts under the race, one of several at a time: lines by step, or a map of hyperparameters. */

import { KINDS, kindOf } from "./chartkinds.js";
import { h } from "./dom.js";
import { lineChart } from "./linechart.js";
import { MAP, rateMap } from "./ratemap.js";
import { tabs } from "./tabs.js";

/** @import {Inspections} from "./inspection.js" */
/** @import {Seeds} from "./seeds.js" */
/** @import {Store} from "./store.js" */
/** @import {Api} from "./types.js" */

/** @typedef {{element: HTMLElement, update: () => void, destroy: () => void}} Chart */

/**
 * @param {Store} store
 * @param {HTMLElement} element  takes the name of the chart
 * @param {Api} api
 * @param {{inspections: Inspections, seeds: Seeds}} sources
 * @returns {() => void}  takes the charts down
 */
export function charts(store, element, api, sources) {
  const body = h("div", { class: "ov-chart-body", role: "tabpanel" });
  const row = tabs("Charts", [...KINDS, MAP], body, (chart) => store.look({ chart }));
  const panel = h("div", { class: "ov-panel" }, row.element, body);
  element.append(panel);
  const lines = lineChart(store, body, api, sources);
  const map = rateMap(store, body, api);

  function refresh() {
    const kind = kindOf(store.view.chart);
    const { slug, name } = kind ?? MAP;
    row.update(slug);
    element.setAttribute("aria-label", name);
    store.complain([], "chart");
    store.needDigits("chart", slug === "distance");
    lines.element.hidden = !kind;
    map.element.hidden = kind !== null;
    (kind ? lines : map).update();
  }

  for (const type of ["panels", "view"]) store.addEventListener(type, refresh);
  refresh();
  return () => {
    for (const type of ["panels", "view"]) store.removeEventListener(type, refresh);
    lines.destroy();
    map.destroy();
    panel.remove();
  };
}
