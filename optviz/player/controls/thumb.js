/** The thumb of a slider: where it is drawn, whether a pointer holds it, where it will be next, how it is let go. */

import { listen } from "../base/listening.js";

/** @param {HTMLInputElement} range @param {string} heard  its value @param {number} position */
export function showThumb(range, heard, position) {
  range.valueAsNumber = position;
  range.style.setProperty("--ov-share", (position / Number(range.max)).toFixed(4));
  range.setAttribute("aria-valuetext", heard);
}

/**
 * Follow the pointer that holds the thumb. The browser moves a thumb once a frame; `onAhead` hears the
 * position of the next frame as soon as the pointer has moved, where the browser tells that
 * (`pointerrawupdate`, which needs a page served over HTTPS or from the same machine).
 *
 * @param {HTMLInputElement} range
 * @param {object} hears
 * @param {(position: number) => void} hears.onAhead
 * @param {() => void} hears.onRelease  told when a thumb that has moved is let go, wherever it is then: the
 *   browser tells of a change only, not of a thumb that is back where it was
 * @param {() => void} hears.onCancel  told when the browser takes a thumb that has moved away from the pointer
 * @returns {() => boolean}  whether a pointer holds the thumb
 */
export function holding(range, { onAhead, onRelease, onCancel }) {
  let held = false;
  let moved = false;
  let deaf = () => {};
  let stop = () => {};
  const raw = (/** @type {PointerEvent} */ event) => onAhead(positionUnder(range, event));
  const release = (/** @type {Event} */ { type }) => {
    held = false;
    stop();
    deaf();
    if (moved && type === "pointercancel") onCancel();
    else if (moved) onRelease();
    moved = false;
  };
  range.addEventListener("pointerdown", () => {
    held = true;
    stop();
    // A mouse may be anywhere by then.
    stop = listen(document, ["pointerup", "pointercancel"], release, { capture: true });
  });
  range.addEventListener("input", () => {
    moved = true;
    deaf();
    // Not before the thumb has moved: a finger may be about to scroll the page.
    if (held) deaf = listen(range, "pointerrawupdate", raw);
  });
  range.addEventListener("change", release);
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
