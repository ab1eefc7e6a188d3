/** The sheet with which answers are handed in: a page to print, and a file to be graded. */

import { h, setText } from "../base/dom.js";
import { download } from "../base/download.js";
import { sheetOf } from "../controls/sheet.js";
import { LONGEST } from "./answers.js";
import { printed } from "./printed.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Answers} from "./answers.js" */

const ABOUT =
  "Your answers stay in this browser until you hand them in, in whatever way your course asks for: the page, which the browser prints or saves as PDF, and the file, from which every attached race can be run again.";
const SAVED = "Saved, where this browser saves its downloads.";
const UNSIGNED = "Without a name nobody knows whose it is.";

/**
 * @param {Keys} keys
 * @param {Answers} answers
 * @param {() => Promise<Blob | null>} image  the picture as it is
 */
export function handIn(keys, answers, image) {
  const name = h("input", { type: "text", class: "ov-link-field", maxLength: LONGEST.name, "aria-label": "Your name", placeholder: "Your name", on: { input: () => answers.sign(name.value) } });
  const said = h("p", { class: "ov-muted", role: "status" });
  const missing = h("p", { class: "ov-note" });
  const save = (/** @type {string} */ words, /** @type {string} */ ending, /** @type {() => Blob | Promise<Blob>} */ make) => {
    const click = async () => {
      download(await make(), `lab-sheet${slugOf(answers.name)}.${ending}`);
      setText(said, answers.name.trim() ? SAVED : `${SAVED} ${UNSIGNED}`);
    };
    return h("button", { type: "button", class: "ov-button", on: { click } }, words);
  };
  const page = save("Page to print (HTML)", "html", async () => printed(answers.sheet(location.href), await image().catch(() => null)));
  const file = save("File to be graded (JSON)", "json", () => new Blob([`${JSON.stringify(answers.sheet(location.href), null, 1)}\n`], { type: "application/json" }));
  const row = h("div", { class: "ov-row ov-wrap ov-link-row" }, page, file);
  const sheet = sheetOf(keys.root, keys, { title: "Hand in", key: "", look: "ov-handin" }, h("p", { class: "ov-muted" }, ABOUT), name, missing, row, said);
  return {
    open() {
      name.value = answers.name;
      setText(said, "");
      setText(missing, missingOf(answers));
      sheet.showModal();
      name.focus();
    },
    destroy: () => sheet.remove(),
  };
}

/** Which questions have no answer yet. @param {Answers} answers */
function missingOf({ all }) {
  const open = all.map((one, k) => (one.answer.trim() ? 0 : k + 1)).filter(Boolean);
  if (open.length === 0) return "";
  return open.length === 1 ? `Question ${open[0]} has no answer yet.` : `Questions ${open.slice(0, -1).join(", ")} and ${open.at(-1)} have no answers yet.`;
}

/** A name as a part of a file's. @param {string} name */
function slugOf(name) {
  const letters = name.normalize("NFKC").toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? [];
  return letters.length > 0 ? `-${letters.join("-")}` : "";
}
