/** The charts under the race, one of several at a time: lines by step, a map of hyperparameters, rates. */

import { follow, together } from "../base/listening.js";
import { KINDS, kindOf } from "../charts/kinds.js";
import { h } from "../base/dom.js";
import { FINDER, finder } from "../outcomes/finder.js";
import { lineChart } from "../charts/linechart.js";
import { MAP, rateMap } from "../outcomes/settingsmap.js";
import { largeness } from "../controls/presenting.js";
import { tabs } from "../controls/tabs.js";

/** @import {Sources} from "../live/conditions.js" */
/** @import {OwnMaps} from "../live/ownmaps.js" */
/** @import {Inspections} from "../server/inspections.js" */
/** @import {Seeds} from "../live/ensembles.js" */
/** @import {Keys} from "../controls/keys.js" */
/** @import {Api, LineChart, Store} from "../state/types.js" */

/** All that there are, in their order; what is found by many runs needs a server. @param {Pick<Store, "alone">} store */
export const chartsOf = ({ alone }) => (alone ? KINDS : [...KINDS, MAP, FINDER]);

/** Those that may stand below another one. */
export const LINES = KINDS;

/** px, before an audience and in units of its type: lower, two charts are two stripes; a map or the finder needs more. */
const [LINES_HIGH, OTHERS_HIGH] = [210, 420];
/** What is said where there is nothing to take. */
const NEITHER = "Open the Finder or the Map first: g leads to the next chart";

/**
 * @param {Store} store
 * @param {HTMLElement} element  takes the name of the chart
 * @param {Keys} keys
 * @param {Api} api
 * @param {{inspections: Inspections, seeds: Seeds, own: OwnMaps, live: Sources}} sources
 * @returns {() => void}  ends it
 */
export function charts(store, element, keys, api, sources) {
  const body = h("div", { class: "ov-chart-body", role: "tabpanel" });
  const row = tabs("Charts", chartsOf(store), body, (chart) => store.look({ chart }));
  const menu = secondMenu(store);
  element.append(h("div", { class: "ov-panel" }, row.element, body, menu));
  const lines = lineChart(store, body, api, sources, ({ chart }) => chart);
  const below = lineChart(store, body, api, sources, ({ second }) => second);
  const narrow = h("p", { class: "ov-no-second", hidden: true }, "no room for two");
  const others = [
    { ...MAP, chart: rateMap(store, body, api, sources.own) },
    { ...FINDER, chart: finder(sources.live, body, api) },
  ];

  function refresh() {
    const { chart, second } = store.view;
    const other = others.find(({ slug }) => slug === chart);
    row.update(chart);
    menu.value = second;
    menu.hidden = other !== undefined;
    element.setAttribute("aria-label", (other ?? kindOf(chart))?.name ?? "");
    store.needDigits("chart", [chart, second].includes("distance"));
    lines.element.hidden = other !== undefined;
    for (const one of others) one.chart.element.hidden = one !== other;
    (other?.chart ?? lines).update();
    // Last, whatever was added meanwhile.
    body.append(below.element, narrow);
    place();
    below.update();
  }

  /** Show the second chart where there is room for two, else say that there is none. */
  function place() {
    const { chart, second } = store.view;
    const fits = hasRoom(element, kindOf(chart) ? LINES_HIGH : OTHERS_HIGH);
    const shown = second !== "" && fits;
    narrow.hidden = second === "" || fits;
    if (below.element.hidden !== shown) return;
    below.element.hidden = !shown;
    element.classList.toggle("ov-two-charts", shown);
    below.update();
  }

  keys.add("Change", {
    keys: ["B"],
    does: "The rate that the finder suggests, or the best cell of the map",
    served: true,
    act() {
      const open = others.find(({ slug }) => slug === store.view.chart);
      return open && element.checkVisibility() ? open.chart.take() : NEITHER;
    },
  });
  const sizes = new ResizeObserver(place);
  sizes.observe(element);
  const ends = [lines, below, ...others.map(({ chart }) => chart)].map(({ destroy }) => destroy);
  return together(follow(store, ["panels", "view"], refresh), () => sizes.disconnect(), row.destroy, ...ends);
}

/**
 * Whether two charts have room: where there is an audience they share what is left of the screen.
 *
 * @param {HTMLElement} element
 * @param {number} least  px, in units of the type's size
 */
function hasRoom(element, least) {
  const root = /** @type {HTMLElement | null} */ (element.closest(".ov-presenting"));
  return !root || element.clientHeight === 0 || element.clientHeight >= least * largeness(root);
}

/** Which chart stands below the one of the tabs, if any. @param {Store} store */
function secondMenu(store) {
  const none = h("option", { value: "" }, "+ second chart");
  const options = LINES.map(({ slug, name }) => h("option", { value: slug }, `and ${name.toLowerCase()}`));
  const menu = h("select", { class: "ov-select ov-second", "aria-label": "Second chart", title: "Second chart (2)" }, none, ...options);
  menu.addEventListener("change", () => store.look({ second: /** @type {LineChart | ""} */ (menu.value) }));
  return menu;
}
