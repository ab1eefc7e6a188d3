/** Two fingers on the picture zoom and move it: it follows them at once, and is drawn anew when they leave. */

import { pixelIn } from "../look/box.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {Window} from "../plane/window.js" */

/** @typedef {{x: number, y: number, apart: number}} Grip  The middle of two fingers, and their distance. */

/** Fingers that lie closer, in pixels, count as this far apart; and how much one gesture may zoom. */
const LEAST_APART = 24;
const MOST = 20;

/**
 * @param {HTMLElement} element
 * @param {{frame: () => Frame | null, show: (window: Window) => Promise<unknown>, onFrame: () => void}} axes
 * @returns {() => Frame | null}  where the axes are during the gesture, null at other times
 */
export function pinch(element, { frame, show, onFrame }) {
  /** @type {{frame: Frame, grip: Grip} | null} */
  let begun = null;
  /** @type {Frame | null} */
  let now = null;

  /** @param {TouchEvent} event */
  function begin(event) {
    // The surface in 3-D has gestures of its own.
    if (/** @type {Element} */ (event.target).closest(".ov-space")) return;
    if (element.classList.contains("ov-in-space")) return;
    // Plotly would take a finger for a drag of the axes; unseen by it, one finger scrolls the page.
    event.stopPropagation();
    const axes = frame();
    if (event.touches.length !== 2 || !event.cancelable || !axes || now) return;
    event.preventDefault();
    element.classList.add("ov-pinched");
    begun = { frame: axes, grip: gripOf(element, event.touches) };
  }

  /** @param {TouchEvent} event */
  function follow(event) {
    if (!begun || event.touches.length !== 2) return;
    event.preventDefault();
    const grip = gripOf(element, event.touches);
    now = { ...begun.frame, ...moved(begun.frame, begun.grip, grip) };
    drag(element, begun.frame, begun.grip, grip);
    onFrame();
  }

  /** @param {Event} event */
  async function end({ type }) {
    if (!begun) return;
    begun = null;
    if (now && type === "touchend") await show({ x: now.x, y: now.y });
    now = null;
    element.classList.remove("ov-pinched");
    contours(element)?.removeAttribute("transform");
    onFrame();
  }

  element.addEventListener("touchstart", begin, { capture: true, passive: false });
  element.addEventListener("touchmove", follow, { passive: false });
  for (const type of ["touchend", "touchcancel"]) element.addEventListener(type, end);
  return () => now;
}

/** @param {HTMLElement} element @param {TouchList} touches @returns {Grip} */
function gripOf(element, [a, b]) {
  const [[u, v], [x, y]] = [pixelIn(element, a), pixelIn(element, b)];
  const apart = Math.max(Math.hypot(u - x, v - y), LEAST_APART);
  return { x: (u + x) / 2, y: (v + y) / 2, apart };
}

/** @param {Grip} from @param {Grip} to */
function zoomOf(from, to) {
  return Math.min(Math.max(to.apart / from.apart, 1 / MOST), MOST);
}

/**
 * Return what the axes show when what was under the fingers is still there.
 *
 * @param {Frame} frame
 * @param {Grip} from
 * @param {Grip} to
 * @returns {Window}
 */
function moved({ left, top, width, height, x, y }, from, to) {
  const zoom = zoomOf(from, to);
  /** @param {[number, number]} range @param {number} before @param {number} after  shares of the length @returns {[number, number]} */
  const shifted = ([low, high], before, after) => {
    const length = (high - low) / zoom;
    const first = low + before * (high - low) - after * length;
    return [first, first + length];
  };
  return {
    x: shifted(x, (from.x - left) / width, (to.x - left) / width),
    y: shifted(y, 1 - (from.y - top) / height, 1 - (to.y - top) / height),
  };
}

/** Move the contour as it is drawn. @param {HTMLElement} element @param {Frame} frame @param {Grip} from @param {Grip} to */
function drag(element, { left, top }, from, to) {
  const zoom = zoomOf(from, to);
  const right = to.x - left - zoom * (from.x - left);
  const down = to.y - top - zoom * (from.y - top);
  contours(element)?.setAttribute("transform", `translate(${right} ${down}) scale(${zoom})`);
}

/** @param {HTMLElement} element */
function contours(element) {
  return element.querySelector(".ov-plot .contourlayer");
}
