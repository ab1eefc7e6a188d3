/** The questions of a link: a field for each answer, the race that belongs to it, and the way to hand all in. */

import { follow, listen, together } from "../base/listening.js";
import { fill, h } from "../base/dom.js";
import { namesApart } from "../state/laneedits.js";
import { shortQuery, toQuery } from "../state/query.js";
import { readable } from "../scales/numbers.js";
import { Answers, LONGEST } from "./answers.js";
import { handIn } from "./handin.js";

/** @import {Part} from "../base/dom.js" */
/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */
/** @import {Figures} from "./types.js" */

const NOT_YET = "The race is still being run: attach it in a moment.";

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {Keys} keys
 * @param {() => Promise<Blob | null>} image  the picture as it is
 * @returns {() => void}  ends it
 */
export function questionsPanel(store, element, keys, image) {
  const answers = new Answers();
  const list = h("ol", { class: "ov-stack ov-questions-list" });
  const sheet = handIn(keys, answers, image);
  const hand = h("button", { type: "button", class: "ov-button", "aria-haspopup": "dialog", on: { click: sheet.open } }, "Hand in …");
  const head = h("header", { class: "ov-panel-head" }, h("h2", {}, "Questions"), hand);
  element.append(h("div", { class: "ov-panel" }, head, list));

  /** @type {ReturnType<typeof question>[]} */
  let items = [];
  const show = () => items.forEach((one) => one.update());

  function update() {
    const { ask } = store.view;
    answers.ask(ask);
    element.hidden = answers.all.length === 0;
    fill(list, ask, () => {
      items = answers.all.map((_, k) => question(store, answers, k, keys));
      return items.map((one) => one.element);
    });
    show();
  }
  return together(follow(store, "view", update), listen(answers, "change", show), sheet.destroy);
}

/** @param {Store} store @param {Answers} answers @param {number} k @param {Keys} keys @returns {Part} */
function question(store, answers, k, keys) {
  const { question: words, answer } = answers.all[k];
  const field = h("textarea", { class: "ov-answer", rows: 3, maxLength: LONGEST.answer, value: answer, "aria-label": words, on: { input: () => answers.write(k, field.value) } });
  const attached = h("div", { class: "ov-attached" });
  return {
    element: h("li", { class: "ov-question" }, h("p", {}, `${k + 1}. ${words}`), field, attached),
    update: () => fill(attached, JSON.stringify([answers.all[k].race, answers.all[k].figures]), () => [attachment(store, answers, k, keys)]),
  };
}

/** @param {Store} store @param {Answers} answers @param {number} k @param {Keys} keys */
function attachment(store, answers, k, keys) {
  const { race, figures } = answers.all[k];
  const attach = () => {
    const came = figuresOf(store);
    // Whoever sees the page reads it, whoever hears it is told.
    store.complain(came ? [] : [NOT_YET], "labsheet");
    if (!came) return;
    answers.attach(k, shortQuery(store.race, store), came);
    keys.say(`The race is attached to question ${k + 1}`);
  };
  const button = (/** @type {string} */ name, /** @type {() => void} */ click) => h("button", { type: "button", class: "ov-button", on: { click } }, name);
  if (race === null) return button("Attach the race as it is now", attach);
  const told = figures.map(({ label, status, final_loss: loss }) => `${label}: ${status}, loss ${readable(loss)}`);
  const link = h("a", { href: `./?${race}`, target: "_blank", rel: "noopener" }, "Attached race");
  const row = h("div", { class: "ov-row ov-wrap" }, link, button("Attach the present one instead", attach), button("Attach none", () => answers.attach(k, null)));
  return h("div", {}, row, h("p", { class: "ov-muted" }, told.join("; ")));
}

/** What came of the present race; null while that is not known. @param {Store} store @returns {Figures[] | null} */
function figuresOf({ race, result }) {
  if (!result || result.query !== toQuery(race)) return null;
  const names = namesApart(race);
  return result.lanes.map(({ status, final_loss: loss, distance }, k) => ({ label: names[k], status: status.text, final_loss: finite(loss), distance: finite(distance) }));
}

/** A file has no other numbers. @param {number | null} value */
function finite(value) {
  return value !== null && Number.isFinite(value) ? value : null;
}
