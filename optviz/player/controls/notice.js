/** Sentences for the reader: what went wrong, and what the race has to say; each can be dismissed. */

import { follow } from "../base/listening.js";
import { fill, h, setText } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";

/** @typedef {EventTarget & {problems: string[], result?: {notes: string[]} | null}} Noticed  a store */

/** What those who hear the page would not notice. */
const OVER = "The trouble is over.";
/** Characters of what would hide too much of the picture. */
const LONG = 160;

/**
 * @param {Noticed} store  dispatches `problems` and `result` when they have changed
 * @param {HTMLElement} box  where they stand
 * @param {HTMLElement} [element]  what they are about
 * @returns {() => void}  takes it away
 */
export function notice(store, box, element = box) {
  const list = h("div", { class: "ov-notices", role: "status" });
  const over = h("p", { class: "ov-hidden", role: "status" });
  let troubled = false;
  box.append(list, over);
  // Takes the focus that the last sentence leaves behind.
  element.tabIndex = -1;
  /** First sentences. @type {Set<string>} */
  const dismissed = new Set();

  function show() {
    const notes = store.result?.notes ?? [];
    const current = [
      ...store.problems.map((text) => ({ text, kind: "ov-problem", about: firstOf(text) })),
      ...notes.map((text) => ({ text, kind: "ov-remark", about: firstOf(text) })),
    ];
    const all = current.map(({ about }) => about);
    // What has gone away may come back, and is then news again.
    for (const about of dismissed) if (!all.includes(about)) dismissed.delete(about);
    // What begins with the same sentence is about the same trouble.
    const shown = current.filter(({ about }, k) => all.indexOf(about) === k && !dismissed.has(about));
    const now = store.problems.length > 0;
    if (now !== troubled) setText(over, now ? "" : OVER);
    troubled = now;
    const focused = rowOf(document.activeElement);
    fill(list, JSON.stringify(shown), () => shown.map(row));
    if (focused) refocus(focused);
  }

  /** Where in the list something is, if it is. @param {Element | null} part */
  function rowOf(part) {
    const rows = [...list.children];
    const at = rows.findIndex((one) => one.contains(part));
    return at < 0 ? null : { at, text: rows[at].textContent };
  }

  /** The focus stays with its sentence, goes to the next one, or back to the picture. @param {{at: number, text: string | null}} row */
  function refocus({ at, text }) {
    const rows = [...list.children];
    const next = rows.find((one) => one.textContent === text) ?? rows[at] ?? rows.at(-1);
    (next?.querySelector("button") ?? element).focus({ preventScroll: true });
  }

  /** @param {{text: string, kind: string, about: string}} line */
  function row({ text, kind, about }) {
    const dismiss = glyphButton("close", "Dismiss", () => {
      dismissed.add(about);
      show();
    });
    return h("div", { class: `ov-notice ${kind}` }, words(text), dismiss);
  }

  return follow(store, ["problems", "result"], show);
}

/** @param {string} text */
function firstOf(text) {
  return text.match(/^.+?[.:](?= )/s)?.[0] ?? text;
}

/** A long text shows its first sentence, and the rest when asked. @param {string} text */
function words(text) {
  const first = firstOf(text);
  const rest = text.slice(first.length + 1);
  if (!rest || text.length <= LONG) return h("span", {}, text);
  return h("details", {}, h("summary", {}, first), h("div", {}, rest));
}
