/** A sequence of moments, prepared beforehand and gone through with a presenter's clicker. */

import { h, setText } from "../base/dom.js";
import { recalled, remember } from "../base/memory.js";
import { listen } from "../base/listening.js";
import { sheetOf } from "../controls/sheet.js";
import { glyphButton } from "../look/glyphs.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Moment} from "../state/moment.js" */
/** @import {Race, View} from "../state/types.js" */

/** @typedef {{race: Race, view: View, moment: Moment, problems: string[]}} Entered  What a link means. */

/** Where the browser keeps it. */
const MEMORY = "optviz.sequence";
/** More than these nobody goes through in an hour. */
const MOST = 60;
const ABOUT =
  "One moment on each line, in the order of the hour: a few words, which you may change, and its link. k puts the present moment at the end. Page down and Page up, which are the keys of a presenter's clicker, go to the next and to the one before. The list stays in this browser; to take it along, copy it.";
const EMPTY = "The sequence is empty: k keeps a moment, y shows the list";

/**
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} place  takes its button
 * @param {{address: () => string, title: () => string, enter: (entered: Entered) => void}} moments  the link
 *   to the present one, and what it is; `enter` shows another
 * @returns {() => void}  ends it
 */
export function sequence(keys, root, place, { address, title, enter }) {
  const lines = h("textarea", { class: "ov-sequence-lines", rows: 12, spellcheck: false, "aria-label": "Moments, one on each line" });
  const said = h("p", { class: "ov-muted", role: "status" });
  const sheet = sheetOf(root, keys, { title: "Sequence", key: "y", look: "ov-sequence" }, h("p", { class: "ov-muted" }, ABOUT), lines, said);
  const button = glyphButton("sequence", "Sequence of moments", open, { title: "Sequence of moments (y)" });
  button.classList.add("ov-sequence-button");
  button.setAttribute("aria-haspopup", "dialog");
  place.append(button);
  /** Which was entered last; before the first, -1. */
  let at = -1;
  /** @type {Map<string, Promise<Entered>>} */
  const entered = new Map();

  const moments = () => lines.value.split("\n").map((line) => line.trim()).filter(Boolean).slice(0, MOST);

  /** What a line's link means, asked once: the next one is known before it is wanted. @param {string} line */
  function ask(line) {
    const link = line.split(/\s+/).at(-1) ?? "";
    const known = entered.get(link);
    if (known) return known;
    const { search } = new URL(link, location.href);
    const asked = fetch(`./standin/race${search}`).then((reply) => (reply.ok ? reply.json() : Promise.reject(new Error(reply.statusText))));
    entered.set(link, asked);
    asked.catch(() => entered.delete(link));
    return asked;
  }

  /** @param {1 | -1} way */
  async function go(way) {
    const list = moments();
    const next = at + way;
    if (!list.length) return keys.say(EMPTY);
    if (next < 0 || next >= list.length) return keys.say(way > 0 ? "This is the last of the sequence" : "This is the first of the sequence");
    at = next;
    try {
      const found = await ask(list[next]);
      // Who has gone on meanwhile is not called back.
      if (at !== next) return;
      enter(found);
      keys.say([`${next + 1} of ${list.length}`, wordsOf(list[next])].filter(Boolean).join(": "));
      if (list[next + way]) ask(list[next + way]).catch(() => {});
    } catch {
      if (at === next) at -= way;
      keys.say("This link of the sequence could not be read; is the server there?");
    }
  }

  function keep() {
    const list = [...moments(), `${title()}  ${address()}`].slice(0, MOST);
    lines.value = list.join("\n");
    save();
    at = list.length - 1;
    return `Kept as ${list.length} of the sequence`;
  }

  function save() {
    remember(MEMORY, lines.value.trim() ? moments().join("\n") : null);
    setText(said, `${moments().length} of at most ${MOST}`);
  }

  function open() {
    setText(said, `${moments().length} of at most ${MOST}`);
    sheet.showModal();
  }

  lines.value = recalled(MEMORY) ?? "";
  // Read again from the first on: another list begins anew.
  lines.addEventListener("input", () => {
    at = -1;
    entered.clear();
    save();
  });
  keys.add(
    "Present",
    { keys: ["PageDown", "PageUp"], does: "The next of the sequence, the one before", act: ({ key }) => void go(key === "PageDown" ? 1 : -1) },
    { keys: ["k"], does: "Keep this moment in the sequence", act: keep },
    { keys: ["y"], does: "The sequence: see it, change it", act: open },
  );
  if (moments().length) ask(moments()[0]).catch(() => {});
  return listen(sheet, "close", save);
}

/** What stands before a line's link. @param {string} line */
function wordsOf(line) {
  return line.split(/\s+/).slice(0, -1).join(" ");
}
