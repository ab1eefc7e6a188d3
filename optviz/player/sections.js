/** What the panel of the experiment is made of: live sliders on the race, groups of them, sections. */

import { h, setText } from "./dom.js";
import { symbolOf } from "./notation.js";
import { slider } from "./slider.js";

/** @import {Bounds} from "./numbers.js" */
/** @import {Store} from "./store.js" */
/** @import {Parameter, Race} from "./types.js" */

/** @typedef {{element: HTMLElement, update: () => void, destroy?: () => void}} Part */

/**
 * A live slider for one number of the race.
 *
 * @param {Store} store
 * @param {Parameter} parameter
 * @param {(race: Race) => number | undefined} get  undefined stands for the default
 * @param {(race: Race, value: number) => Race} set
 * @param {Bounds} [bounds]
 * @returns {Part}
 */
export function raceSlider(store, parameter, get, set, bounds) {
  const change = (/** @type {boolean} */ commit) => (/** @type {number} */ value) =>
    store.change((race) => set(race, value), { commit });
  const one = slider({ parameter, bounds, onInput: change(false), onCommit: change(true) });
  return {
    element: one.element,
    update: () => one.update({ value: get(store.race) ?? parameter.default, symbol: symbolOf(store, parameter.name) }),
  };
}

/**
 * Sliders that are made anew when `key` changes, and live on otherwise.
 *
 * @param {() => string} key
 * @param {() => Part[]} make
 * @returns {Part}
 */
export function sliderGroup(key, make) {
  const element = h("div", { class: "ov-group" });
  /** @type {Part[]} */
  let parts = [];
  let made = "";
  return {
    element,
    update() {
      if (made !== key()) {
        made = key();
        parts = make();
        element.replaceChildren(...parts.map((part) => part.element));
      }
      parts.forEach((part) => part.update());
    },
  };
}

/**
 * A section that opens and closes; its summary says what is set within.
 *
 * @param {string} title
 * @param {boolean} open
 * @param {...Node} children
 */
export function section(title, open, ...children) {
  const says = h("span", { class: "ov-summary" });
  const summary = h("summary", {}, h("span", {}, title), says);
  const body = h("div", { class: "ov-section-body" }, ...children);
  const element = h("details", { class: "ov-section", open }, summary, body);
  return { element, say: (/** @type {string} */ text) => setText(says, text) };
}
