/** A sheet that is laid over a page: a dialog with a title and a way to close it. */

import { freshId, h } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";

/** @import {Keys} from "./keys.js" */

/**
 * Put a sheet into `root`, where it lies above a page on the full screen, too.
 *
 * @param {HTMLElement} root
 * @param {Keys} keys
 * @param {{title: string, key: string, look: string}} about  the key that opens it closes it as well
 * @param {...Node} children
 */
export function sheetOf(root, keys, { title, key, look }, ...children) {
  const id = freshId();
  const close = glyphButton("close", "Close", () => dialog.close());
  const head = h("header", { class: "ov-panel-head" }, h("h2", { id }, title), close);
  const body = h("div", { class: "ov-panel" }, head, ...children);
  const dialog = h("dialog", { class: `ov-sheet ${look}`, "aria-labelledby": id }, body);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === key && keys.letters) dialog.close();
  });
  // What is clicked of a dialog itself is the ground behind it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  root.append(dialog);
  return dialog;
}
