/** The player: builds the race page's screen in an element, for whichever host brings it. */

import { follow, listen, together } from "../base/listening.js";
import { charts } from "../panels/charttabs.js";
import { followRace } from "../server/follow.js";
import { httpApi } from "../server/client.js";
import { h } from "../base/dom.js";
import { experimentPanel } from "../panels/experiment.js";
import { foreseeing, Inspections } from "../server/inspections.js";
import { Keys } from "../controls/keys.js";
import { lanesPanel } from "../panels/lanes.js";
import { loadPlotly, loadStyles } from "../base/load.js";
import { narrator } from "./narrator.js";
import { notice } from "../controls/notice.js";
import { readoutPanel } from "../panels/readout.js";
import { viewKeys } from "./shortcuts.js";
import { Seeds } from "../server/ensembles.js";
import { stage } from "../picture/stage.js";
import { Store } from "../state/store.js";
import { lineKeys, Substeps } from "../step/substeps.js";
import { resultsTable } from "../panels/resultstable.js";
import { tools } from "./tools.js";
import { transport } from "./transport.js";

/** @import {OnCommit} from "../state/store.js" */
/** @import {Api, Catalogue, Race, View} from "../state/types.js" */

export { httpApi };

/**
 * @typedef {object} Options
 * @property {Catalogue} catalogue
 * @property {Race} race
 * @property {View} view
 * @property {string[]} [problems]  sentences about the link
 * @property {Api} api
 * @property {string} plotly  URL of plotly.min.js
 * @property {OnCommit} [onCommit]  told at the end of every change, never during a drag
 */

/**
 * Build the player in `root`.
 *
 * @param {HTMLElement} root
 * @param {Options} options
 * @returns {{update: (state: {race: Race, view: View, problems?: string[]}) => void,
 *   destroy: () => void, store: Store}}
 *   `update` with the same race and view changes nothing: zoom and play-head stay
 */
export function mount(root, { catalogue, race, view, problems = [], api, plotly, onCommit }) {
  const store = new Store({ catalogue, race, view, onCommit });
  const inspections = new Inspections(store, api);
  const seeds = new Seeds(store, api);
  store.complain(problems, "link");
  root.classList.add("ov");
  const places = layout(root);
  const substeps = new Substeps(store, inspections);
  const keys = new Keys(root);
  let left = false;
  const undo = [
    followRace(store, api),
    lanesPanel(store, places.lanes),
    experimentPanel(store, places.experiment),
    readoutPanel(store, places.readout, { inspections, substeps, root }),
    charts(store, places.chart, api, { inspections, seeds }),
    resultsTable(store, places.table),
    transport(store, places.transport, keys),
    viewKeys(store, keys),
    lineKeys(substeps, keys),
    tools(store, keys, { root, tools: places.tools, stage: places.stage }),
    notice(store, places.stage),
    narrator(store, places.centre, places.stage),
    begin(store),
    keepTop(root),
    foreseeing(inspections, root),
    keys.destroy,
    () => inspections.destroy(),
    () => seeds.destroy(),
  ];
  Promise.all([loadPlotly(plotly), loadStyles()]).then(([library]) => {
    if (!left) undo.push(stage(store, places.stage, { api, plotly: library, root, zoom: places.zoom, keys, inspections, seeds, substeps }));
  }).catch(() => store.complain(["The picture could not be loaded. Please reload the page."], "stage"));
  return {
    store,
    update(state) {
      store.sync(state.race, state.view);
      store.complain(state.problems ?? [], "link");
    },
    destroy() {
      left = true;
      undo.forEach((end) => end());
      root.replaceChildren();
      root.classList.remove("ov");
    },
  };
}

/**
 * @param {HTMLElement} root
 * @returns {Record<"lanes" | "experiment" | "centre" | "stage" | "transport" | "zoom" | "tools" | "readout" | "chart" | "table", HTMLElement>}
 */
function layout(root) {
  const lanes = h("section", { class: "ov-lanes", "aria-label": "Optimizers" });
  const experiment = h("section", { class: "ov-experiment", "aria-label": "Experiment" });
  const stageBox = h("div", { class: "ov-stage" });
  const transportBox = h("div", { class: "ov-transport", role: "group", "aria-label": "Playback" });
  const zoom = h("div", { class: "ov-zoom", role: "group", "aria-label": "Zoom" });
  const tools = h("div", { class: "ov-tools", role: "group", "aria-label": "Presenting" });
  const controls = h("div", { class: "ov-controls" }, transportBox, zoom, tools);
  const centre = h("section", { class: "ov-centre", "aria-label": "Paths" }, stageBox, controls);
  const readout = h("section", { class: "ov-readout", "aria-label": "Equation" });
  const chart = h("section", { class: "ov-chart" });
  const table = h("section", { class: "ov-table", "aria-label": "Results" });
  const left = h("div", { class: "ov-column ov-left" }, lanes, experiment);
  const right = h("div", { class: "ov-column ov-right" }, readout, chart, table);
  root.replaceChildren(h("div", { class: "ov-grid" }, left, centre, right));
  return { lanes, experiment, centre, stage: stageBox, transport: transportBox, zoom, tools, readout, chart, table };
}

/**
 * Play the first result on every surface, or show it finished to who prefers less motion; and show
 * the finished paths while a value is dragged at the start, where there would be nothing to see.
 *
 * @param {Store} store
 */
function begin(store) {
  let surface = "";
  const first = () => {
    if (store.result?.race.surface === surface) return;
    surface = store.result?.race.surface ?? "";
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    store.seek(calm ? store.race.steps : 0);
    store.play(!calm);
  };
  const reveal = (/** @type {CustomEvent} */ { detail }) => {
    if (!detail.commit && !store.playing && store.step === 0) store.seek(store.race.steps);
  };
  return together(listen(store, "result", first), listen(store, "race", reveal));
}

/**
 * Tell the style sheet how far down the page the player begins, so that it fills what is left.
 *
 * @param {HTMLElement} root
 */
function keepTop(root) {
  const measure = () => {
    const top = root.getBoundingClientRect().top + window.scrollY;
    root.style.setProperty("--ov-top", `${Math.max(0, Math.ceil(top))}px`);
  };
  const sizes = new ResizeObserver(measure);
  sizes.observe(document.body);
  return together(follow(window, "resize", measure), () => sizes.disconnect());
}
