/** The player: builds the race page's screen in an element, for whichever host brings it. */

import { follow, listen, together } from "../base/listening.js";
import { charts } from "../panels/charttabs.js";
import { followRace } from "../live/follow.js";
import { gridsOf } from "../live/grids.js";
import { Draws } from "../live/draws.js";
import { inspectingHere } from "../live/inspecting.js";
import { Kernels } from "../live/kernels.js";
import { OwnMaps } from "../live/ownmaps.js";
import { httpApi } from "../server/client.js";
import { h } from "../base/dom.js";
import { experimentPanel } from "../panels/experiment.js";
import { foreseeing, Inspections } from "../server/inspections.js";
import { Keys } from "../controls/keys.js";
import { lanesPanel } from "../panels/lanes.js";
import { loadPlotly, loadStyles, persist } from "../base/load.js";
import { questionsPanel } from "../labsheet/questions.js";
import { narrator } from "./narrator.js";
import { mountPage } from "../controls/mountpage.js";
import { readoutPanel } from "../panels/readout.js";
import { viewKeys } from "./shortcuts.js";
import { undoing } from "./undoing.js";
import { Seeds } from "../live/ensembles.js";
import { stage } from "../picture/stage.js";
import { momentQuery } from "../state/moment.js";
import { shortQuery, viewQuery } from "../state/query.js";
import { isKept, SLUGS } from "../state/only.js";
import { Store } from "../state/store.js";
import { lineKeys, Substeps } from "../step/substeps.js";
import { resultsTable } from "../panels/resultstable.js";
import { tools } from "./tools.js";
import { transport } from "./transport.js";

/** @import {Moment} from "../state/moment.js" */
/** @import {LessonKeys} from "./tools.js" */
/** @import {Entered} from "./sequence.js" */
/** @import {Scene} from "../picture/scene.js" */
/** @import {OnCommit} from "../state/store.js" */
/** @import {Api, Catalogue, Race, View} from "../state/types.js" */

export { httpApi };

/** Pixels of a printed picture for one of the screen. */
const PRINT = 2;
const MISSING = "The picture could not be loaded. It is tried again every few seconds.";

/**
 * @typedef {object} Options
 * @property {Catalogue} catalogue
 * @property {Race} race
 * @property {View} view
 * @property {Moment} [moment]  where the link enters the race
 * @property {string} [base]  path of the data plane
 * @property {LessonKeys} [lesson]  what keys do within a lesson, instead of presenting the race
 * @property {string} [home]  path of the page that links to the race lead to
 * @property {string[]} [problems]  sentences about the link
 * @property {Api} api
 * @property {Kernels} [kernels]  those that there are; by default all, from beside this module
 * @property {Draws} [draws]  of noise, as far as there are any; by default those that the server makes
 * @property {boolean} [alone]  whether there is no server: what needs one is not offered
 * @property {{plane: string, space: string}} plotly  URLs of builds of Plotly: one that draws contours, and one for 3-D
 * @property {OnCommit} [onCommit]  told at the end of every change, never during a drag
 */

/**
 * @param {HTMLElement} root
 * @param {Options} options
 * @returns {{update: (state: {race: Race, view: View, problems?: string[]}) => void,
 *   warn: (sentences: string[]) => void, destroy: () => void, store: Store, enter: (entered: Entered) => void,
 *   seen: () => Scene | null}}
 *   `update` with the same race and view changes nothing: zoom and play-head stay; `seen` is what the
 *   picture shows now, for `draw` of picture/scene.js
 */
