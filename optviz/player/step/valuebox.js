/** Values of a rule's lines as text that keeps its place: scalars, vectors (x, y), matrices. */

import { h, setText } from "../base/dom.js";
import { readable } from "../scales/numbers.js";

const DIGITS = 4;

/**
 * @typedef {object} Value
 * @property {HTMLElement} element
 * @property {(numbers: ArrayLike<number>, shape: number[]) => void} show  in rows; what is not
 *   finite is a dash. Of shape [] is a scalar, [n] a vector, [n, m] a matrix; it stays the same.
 */

/** Make the place of a value. @returns {Value} */
export function valueBox() {
  const element = h("span", { class: "ov-value-of" });
  /** @type {HTMLElement[]} */
  const cells = [];
  return {
    element,
    show(numbers, shape) {
      if (!cells.length) {
        const count = shape.reduce((product, side) => product * side, 1);
        cells.push(...Array.from({ length: count }, () => h("span", { class: "ov-cell" })));
        element.classList.add(`ov-rank-${shape.length}`);
        element.append(...arranged(cells, shape));
      }
      cells.forEach((cell, i) => setText(cell, around(i, text(numbers[i], shape), shape)));
    },
  };
}

/** @param {HTMLElement[]} cells @param {number[]} shape */
function arranged(cells, shape) {
  if (shape.length < 2) return cells;
  const side = shape[1];
  return Array.from({ length: shape[0] }, (_, i) =>
    h("span", { class: "ov-matrix-row" }, ...cells.slice(i * side, (i + 1) * side)),
  );
}

/**
 * Add the signs of a vector to a component: they stay at their numbers, however wide these are.
 *
 * @param {number} i
 * @param {string} number
 * @param {number[]} shape
 */
function around(i, number, shape) {
  if (shape.length !== 1) return number;
  return `${i === 0 ? "(" : " "}${number}${i === shape[0] - 1 ? ")" : ","}`;
}

/** A count, like Adam's t, is written as one. @param {number} value @param {number[]} shape */
function text(value, shape) {
  const counts = shape.length === 0 && Number.isInteger(value) && Math.abs(value) < 1e5;
  return counts ? String(value).replace("-", "−") : readable(value, DIGITS);
}
