/** What the panel of the experiment is made of: groups of sliders, and sections that open and close. */

import { h, setText } from "../base/dom.js";
import { explained } from "../state/glossary.js";

/** @import {Part} from "../base/dom.js" */
/** @import {Parameter, SurfaceEntry} from "../state/types.js" */

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
 * The section of a surface's shape, which is there if the surface has one: a slider for each of its numbers.
 *
 * @param {boolean} open
 * @param {() => SurfaceEntry} surface  the present one
 * @param {(parameter: Parameter) => Part} slider
 * @returns {Part}
 */
export function shapeSection(open, surface, slider) {
  const group = sliderGroup(() => surface().slug, () => surface().parameters.map(slider));
  const { element, say } = section("Shape of the surface", open, group.element);
  return {
    element,
    update() {
      element.hidden = surface().parameters.length === 0;
      say(surface().name);
      group.update();
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
  const says = h("span", { class: "ov-summary ov-cut" });
  const about = explained(title);
  const summary = h("summary", { class: "ov-row", title: about === title ? "" : about }, h("span", {}, title), says);
  const body = h("div", { class: "ov-stack ov-section-body" }, ...children);
  const element = h("details", { class: "ov-section", open }, summary, body);
  return { element, say: (/** @type {string} */ text) => setText(says, text) };
}
