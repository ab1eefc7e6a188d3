/** What a pointer is told by resting on something, keys are told by reaching it and fingers by a tap or a long press. */

import { h, setText } from "../base/dom.js";
import { listen, together } from "../base/listening.js";

const GAP = 6;
/** So long, in ms, the focus must have stayed: who walks on by keys is told nothing. */
const REST = 600;
const USED = "button, input, select, a, summary, [role=slider], label";

/**
 * @param {HTMLElement} root  all of which that has a title is explained by it
 * @returns {() => void}  ends it
 */
export function explaining(root) {
  // The title is its description already: it is not told twice to those who hear the page.
  const tip = h("div", { class: "ov-explanation", popover: "manual", "aria-hidden": "true" });
  root.append(tip);
  let timer = 0;

  function hide() {
    clearTimeout(timer);
    if (tip.matches(":popover-open")) tip.hidePopover();
  }

  /** @param {HTMLElement} element */
  function show(element) {
    hide();
    if (!element.title || !element.isConnected) return;
    setText(tip, element.title);
    tip.showPopover();
    const box = element.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const zoom = tip.currentCSSZoom ?? 1;
    const below = box.bottom + GAP + height <= window.innerHeight;
    tip.style.left = `${Math.max(GAP, Math.min(box.left, window.innerWidth - width - GAP)) / zoom}px`;
    tip.style.top = `${(below ? box.bottom + GAP : box.top - GAP - height) / zoom}px`;
  }

  /** What of the page explains a place in it. @param {EventTarget | null} target */
  const titled = (target) => /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest?.("[title]"));

  const focused = (/** @type {FocusEvent} */ { target }) => {
    hide();
    const element = titled(target);
    // Before an audience nothing covers the picture unasked.
    if (!element || root.classList.contains("ov-presenting") || !(/** @type {Element} */ (target).matches(":focus-visible"))) return;
    timer = window.setTimeout(() => show(element), REST);
  };
  const tapped = (/** @type {MouseEvent} */ event) => {
    const { pointerType, target } = /** @type {PointerEvent} */ (event);
    const element = pointerType === "touch" && !(/** @type {Element} */ (target).closest(USED)) ? titled(target) : null;
    if (element) show(element);
  };
  const pressed = (/** @type {MouseEvent} */ event) => {
    const { pointerType, target } = /** @type {PointerEvent} */ (event);
    const element = pointerType === "touch" ? titled(target) : null;
    if (!element) return;
    event.preventDefault();
    show(element);
  };
  return together(
    listen(root, "focusin", focused),
    listen(root, "focusout", hide),
    listen(root, "click", tapped),
    listen(root, "contextmenu", pressed),
    listen(document, ["pointerdown", "keydown"], hide, { capture: true }),
    listen(window, "scroll", hide, { capture: true }),
    () => tip.remove(),
  );
}
