/** A sentence beside a control, above everything else, so that it moves nothing; it goes with the next act. */

import { listen, together } from "../base/listening.js";
import { freshId, h, setText } from "../base/dom.js";

const GAP = 4;

/**
 * @param {HTMLElement} control
 * @param {() => void} onGone  told when the reader has done something else
 */
export function bubble(control, onGone) {
  const element = h("div", { class: "ov-bubble", id: freshId(), role: "status", popover: "manual" });
  let deaf = () => {};

  /** @param {string} sentence  none takes the one before away */
  function say(sentence) {
    deaf();
    setText(element, sentence);
    if (element.matches(":popover-open")) element.hidePopover();
    if (sentence === "" || !element.isConnected) return;
    element.showPopover();
    const capture = { capture: true };
    deaf = together(listen(document, ["pointerdown", "keydown"], go, capture), listen(window, ["scroll", "resize"], place, capture));
    place();
  }

  function go() {
    say("");
    onGone();
  }

  /** Below the control and as far right; above it where there is no room below. */
  function place() {
    const box = control.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    const below = box.bottom + GAP + height <= window.innerHeight;
    // Its own pixels may be larger than the window's.
    const zoom = element.currentCSSZoom ?? 1;
    element.style.left = `${Math.max(GAP, box.right - width) / zoom}px`;
    element.style.top = `${(below ? box.bottom + GAP : box.top - GAP - height) / zoom}px`;
  }

  return { element, say };
}
