/** A field into which a number is typed; what cannot be read gets a sentence and changes nothing. */

import { bubble } from "./bubble.js";
import { h } from "../base/dom.js";
import { listen } from "../base/listening.js";
import { SETTLED } from "./keys.js";
import { read, typeable } from "../scales/numbers.js";

/** @import {Bounds} from "../scales/numbers.js" */

/**
 * Make a field. Enter or leaving it takes the number, Escape brings the old one back; after either the
 * player's keys are its own again, until more is typed. `problem` is to stand somewhere in the page; it
 * takes no room there.
 *
 * @param {object} options
 * @param {string} options.label  for those who hear the page
 * @param {string} options.name  of the number, as in a link
 * @param {Bounds} [options.bounds]
 * @param {(value: number) => void} options.take
 */
export function numberField({ label, name, bounds = {}, take }) {
  const field = h("input", {
    type: "text",
    inputMode: "decimal",
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
  const settle = () => {
    const { value, problem: trouble } = read(field.value, bounds);
    tell(trouble && `${trouble} It stays ${typeable(current)}.`);
    const before = current;
    current = value ?? current;
    field.value = typeable(current);
    if (current !== before) take(current);
  };
  field.addEventListener("focus", () => field.select());
  field.addEventListener("change", settle);
  listen(field, ["input", "focus", "blur"], () => field.removeAttribute(SETTLED));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") field.setAttribute(SETTLED, "");
    if (event.key !== "Escape" || field.hasAttribute(SETTLED)) return;
    event.stopPropagation();
    field.setAttribute(SETTLED, "");
    tell("");
    field.value = typeable(current);
    field.select();
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
