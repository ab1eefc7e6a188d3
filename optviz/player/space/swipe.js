/** A finger in the picture in space: one that goes up or down scrolls the page, one that goes aside turns the surface. */

import { listen, together } from "../base/listening.js";

/** So far, in pixels, a finger goes before it is known which way. */
const KNOWN = 6;

/**
 * Plotly takes every touch for a turn, and keeps the page from scrolling: it is told of one once it is one.
 *
 * @param {HTMLElement} box  around Plotly's canvas; its style leaves vertical movements to the browser
 * @returns {() => void}  ends it
 */
export function swipes(box) {
  /** What has begun, while it is not known which way it goes. @type {TouchEvent | null} */
  let begun = null;
  let scrolls = false;
  let told = false;

  /** @param {TouchEvent} event */
  function begin(event) {
    if (told) return;
    scrolls = false;
    if (event.touches.length > 1) return void tell();
    begun = event;
    event.stopPropagation();
  }

  /** @param {TouchEvent} event */
  function move(event) {
    if (begun) {
      const [before, now] = [begun.touches[0], event.touches[0]];
      const [right, down] = [Math.abs(now.clientX - before.clientX), Math.abs(now.clientY - before.clientY)];
      if (Math.max(right, down) >= KNOWN) {
        scrolls = down > right;
        if (scrolls) begun = null;
        else tell();
      }
    }
    if (begun || scrolls) event.stopPropagation();
  }

  /** Let Plotly know of what has begun. */
  function tell() {
    const event = begun;
    begun = null;
    if (!event) return;
    told = true;
    const { touches, targetTouches, changedTouches } = event;
    const lists = { touches: [...touches], targetTouches: [...targetTouches], changedTouches: [...changedTouches] };
    event.target?.dispatchEvent(new TouchEvent("touchstart", { ...lists, bubbles: true, cancelable: true }));
    told = false;
  }

  const early = { capture: true, passive: true };
  return together(
    listen(box, "touchstart", begin, early),
    listen(box, "touchmove", move, early),
    listen(box, ["touchend", "touchcancel"], () => (begun = null), early),
  );
}
