/** A field into which a number is typed; what cannot be read gets a sentence and changes nothing. */

import { bubble } from "./bubble.js";
import { h } from "../base/dom.js";
import { read, typeable } from "../scales/numbers.js";

/** @import {Bounds} from "../scales/numbers.js" */

/**
 * Make a field. While it has the focus all keys are its own: Enter takes the number, Escape brings the old
 * one back, and after either `home` has the focus, where Enter types again. Leaving it takes the number, too.
 * `problem` is to stand somewhere in the page; it takes no room there.
 *
 * @param {object} options
 * @param {string} options.label  for those who hear the page
 * @param {string} options.name  of the number, as in a link
 * @param {HTMLElement} options.home  the slider of the same number, or what the field stands in: see `around`
 * @param {Bounds} [options.bounds]
 * @param {(value: number) => void} options.take
 */
export function numberField({ label, name, home, bounds = {}, take }) {
  const field = h("input", {
    type: "text",
    inputMode: "decimal",
    enterKeyHint: "done",
    autocomplete: "off",
    spellcheck: false,
    class: "ov-number",
    "aria-label": label,
    "data-name": name,
  });
  const problem = bubble(field, () => field.setAttribute("aria-invalid", "false"));
  field.setAttribute("aria-describedby", problem.element.id);
  let current = NaN;

  /** @param {string} sentence */
  const tell = (sentence) => {
    problem.say(sentence);
    field.setAttribute("aria-invalid", String(sentence !== ""));
  };
  /** Take what is typed; return whether it could be read. */
  const settle = () => {
    // The text has fewer digits than the number may have: what was not touched stays.
    if (field.value === typeable(current)) return true;
    const { value, problem: trouble } = read(field.value, bounds);
    tell(trouble && `${trouble} It stays ${typeable(current)}.`);
    const before = current;
    current = value ?? current;
    field.value = typeable(current);
    if (current !== before) take(current);
    return value !== null;
  };
  const revert = () => {
    tell("");
    field.value = typeable(current);
    return true;
  };
  field.addEventListener("focus", () => field.select());
  field.addEventListener("change", settle);
  field.addEventListener("keydown", (event) => {
    const end = { Enter: settle, Escape: revert }[event.key];
    if (!end || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (end()) home.focus();
    else field.select();
  });
  home.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== home) return;
    event.preventDefault();
    field.focus();
  });

  return {
    field,
    problem: problem.element,
    /** @param {number} value  a number being typed is left alone */
    show(value) {
      const typing = document.activeElement === field && field.value !== typeable(current);
      if (value !== current) tell("");
      current = value;
      if (!typing) field.value = typeable(value);
    },
  };
}

/**
 * What a field stands in that has no slider: it can have the focus, for a number that has been typed.
 *
 * @param {string} name  for those who hear the page
 * @param {string} look  its classes
 * @param {...(Node | string)} parts
 */
export function around(name, look, ...parts) {
  return h("div", { class: look, role: "group", tabIndex: -1, "aria-label": name }, ...parts);
}
