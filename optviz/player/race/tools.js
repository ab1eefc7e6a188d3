/** The buttons for whoever presents: notation, pointer trail, help, full screen. */

import { follow, listen, together } from "../base/listening.js";
import { press } from "../controls/switch.js";
import { h } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";
import { helpSheet } from "./help.js";
import { presenting } from "./present.js";
import { pointerTrail } from "./trail.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

/**
 * @param {Store} store
 * @param {Keys} keys
 * @param {{root: HTMLElement, tools: HTMLElement, stage: HTMLElement}} places
 * @returns {() => void}  ends them
 */
export function tools(store, keys, { root, tools: place, stage }) {
  const ends = [notationMenu(store, place), presenting(keys, root, place)];
  ends.push(trailSwitch(keys, root, stage, place));
  helpSheet(keys, root, place);
  return together(...ends);
}

/** What the page offers beside the player is out of sight while one presents. @param {Store} store @param {HTMLElement} place */
function notationMenu(store, place) {
  const options = store.catalogue.notations.map(({ slug, name }) => h("option", { value: slug }, name));
  const names = { "aria-label": "Notation", title: "Notation (m)" };
  const menu = h("select", { class: "ov-glyph ov-speed ov-notation", ...names }, ...options);
  menu.addEventListener("change", () => store.look({ notation: menu.value }));
  place.append(menu);
  return follow(store, "view", () => (menu.value = store.view.notation));
}

/**
 * The trail is switched on for presenting, and off again after it; who prefers less motion has none.
 *
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} stage
 * @param {HTMLElement} place
 * @returns {() => void}  ends it
 */
function trailSwitch(keys, root, stage, place) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const trail = pointerTrail(root, stage);
  const change = (/** @type {boolean} */ on) => {
    trail.on = on && !calm.matches;
    press(button, trail.on);
    button.disabled = calm.matches;
    button.title = calm.matches ? "No pointer trail: less motion is asked for" : "Pointer trail (t)";
  };
  const flip = () => change(!trail.on);
  const button = glyphButton("trail", "Pointer trail", flip);
  button.classList.add("ov-trail-switch");
  place.append(button);
  change(false);
  keys.add("Present", { keys: ["t"], does: "Pointer trail", act: flip });
  return together(listen(root, "presenting", ({ detail }) => change(detail)), trail.destroy);
}
