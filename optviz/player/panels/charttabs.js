/** The charts under the race, one of several at a time: lines by step, a map of hyperparameters, rates. */

import { follow, together } from "../base/listening.js";
import { KINDS, kindOf } from "../charts/kinds.js";
import { h } from "../base/dom.js";
import { FINDER, finder } from "../outcomes/finder.js";
import { lineChart } from "../charts/linechart.js";
import { MAP, rateMap } from "../outcomes/settingsmap.js";
import { tabs } from "../controls/tabs.js";

/** @import {Sources} from "../live/conditions.js" */
/** @import {OwnMaps} from "../live/ownmaps.js" */
/** @import {Inspections} from "../server/inspections.js" */
/** @import {Seeds} from "../live/ensembles.js" */
/** @import {Api, Store} from "../state/types.js" */

/** All that there are, in their order. */
export const CHARTS = [...KINDS, MAP, FINDER];

/**
 * @param {Store} store
 * @param {HTMLElement} element  takes the name of the chart
 * @param {Api} api
 * @param {{inspections: Inspections, seeds: Seeds, own: OwnMaps, live: Sources}} sources
 * @returns {() => void}  ends it
 */
export function charts(store, element, api, sources) {
  const body = h("div", { class: "ov-chart-body", role: "tabpanel" });
  const row = tabs("Charts", CHARTS, body, (chart) => store.look({ chart }));
  element.append(h("div", { class: "ov-panel" }, row.element, body));
  const lines = lineChart(store, body, api, sources);
  const others = [
    { ...MAP, chart: rateMap(store, body, api, sources.own) },
    { ...FINDER, chart: finder(sources.live, body, api) },
  ];

  function refresh() {
    const { chart } = store.view;
    const other = others.find(({ slug }) => slug === chart);
    row.update(chart);
    element.setAttribute("aria-label", (other ?? kindOf(chart))?.name ?? "");
    store.needDigits("chart", chart === "distance");
    lines.element.hidden = other !== undefined;
    for (const one of others) one.chart.element.hidden = one !== other;
    (other?.chart ?? lines).update();
  }

  const ends = [lines, ...others.map(({ chart }) => chart)].map(({ destroy }) => destroy);
  return together(follow(store, ["panels", "view"], refresh), ...ends);
}
