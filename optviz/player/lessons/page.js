/** The lessons page: the list of all, or a part of a lesson and beside it the race that it speaks of. */

import { follow, listen } from "../base/listening.js";
import { h } from "../base/dom.js";
import { mountPage } from "../controls/mountpage.js";
import { watchTheme } from "../look/theme.js";
import { article } from "./article.js";
import { contentsList } from "./contents.js";
import { figure } from "./figure.js";
import { State } from "./state.js";

/** @import {Content, Lesson} from "./types.js" */
/** @import {Api, Catalogue} from "../state/types.js" */

/** @typedef {{lesson: Lesson | null, part: number, problems?: string[]}} Said  what the host says anew each time */
/**
 * @typedef {object} Surroundings
 * @property {Catalogue} catalogue
 * @property {Api} api
 * @property {(link: {query: string}) => void} onCommit  told at the end of every change
 * @property {Content[]} contents
 * @property {string} [alone]  why there is no connection, while there is none
 * @property {string} base  path of the data plane
 * @property {{plane: string, space: string}} plotly  URLs of builds of Plotly
 */

/**
 * @param {HTMLElement} root
 * @param {Said & Surroundings} options
 * @returns {{update: (said: Said) => void, warn: (sentences: string[]) => void, destroy: () => void}}
 */
export function mount(root, { catalogue, contents, lesson, part, problems, alone, api, base, plotly, onCommit }) {
  const state = new State({ catalogue, contents, lesson, part, alone: alone !== undefined, onCommit });
  const list = h("section", { class: "ov-panel ov-lessons-list", "aria-label": "All lessons" });
  const text = h("section", { class: "ov-panel ov-lesson-text", "aria-label": "Lesson" });
  const beside = h("section", { class: "ov-lesson-figure", "aria-label": "Race" });
  const grid = h("div", { class: "ov-lesson-grid" }, text, beside);
  const notices = h("div", {});
  /** A presenter's clicker goes from part to part, wherever the focus is. @param {KeyboardEvent} event */
  function turned(event) {
    const way = /** @type {Record<string, 1 | -1>} */ ({ PageDown: 1, PageUp: -1 })[event.key];
    const { target } = event;
    if (!way || !state.lesson || event.defaultPrevented || (target instanceof Element && target.closest("input, select, textarea, dialog"))) return;
    event.preventDefault();
    state.turn(way);
  }
  const fill = () => [
    watchTheme(root, () => {}),
    contentsList(state, list),
    article(state, text),
    figure(state, beside, { catalogue, api, base, plotly }),
    listen(document, "keydown", turned),
    follow(state, "lesson", () => ([list.hidden, grid.hidden] = [state.lesson !== null, state.lesson === null])),
  ];
  return mountPage(root, state, { classes: ["ov", "ov-lessons"], problems, parts: [notices, list, grid], notices, main: text, fill });
}
