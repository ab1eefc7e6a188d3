/** Streamlit's menu on a small screen: there while the top of the page is seen, so that it covers nothing that scrolls. */

import { follow } from "../base/listening.js";

/** What tells the style sheet that the top is out of sight. */
const SCROLLED = "data-ov-scrolled";
/** So far, in pixels, a page may be scrolled before that. */
const NEAR = 4;

/** @returns {() => void}  ends it */
export function menuAtTop() {
  const look = () => {
    const main = document.querySelector(".stMain")?.scrollTop ?? 0;
    document.body.toggleAttribute(SCROLLED, main + window.scrollY > NEAR);
  };
  // Scrolling does not bubble.
  return follow(document, "scroll", look, { capture: true, passive: true });
}
