/** Undo and redo: their buttons, their keys, and what each has come to. */

import { follow } from "../base/listening.js";
import { glyphButton } from "../look/glyphs.js";
import { difference } from "./difference.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

/**
 * @param {Store} store
 * @param {Keys} keys
 * @param {HTMLElement} place  takes the buttons
 * @returns {() => void}  ends it
 */
export function undoing(store, keys, place) {
  const go = (/** @type {-1 | 1} */ way, /** @type {string} */ done, /** @type {string} */ none) => () => {
    const { race, view } = store;
    return store.undo(way) ? `${done}: ${difference(store, { race, view }, store)}` : none;
  };
  const undo = go(-1, "Undone", "There is nothing to undo");
  const redo = go(1, "Done again", "There is nothing to do again");
  const back = glyphButton("undo", "Undo", () => keys.say(undo()), { title: "Undo (Ctrl+Z)" });
  const on = glyphButton("redo", "Redo", () => keys.say(redo()), { title: "Redo (Ctrl+Y)" });
  place.append(back, on);
  keys.add(
    "Change",
    { keys: ["Ctrl+Z"], does: "Undo", act: undo, repeats: true },
    { keys: ["Ctrl+Shift+Z", "Ctrl+Y"], does: "Do it again", act: redo, repeats: true },
  );
  return follow(store, "steps", () => {
    const held = document.activeElement;
    back.disabled = !store.steps.leads(-1);
    on.disabled = !store.steps.leads(1);
    // The one that has just been used up does not keep the focus.
    if (held === back && back.disabled) on.focus();
    if (held === on && on.disabled) back.focus();
  });
}
