/** One line of a rule as a row: what it assigns, how, and the value. */

import { h, parsed } from "../base/dom.js";
import { valueBox } from "./valuebox.js";

/**
 * @typedef {object} LineRow
 * @property {HTMLElement} element
 * @property {import("./valuebox.js").Value["show"]} show
 * @property {() => string} text  the value as it is shown
 */

/**
 * @param {string} markup  MathML of the line, "" where the rule's equation was written by hand
 * @param {string} target  the name that the line assigns, for where there is no markup
 * @returns {LineRow}
 */
export function lineRow(markup, target) {
  const [name, formula] = sides(markup);
  return row(name ?? target, formula);
}

/**
 * A value that the rule remembered: the name that the line gives it, and the value.
 *
 * @param {string} markup  MathML of the line that renews it
 * @param {string} target
 * @returns {LineRow}
 */
export function memoryRow(markup, target) {
  return row(sides(markup)[0] ?? target, "=");
}

/** @param {Element | string} name @param {Element | string | null} formula @returns {LineRow} */
function row(name, formula) {
  const value = valueBox();
  const math = h("span", { class: "ov-line-math" }, h("span", { class: "ov-line-name" }, name), formula);
  const element = h("li", { class: "ov-row ov-wrap ov-line" }, math, value.element);
  return { element, show: value.show, text: () => value.element.textContent ?? "" };
}

/**
 * Return what stands left and right in a line's table of one row, so that rows align with each other.
 *
 * @param {string} markup
 * @returns {[Element | null, Element | null]}
 */
function sides(markup) {
  const whole = parsed(markup);
  const rows = whole?.querySelectorAll(":scope > mrow > mtable > mtr, :scope > mtable > mtr");
  if (rows?.length !== 1 || rows[0].children.length !== 2) return [whole, null];
  const [left, right] = rows[0].children;
  return [math(left), math(right)];
}

/** @param {Element} cell */
function math(cell) {
  const element = document.createElementNS("http://www.w3.org/1998/Math/MathML", "math");
  element.setAttribute("displaystyle", "true");
  element.append(...cell.childNodes);
  return element;
}
