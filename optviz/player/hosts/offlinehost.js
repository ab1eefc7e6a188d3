/** The player in a file of its own, as optviz/api/offline.py writes it: without a server, from wherever it lies. */

import { h } from "../base/dom.js";
import { Draws } from "../live/draws.js";
import { Kernels } from "../live/kernels.js";
import { mount } from "../race/page.js";

/** @import {Api, Catalogue, Race, View} from "../state/types.js" */

/**
 * @typedef {object} Packed  What is in the file.
 * @property {Record<string, string>} files  addresses of its parts, by name
 * @property {Race} race
 * @property {View} view
 */

/** Nobody answers: what would have to be asked is not offered. */
const silent = () => /** @type {Promise<ArrayBuffer>} */ (new Promise(() => {}));
/** @type {Api} */
const SILENCE = { race: silent, draws: silent, surface: silent, slopes: silent, inspection: silent, map: silent, rates: silent, compare: silent, ensemble: silent };

/** @param {HTMLElement} root @param {Packed} packed */
export async function host(root, { files, race, view }) {
  /** @type {[Catalogue, ArrayBuffer, any, any]} */
  const [catalogue, draws, all, lines] = await Promise.all([
    fetch(files["catalogue.json"]).then((reply) => reply.json()),
    fetch(files["draws"]).then((reply) => reply.arrayBuffer()),
    import(files["all.js"]),
    import(files["lines.js"]),
  ]);
  const kernels = new Kernels("");
  kernels.keep(all.modules, files["all.js"]);
  kernels.keep(lines.modules, files["lines.js"]);
  const kept = new Draws(SILENCE);
  kept.keep(race.seed, new Float64Array(draws));
  const about = catalogue.surfaces.find(({ slug }) => slug === race.surface);
  const element = h("div", {});
  root.replaceChildren(h("header", { class: "ov-row ov-standin-bar" }, h("h1", {}, `optviz: ${about?.name}`)), element);
  return mount(element, { catalogue, race, view, api: SILENCE, kernels, draws: kept, alone: true, plotly: { plane: files["plotly.js"], space: "" } });
}
