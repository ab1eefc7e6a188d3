/** A part of a lesson: its text, what is to be predicted, what is asked, and the way on. */

import { follow } from "../base/listening.js";
import { h } from "../base/dom.js";
import { lessonLink } from "./links.js";

/** @import {Prediction, Section} from "./types.js" */
/** @import {State} from "./state.js" */

/** @param {State} state @param {HTMLElement} element @returns {() => void}  takes it down */
export function article(state, element) {
  return follow(state, ["lesson", "part", "guess"], () => {
    const { lesson, section } = state;
    if (!lesson || !section) return element.replaceChildren();
    const title = h("h3", { tabIndex: -1 }, section.title);
    const guessed = state.guess !== null;
    const parts = [
      h("nav", { "aria-label": "Way through the lessons" }, lessonLink(state, null, "All lessons")),
      h("h2", {}, lesson.title),
      title,
      fromHtml(section.html),
      ...(section.prediction ? [asked(state, section.prediction)] : []),
      ...(state.veiled ? [] : section.questions.map(question)),
      steps(state),
    ];
    element.replaceChildren(...parts);
    const open = `${lesson.slug} ${state.part}`;
    if (element.dataset.open !== open) begin(element, title);
    element.dataset.open = open;
    // Who has just answered reads on at what comes of it.
    if (guessed) /** @type {HTMLElement | null} */ (element.querySelector(".ov-lesson-outcome"))?.focus();
  });
}

/** Read a part from its beginning; the first one's is the page's. @param {HTMLElement} element @param {HTMLElement} title */
function begin(element, title) {
  element.scrollTop = 0;
  if (!element.dataset.open) return;
  // The picture of a phone may lie over what is scrolled to.
  element.parentElement?.parentElement?.scrollIntoView({ block: "start" });
  title.focus({ preventScroll: true });
}

/** What the server has made of Markdown, in which there is no HTML of anybody's. @param {string} html */
function fromHtml(html) {
  const box = h("div", { class: "ov-lesson-prose" });
  box.innerHTML = html;
  return box;
}

/** @param {State} state @param {Prediction} prediction */
function asked(state, { question: words, options, right, because }) {
  const { guess } = state;
  const buttons = options.map((option, at) => {
    const button = h("button", { type: "button", class: "ov-lesson-option", disabled: guess !== null, on: { click: () => state.predict(at) } }, option);
    if (guess !== null && at === right) button.classList.add("ov-right");
    if (guess === at) button.setAttribute("aria-pressed", "true");
    return button;
  });
  const box = h("div", { class: "ov-lesson-asked", role: "group", "aria-label": "Prediction" }, h("p", {}, h("strong", {}, "Before you see it: "), words), ...buttons);
  if (guess !== null) {
    const head = guess === right ? "As you said: " : "Not as you said: ";
    box.append(h("div", { class: "ov-lesson-outcome", tabIndex: -1 }, h("strong", {}, `${head}${options[right]}.`), fromHtml(because)));
  }
  return box;
}

/** @param {Section["questions"][number]} pair */
function question([words, answer]) {
  return h("details", { class: "ov-lesson-question" }, h("summary", {}, fromHtml(words)), fromHtml(answer));
}

/** The way on: back, on, and at the end to the next lesson. @param {State} state */
function steps(state) {
  const last = state.lesson?.sections.length ?? 1;
  const { part, next } = state;
  const step = (/** @type {string} */ name, /** @type {number} */ to) =>
    h("button", { type: "button", class: "ov-lesson-step", disabled: to < 1 || to > last, on: { click: () => state.open(to) } }, name);
  const on = part === last && next ? lessonLink(state, next.slug, `Next: ${next.title}`, "ov-lesson-step") : step("On", part + 1);
  const race = h("a", { class: "ov-lesson-race", href: `./?${state.section?.query ?? ""}` }, "Open this race on its own page");
  return h("div", { class: "ov-lesson-steps" }, step("Back", part - 1), h("span", { class: "ov-muted" }, `${part} of ${last}`), on, race);
}
