/** The menu that adds an optimizer: every rule of the catalogue, in its order, found by typing. */

import { h, setText } from "../base/dom.js";
import { findMenu } from "../controls/findmenu.js";
import { glyph } from "../look/glyphs.js";
import { addBeside } from "../state/family.js";
import { isKept, keptSaid } from "../state/only.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

const TUNED =
  "Learning rates begin tuned to the surface, and anew on another one. A rate that you have set stays. " +
  "Another form of a rule in the race begins at its values.";

/** @param {Store} store @param {Keys} keys */
export function addMenu(store, keys) {
  const full = h("p", { class: "ov-note", role: "status" });
  const button = h("button", { type: "button", class: "ov-button ov-add", "aria-haspopup": "dialog" }, glyph("plus"), "Add optimizer");
  const popup = findMenu({
    name: "Add optimizer",
    search: "Find a rule",
    noun: ["optimizer", "optimizers"],
    foot: TUNED,
    entries: () => store.catalogue.rules,
    choose: (slug) => keys.say(addBeside(store, slug)),
    keys,
    beside: () => button,
  });
  button.popoverTargetElement = popup;
  keys.add("Optimizers", {
    keys: ["o"],
    does: "Add one: type its name, then Enter",
    act() {
      if (isKept(store.view, "lanes")) return keptSaid("lanes");
      if (button.disabled) return full.textContent;
      return popup.showPopover();
    },
  });

  return {
    element: h("div", { class: "ov-adding" }, button, full, popup),
    update() {
      const most = store.catalogue.limits.lanes;
      button.disabled = store.race.lanes.length >= most;
      setText(full, button.disabled ? `A race holds at most ${most} optimizers. Remove one to add another.` : "");
    },
  };
}
