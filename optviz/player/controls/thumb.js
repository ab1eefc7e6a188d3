/** The thumb of a slider: where it is drawn, whether a pointer holds it, where it will be next. */

import { typeable } from "../scales/numbers.js";

/**
 * @param {HTMLInputElement} range
 * @param {number} value
 * @param {number} position
 */
export function showThumb(range, value, position) {
  range.valueAsNumber = position;
  range.style.setProperty("--ov-share", (position / Number(range.max)).toFixed(4));
  range.setAttribute("aria-valuetext", typeable(value));
}

/**
 * Follow the pointer that holds the thumb. The browser moves a thumb once a frame; `onAhead` hears the
 * position of the next frame as soon as the pointer has moved, where the browser tells that
 * (`pointerrawupdate`, which needs a page served over HTTPS or from the same machine).
 *
 * @param {HTMLInputElement} range
 * @param {(position: number) => void} onAhead
 * @returns {() => boolean}  whether a pointer holds the thumb
 */
export function holding(range, onAhead) {
  let held = false;
  const raw = (/** @type {Event} */ event) => onAhead(positionUnder(range, /** @type {PointerEvent} */ (event)));
  const release = () => {
    held = false;
    range.removeEventListener("pointerrawupdate", raw);
  };
  range.addEventListener("pointerdown", () => (held = true));
  // Not before the thumb has moved: a finger may be about to scroll the page.
  range.addEventListener("input", () => held && range.addEventListener("pointerrawupdate", raw));
  for (const type of ["pointerup", "pointercancel", "change"]) range.addEventListener(type, release);
  return () => held;
}

/** The position whose thumb has its middle under the pointer. @param {HTMLInputElement} range @param {PointerEvent} event */
function positionUnder(range, { clientX }) {
  const { left, width } = range.getBoundingClientRect();
  // While one presents, the panels are enlarged: the thumb's own pixels are not those of the page.
  const enlarged = width / range.offsetWidth;
  const thumb = enlarged * parseFloat(getComputedStyle(range).getPropertyValue("--ov-thumb"));
  const share = (clientX - left - thumb / 2) / (width - thumb);
  return Math.round(Math.min(Math.max(share, 0), 1) * Number(range.max));
}
