/** The surface's value under the pointer, written below the picture's lower right corner. */

import { valueAt } from "../plane/interpolation.js";
import { h, setText } from "../base/dom.js";
import { readable, typeable } from "../scales/numbers.js";
import { toPlane } from "../plane/frame.js";
import { inside } from "../plane/polyline.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {Grid} from "../state/types.js" */

/**
 * @param {HTMLElement} element  the picture
 * @param {HTMLElement} place  within it
 * @param {() => Frame | null} frame
 * @param {() => Grid | null} grid  what is drawn
 * @param {(start: readonly [number, number]) => string} outcome  of a race from there; nothing if unknown
 */
export function reading(element, place, frame, grid, outcome) {
  // Who hears the page has no pointer to ask with.
  const text = h("div", { class: "ov-reading", "aria-hidden": "true" });
  place.append(text);
  /** @type {readonly [number, number] | null} */
  let pointer = null;

  /** What is under the pointer may have changed. */
  function update() {
    const axes = frame();
    const known = grid();
    // In space it would be told of what the line of sight meets, or misses.
    if (!pointer || !axes || !known || axes.lens || !inside(...pointer, axes, 0)) return setText(text, "");
    const point = toPlane(axes, pointer);
    const value = valueAt(known, point);
    const [x, y] = point.map((number) => typeable(number).replaceAll("-", "−"));
    const here = Number.isFinite(value) ? `f(${x}, ${y}) ≈ ${readable(value)}` : `(${x}, ${y})`;
    setText(text, [here, outcome(point)].filter(Boolean).join(" → "));
    text.style.right = `${element.clientWidth - axes.left - axes.width}px`;
  }

  return {
    update,
    /** @param {readonly [number, number] | null} pixel  null where there is no pointer */
    look(pixel) {
      pointer = pixel;
      update();
    },
  };
}
