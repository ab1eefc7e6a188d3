/** A field into which a number is typed; what cannot be read gets a sentence and changes nothing. */

import { bubble } from "./bubble.js";
import { h } from "../base/dom.js";
import { fitting, read, typeable } from "../scales/numbers.js";

/** @import {Bounds} from "../scales/numbers.js" */

/** What marks a slider whose number has just been typed, until it is left. */
export const TYPED = "data-typed";

/**
 * Make a field. While it has the focus all keys are its own: Enter takes the number, Escape brings the old
 * one back, and after either `home` has the focus, where Enter types again. Leaving it takes the number, too.
 * It shows as many digits as there is room for, and all of them to who types. A number is taken that there is
 * something to say of, and told and marked. `problem` is to stand somewhere in the page; it takes no room there.
 *
 * @param {object} options
 * @param {string} options.label  for those who hear the page
 * @param {string} options.name  of the number, as in a link
 * @param {HTMLElement} options.home  the slider of the same number, or what the field stands in: see `around`
 * @param {Bounds} [options.bounds]
 * @param {(value: number) => string} [options.remark]  what there is to say of a number, such as that it is outside of a range
 * @param {(value: number) => void} options.take
 */
export function numberField({ label, name, home, bounds = {}, remark = () => "", take }) {
  const field = h("input", {
    type: "text",
    // The keypad of some phones has neither a minus sign nor an e.
    inputMode: (bounds.least ?? -1) < 0 ? "text" : "decimal",
    enterKeyHint: "done",
    autocomplete: "off",
    spellcheck: false,
    class: "ov-number",
    "aria-label": label,
    "data-name": name,
  });
  const problem = bubble(field, forget);
  let current = NaN;

  /** @param {string} sentence @param {boolean} [wrong]  whether it is about a number that was not taken */
  function tell(sentence, wrong = false) {
    forget();
    if (sentence) field.setAttribute("aria-describedby", problem.element.id);
    field.setAttribute("aria-invalid", String(wrong));
    problem.say(sentence);
  }
  function forget() {
    field.removeAttribute("aria-describedby");
    field.setAttribute("aria-invalid", "false");
  }
  function render() {
    const [whole, said] = [typeable(current), remark(current)];
    const short = bounds.integer ? whole : fitting(current);
    field.value = document.activeElement === field ? whole : short;
    field.title = [short !== whole && whole, said].filter(Boolean).join(", ");
    field.toggleAttribute("data-remark", said !== "");
  }
  /** Take what is typed; return whether it could be read. */
  const settle = () => {
    // The text has fewer digits than the number may have: what was not touched stays.
    if (field.value === typeable(current)) return true;
    const { value, problem: trouble } = read(field.value, bounds);
    const before = current;
    current = value ?? current;
    render();
    if (current !== before) take(current);
    const said = remark(current);
    if (trouble) tell(`${trouble} It stays ${typeable(current)}.`, true);
    else tell(said && `${typeable(current)} is ${said}.`);
    return value !== null;
  };
  const revert = () => {
    tell("");
    render();
    return true;
  };
  field.addEventListener("focus", () => {
    render();
    field.select();
  });
  field.addEventListener("blur", render);
  field.addEventListener("change", settle);
  field.addEventListener("keydown", (event) => {
    const end = { Enter: settle, Escape: revert }[event.key];
    if (!end || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (!end()) return field.select();
    home.focus();
    // Who leads to a slider by key comes back to it once, for the next number.
    home.toggleAttribute(TYPED, event.key === "Enter");
  });
  home.addEventListener("blur", () => home.removeAttribute(TYPED));
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
      if (!typing) render();
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
