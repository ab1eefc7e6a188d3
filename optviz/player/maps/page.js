/** The page of maps: the same map for every optimizer, side by side, on the same scale. */

import { h } from "../base/dom.js";
import { mountPage } from "../controls/mountpage.js";
import { pageTools } from "../controls/pagetools.js";
import { Store } from "../state/store.js";
import { controls } from "./controls.js";
import { gallery } from "./gallery.js";

/** @import {OnCommit} from "../state/store.js" */
/** @import {Api, Catalogue, Race} from "../state/types.js" */
/** @import {MapsView} from "./lineup.js" */

/**
 * @typedef {object} Options
 * @property {Catalogue} catalogue
 * @property {Race} race
 * @property {MapsView} view
 * @property {string[]} problems  sentences about the link
 * @property {Api} api
 * @property {string} base  path of the data plane
 * @property {string} home  path of the race page
 * @property {OnCommit} onCommit  told at the end of every change, never during a drag
 */

/**
 * @param {HTMLElement} root
 * @param {Options} options
 * @returns {{update: (state: {race: Race, view: MapsView, problems?: string[]}) => void, warn: (sentences: string[]) => void,
 *   destroy: () => void}}
 */
export function mount(root, { catalogue, race, view, problems, api, base, home, onCommit }) {
  const store = new Store({ catalogue, race, view, onCommit });
  const choices = h("section", { class: "ov-panel ov-maps-controls", "aria-label": "What is mapped" });
  const notices = h("div", { class: "ov-maps-notices" });
  const maps = h("section", { class: "ov-panel ov-maps-body", "aria-label": "Maps" });
  return mountPage(root, store, {
    classes: ["ov", "ov-maps"],
    problems,
    parts: [choices, notices, maps],
    notices,
    fill: () => [controls(store, choices), pageTools(root, choices, base, () => store.surface().name), gallery(store, maps, { api, home, root })],
  });
}
