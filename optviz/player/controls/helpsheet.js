/** The help sheet: every key that the player listens to, and what fingers can do. */

import { h } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";
import { sheetOf } from "./sheet.js";
import { switchOf } from "./switch.js";

/** @import {Keys, Shortcut} from "./keys.js" */

/** How keys are written whose names are not what stands on them. @type {Record<string, string>} */
const CAPS = { " ": "Space", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", "-": "−" };

/**
 * Put the sheet into `root`, and its button into `place`.
 *
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 * @param {string[]} [fingers]  sentences about what they can do
 */
export function helpSheet(keys, root, place, fingers = []) {
  const list = h("div", { class: "ov-help-groups" });
  const change = (/** @type {boolean} */ on) => (keys.letters = on);
  const letters = switchOf("Letters, digits and signs are keys", change, { checked: keys.letters });
  const title = fingers.length ? "Keys and gestures" : "Keys";
  const sheet = sheetOf(root, keys, { title, key: "?", look: "ov-help" }, letters.element, list);
  const button = glyphButton("help", title, open, { title: `${title} (?)` });
  button.setAttribute("aria-haspopup", "dialog");

  function open() {
    const gestures = fingers.length ? [section("Fingers", h("ul", {}, ...fingers.map((text) => h("li", {}, text))))] : [];
    list.replaceChildren(...keys.groups.map(([name, shortcuts]) => group(name, shortcuts)), ...gestures);
    sheet.showModal();
  }

  place.append(button);
  keys.add("Present", { keys: ["?"], does: "This sheet", act: open });
}

/** @param {string} name @param {Shortcut[]} shortcuts */
function group(name, shortcuts) {
  const rows = shortcuts.map(({ keys, does }) => {
    const caps = keys.map((key) => h("kbd", {}, CAPS[key] ?? key));
    return h("div", {}, h("dt", { class: "ov-wrap" }, ...caps), h("dd", {}, does));
  });
  return section(name, h("dl", {}, ...rows));
}

/** @param {string} name @param {Node} content */
function section(name, content) {
  return h("section", {}, h("h3", {}, name), content);
}
