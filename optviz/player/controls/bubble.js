/** A sentence beside a control, above everything else, so that it moves nothing; it goes with the next act. */

import { freshId, h, setText } from "../base/dom.js";

const GAP = 4;

/**
 * @param {HTMLElement} control
 * @param {() => void} onGone  told when the reader has done something else
 */
export function bubble(control, onGone) {
  const element = h("div", { class: "ov-bubble", id: freshId(), role: "status", popover: "manual" });
  let listening = new AbortController();

  /** @param {string} sentence  none takes the one before away */
  function say(sentence) {
    listening.abort();
    setText(element, sentence);
    if (element.matches(":popover-open")) element.hidePopover();
    if (sentence === "" || !element.isConnected) return;
    element.showPopover();
    follow();
    listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, go, options);
    for (const type of ["scroll", "resize"]) window.addEventListener(type, follow, options);
  }

  function go() {
    say("");
    onGone();
  }

  /** Below the control and as far right; above it where there is no room below. */
  function follow() {
    const box = control.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = element;
    const below = box.bottom + GAP + height <= window.innerHeight;
    element.style.left = `${Math.max(GAP, box.right - width)}px`;
    element.style.top = `${below ? box.bottom + GAP : box.top - GAP - height}px`;
  }

  return { element, say };
}
