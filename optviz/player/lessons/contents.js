/** The list of all lessons: what each is about, and its link. */

import { follow } from "../base/listening.js";
import { fill, h } from "../base/dom.js";

import { lessonLink } from "./links.js";

/** @import {State} from "./state.js" */

const ABOUT = "Each lesson is a few sentences with a race to play, a prediction to make, and something to try. What they tell of a race is computed from it, and what they claim is tested.";

/** @param {State} state @param {HTMLElement} element @returns {() => void}  takes it down */
export function contentsList(state, element) {
  const list = h("ol", { class: "ov-lessons" });
  element.append(h("h2", {}, "Lessons"), h("p", { class: "ov-muted" }, ABOUT), list);
  return follow(state, "lesson", () =>
    fill(list, String(state.contents.length), () =>
      state.contents.map(({ slug, title, about }) => h("li", {}, lessonLink(state, slug, title), h("p", {}, about))),
    ),
  );
}
