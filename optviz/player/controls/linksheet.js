/** The sheet with the link to what is seen now: copied at once, and as a code for the phones of a hall. */

import { h, setText } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";
import { sheetOf } from "./sheet.js";

/** @import {Keys} from "./keys.js" */

const COPIED = "Copied: it can be pasted anywhere.";
const NOT_COPIED = "This browser does not let pages copy: select the link and copy it.";
const NO_CODE = "The code comes from the server, which does not answer, or the link is too long for one.";

/**
 * Put the sheet into `root`, and its button into `place`.
 *
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 * @param {{base: string, about: string, address: () => string, more?: Record<string, () => Promise<string>>, choices?: Node[]}} link  `base` is the data
 *   plane's path, `about` says what the link holds, `address` is the whole of it; `more` can be taken
 *   away besides, by its name: each says what it has come to; `choices` are about the link itself
 * @returns {() => void}  shows the link as it is now
 */
export function linkSheet(keys, root, place, { base, about, address, more = {}, choices = [] }) {
  const field = h("input", { type: "text", class: "ov-link-field", readOnly: true, "aria-label": "Link" });
  const copy = h("button", { type: "button", class: "ov-action", on: { click: take } }, "Copy");
  const said = h("p", { class: "ov-muted", role: "status" });
  const code = h("img", { class: "ov-link-code", alt: "The link as a QR code" });
  code.addEventListener("error", () => {
    code.hidden = true;
    setText(lack, NO_CODE);
  });
  const lack = h("p", { class: "ov-muted" });
  const others = Object.entries(more).map(([name, act]) =>
    h("button", { type: "button", class: "ov-action", on: { click: async () => setText(said, await act()) } }, name),
  );
  const row = h("div", { class: "ov-row ov-link-row" }, field, copy, ...others);
  const sheet = sheetOf(root, keys, { title: "Link to this moment", key: "q", look: "ov-link-sheet" }, h("p", { class: "ov-muted" }, about), row, said, ...choices, code, lack);
  const button = glyphButton("link", "Link to this moment", open, { title: "Link to this moment, copied (q)" });
  button.setAttribute("aria-haspopup", "dialog");

  async function take() {
    setText(said, (await copied(field)) ? COPIED : NOT_COPIED);
  }

  function renew() {
    field.value = address();
    code.hidden = false;
    setText(lack, "");
    setText(said, "");
    code.src = `${base}/qr?link=${encodeURIComponent(field.value)}`;
  }

  function open() {
    renew();
    sheet.showModal();
    field.focus();
    field.select();
    return take();
  }

  place.append(button);
  keys.add("Present", { keys: ["q"], does: "Copy the link to this moment, show its code", act: () => void open() });
  return renew;
}

/** Copy what a field holds. @param {HTMLInputElement} field @returns {Promise<boolean>} whether that is allowed */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Pages that came over plain HTTP have no clipboard but this one.
    field.select();
    return document.execCommand("copy");
  }
}
