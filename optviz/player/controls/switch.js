/** What is on or off: a switch with its words, and buttons that stay pressed. */

import { h } from "../base/dom.js";

/** @import {Child} from "../base/dom.js" */

/**
 * @param {Child} words
 * @param {(on: boolean) => void} onChange
 * @param {Record<string, any>} [properties]  of the input
 */
export function switchOf(words, onChange, properties = {}) {
  const change = () => onChange(input.checked);
  const input = h("input", { type: "checkbox", role: "switch", class: "ov-switch", ...properties, on: { change } });
  return { element: h("label", { class: "ov-link" }, input, words), input };
}

/** Show whether a button is pressed. @param {Element} button @param {boolean} on */
export function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}
