/** Links between the lessons: followed within the page, and links to whoever opens them elsewhere. */

import { h } from "../base/dom.js";

/** @import {State} from "./state.js" */

/**
 * @param {State} state
 * @param {string | null} slug  of the lesson, null for the list of all
 * @param {string} words
 * @param {string} [look]  its class
 */
export function lessonLink(state, slug, words, look = "") {
  const follow = (/** @type {MouseEvent} */ event) => {
    // Nobody would bring the other lesson: the browser does.
    if (state.alone) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    state.visit(slug);
  };
  return h("a", { class: look, href: slug === null ? "?" : `?lesson=${slug}`, on: { click: follow } }, words);
}
