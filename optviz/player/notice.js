/** Sentences for the reader: what went wrong, and what the race has to say; each can be dismissed. */

import { fill, h } from "./dom.js";
import { glyphButton } from "./glyphs.js";

/** @import {Store} from "./store.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @returns {() => void}  takes it away
 */
export function notice(store, element) {
  const list = h("div", { class: "ov-notices", role: "status" });
  element.append(list);
  /** @type {Set<string>} */
  const dismissed = new Set();

  function show() {
    const notes = store.result?.notes ?? [];
    const current = [...store.problems.map(line("ov-problem")), ...notes.map(line("ov-note"))];
    // What has gone away may come back, and is then news again.
    const texts = new Set(current.map(({ text }) => text));
    for (const text of dismissed) if (!texts.has(text)) dismissed.delete(text);
    const shown = current.filter(({ text }) => !dismissed.has(text));
    fill(list, JSON.stringify(shown), () => shown.map(row));
  }

  /** @param {{text: string, kind: string}} line */
  function row({ text, kind }) {
    const dismiss = glyphButton("close", "Dismiss", () => {
      dismissed.add(text);
      show();
    });
    return h("p", { class: `ov-notice ${kind}` }, h("span", {}, text), dismiss);
  }

  store.addEventListener("problems", show);
  store.addEventListener("result", show);
  show();
  return () => {
    store.removeEventListener("problems", show);
    store.removeEventListener("result", show);
  };
}

/** @param {string} kind */
function line(kind) {
  return (/** @type {string} */ text) => ({ text, kind });
}
