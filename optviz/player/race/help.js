/** The help sheet: every key that the player listens to, and what fingers can do. */

import { freshId, h } from "../base/dom.js";
import { switchOf } from "../controls/switch.js";
import { glyphButton } from "../look/glyphs.js";

/** @import {Keys, Shortcut} from "../controls/keys.js" */

/** How keys are written whose names are not what stands on them. @type {Record<string, string>} */
const CAPS = { " ": "Space", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", "-": "−" };
const FINGERS = [
  "Drag the start: it stays above the finger.",
  "Tap the picture to put the start there, or a path to read it.",
  "Drag in the charts Map and Finder to set the values under the finger.",
  "Two fingers zoom and move the picture, one scrolls the page.",
];

/**
 * Put the sheet into `root`, and its button into `place`.
 *
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 */
export function helpSheet(keys, root, place) {
  const title = freshId();
  const list = h("div", { class: "ov-help-groups" });
  const change = (/** @type {boolean} */ on) => (keys.letters = on);
  const letters = switchOf("Letters, digits and signs are keys", change, { checked: keys.letters });
  const close = glyphButton("close", "Close", () => sheet.close());
  const sheet = h(
    "dialog",
    { class: "ov-help", "aria-labelledby": title },
    h(
      "div",
      { class: "ov-panel" },
      h("header", { class: "ov-panel-head" }, h("h2", { id: title }, "Keys and gestures"), close),
      letters.element,
      list,
    ),
  );
  const button = glyphButton("help", "Keys and gestures", open, { title: "Keys and gestures (?)" });
  button.setAttribute("aria-haspopup", "dialog");

  function open() {
    list.replaceChildren(...keys.groups.map(([name, shortcuts]) => group(name, shortcuts)), fingers());
    sheet.showModal();
  }
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "?" && keys.letters) sheet.close();
  });
  // What is clicked of a dialog itself is the ground behind it.
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());

  root.append(sheet);
  place.append(button);
  keys.add("Present", { keys: ["?"], does: "This sheet", act: open });
}

/** @param {string} name @param {Shortcut[]} shortcuts */
function group(name, shortcuts) {
  const rows = shortcuts.map(({ keys, does }) => {
    const caps = keys.map((key) => h("kbd", {}, CAPS[key] ?? key));
    return h("div", {}, h("dt", { class: "ov-wrap" }, ...caps), h("dd", {}, does));
  });
  return h("section", {}, h("h3", {}, name), h("dl", {}, ...rows));
}

function fingers() {
  return h("section", {}, h("h3", {}, "Fingers"), h("ul", {}, ...FINGERS.map((text) => h("li", {}, text))));
}