export function mount(root, { catalogue, race, view, moment = {}, base = "./api", home = location.pathname, lesson, problems, api, kernels = new Kernels(), draws = new Draws(api), alone = false, plotly, onCommit }) {
  const store = new Store({ catalogue, race, view, alone, onCommit });
  const sources = { store, kernels, draws };
  const own = new OwnMaps(sources);
  const inspections = new Inspections(store, api, inspectingHere(kernels));
  const seeds = new Seeds(sources, api);
  const grids = gridsOf(store, kernels, api);
  const places = layout();
  const substeps = new Substeps(store, inspections);
  const keys = new Keys(root, { alone });
  keys.rest = places.stage;
  viewKeys(store, keys);
  lineKeys(substeps, keys);
  /** @type {ReturnType<typeof stage> | undefined} */
  let picture;
  const address = (/** @type {Partial<View>} */ look = {}) => {
    const present = root.classList.contains("ov-presenting");
    const { step, playing, manner: { speed, loop } } = store;
    const now = { at: Math.floor(step), playing, speed: speed === 1 ? undefined : speed, loop, ...picture?.look(), present };
    const parts = [shortQuery(store.race, store), viewQuery({ ...store.view, ...look }), momentQuery(now)];
    return `${location.origin}${home}?${parts.filter(Boolean).join("&")}`;
  };
  /** Become what a link means, at its moment. @param {Entered} entered */
  function enter({ race: other, view: look, moment: when, problems: wrong }) {
    store.complain(wrong, "link");
    store.enter({ race: other, view: look });
    store.pace({ speed: 1, loop: false, ...when });
    store.seek(when.at ?? store.race.steps);
    store.play(when.playing === true && !isCalm());
    picture?.show(when);
  }
  const fill = () => [
    followRace(sources, api),
    lanesPanel(store, places.lanes, keys),
    experimentPanel(store, places.experiment, keys),
    questionsPanel(store, places.questions, keys, async () => picture?.image(PRINT) ?? null),
    readoutPanel(store, places.readout, { inspections, substeps, root, keys }),
    charts(store, places.chart, keys, api, { inspections, seeds, own, live: sources }),
    resultsTable(store, places.table, keys),
    transport(store, places.transport, keys),
    undoing(store, keys, places.undo),
    tools(store, keys, { root, tools: places.tools, stage: places.stage }, { base, begin: moment.present === true, address, enter, lesson, image: async (scale) => picture?.image(scale) ?? null }),
    narrator(store, places.centre, places.stage),
    follow(store, "view", () => SLUGS.forEach((part) => root.classList.toggle(`ov-keeps-${part}`, isKept(store.view, part)))),
    marking(store, [places.stage, places.readout, places.chart, places.table]),
    foreseeing(inspections, root),
    keys.destroy,
    own.destroy,
    inspections.destroy,
    seeds.destroy,
  ];
  const [parts, notices, main] = [[places.grid, keys.said], places.notices, places.stage];
  const page = mountPage(root, store, { classes: alone ? ["ov", "ov-alone"] : ["ov"], problems, parts, notices, main, fill });
  const complain = (/** @type {string[]} */ sentences) => store.complain(sentences, "stage");
  page.also(() =>
    persist(() => Promise.all([loadPlotly(plotly.plane), loadStyles("race")]), {
      came([library]) {
        complain([]);
        page.also(() => begin(store, moment));
        page.also(() => {
          picture = stage(store, places.stage, { api, grids, own, plotly: library, solid: () => loadPlotly(plotly.space), root, zoom: places.zoom, keys, inspections, seeds, substeps });
          picture.show(moment);
          return picture.destroy;
        });
      },
      failed: () => complain([MISSING]),
    }),
  );
  return { ...page, store, enter, seen: () => picture?.seen() ?? null };
}

/**
 * @returns {Record<"grid" | "lanes" | "experiment" | "questions" | "centre" | "stage" | "notices" | "transport" | "undo" | "zoom" | "tools" | "readout" | "chart" | "table", HTMLElement>}
 */
function layout() {
  const lanes = h("section", { class: "ov-lanes", "aria-label": "Optimizers" });
  const experiment = h("section", { class: "ov-experiment", "aria-label": "Experiment" });
  const questions = h("section", { class: "ov-questions", "aria-label": "Questions" });
  const stageBox = h("div", { class: "ov-stage" });
  const transportBox = h("div", { class: "ov-transport", role: "group", "aria-label": "Playback" });
  const zoom = h("div", { class: "ov-zoom", role: "group", "aria-label": "Zoom" });
  const tools = h("div", { class: "ov-tools", role: "group", "aria-label": "Presenting" });
  const undo = h("div", { class: "ov-undo", role: "group", "aria-label": "Changes" });
  const beside = h("div", { class: "ov-beside-zoom" }, undo, tools);
  const controls = h("div", { class: "ov-controls" }, transportBox, zoom, beside);
  const middle = { class: "ov-stack ov-centre", "aria-label": "Paths" };
  const notices = h("div", { class: "ov-said" });
  const centre = h("section", middle, stageBox, notices, controls);
  const readout = h("section", { class: "ov-readout", "aria-label": "Equation" });
  const chart = h("section", { class: "ov-stack ov-chart" });
  const table = h("section", { class: "ov-table", "aria-label": "Results" });
  const left = h("div", { class: "ov-stack ov-column" }, lanes, experiment, questions);
  const right = h("div", { class: "ov-stack ov-column" }, readout, chart, table);
  const grid = h("div", { class: "ov-stack ov-grid" }, left, centre, right);
  return { grid, lanes, experiment, questions, centre, stage: stageBox, notices, transport: transportBox, undo, zoom, tools, readout, chart, table };
}

/** Mark what shows a result while another one is long in coming. @param {Store} store @param {HTMLElement[]} parts */
function marking(store, parts) {
  return listen(store, "waiting", () => parts.forEach((part) => part.setAttribute("aria-busy", String(store.waiting))));
}

/** Whether less motion is asked for. */
export function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Play the first result on every surface, now that there is a picture, or show it finished to who
 * prefers less motion; and show the finished paths while a value is dragged at the start, where there
 * would be nothing to see. Who comes by the link to a moment finds that.
 *
 * @param {Store} store
 * @param {Moment} moment
 */
function begin(store, { at, playing = false, speed = 1, loop = false }) {
  let surface = "";
  let entering = at !== undefined;
  store.pace({ speed, loop });
  const first = () => {
    const now = store.result?.race.surface;
    if (!now || now === surface) return;
    surface = now;
    const calm = isCalm();
    store.seek(entering && at !== undefined ? at : calm ? store.race.steps : 0);
    store.play(entering ? playing && !calm : !calm);
    entering = false;
  };
  const reveal = (/** @type {CustomEvent} */ { detail }) => {
    if (!detail.commit && !store.playing && store.step === 0) store.seek(store.race.steps);
  };
  const enter = (/** @type {CustomEvent} */ { detail }) => (surface = detail.surface);
  first();
  return together(listen(store, "result", first), listen(store, "entered", enter), listen(store, "race", reveal));
}
