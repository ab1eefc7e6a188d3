/** What a pointer is told by resting on something, keys are told by reaching it and fingers by a tap or a long press. */

import { h, setText } from "../base/dom.js";
import { listen, together } from "../base/listening.js";

const GAP = 6;
/** So long, in ms, the focus must have stayed: who walks on by keys is told nothing. */
const REST = 600;
/** So long, in ms, a finger rests on what is to be explained, and so little, in px, it moves meanwhile. */
const HOLD = 500;
const STILL = 10;
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
  /** Whether a finger has been held on something, and what it did since is part of that. */
  let held = false;

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
  const titled = (target) => /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest?.("[title]:not([title=''])"));

  const focused = (/** @type {FocusEvent} */ { target }) => {
    // A finger that was lifted may leave the focus behind.
    if (held) return;
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
  /** Not every browser tells of a long press: it is what a finger does that stays where it is. @param {PointerEvent} event */
  const pressed = ({ pointerType, isPrimary, target, clientX, clientY }) => {
    held = false;
    // What is dragged is held, too.
    const dragged = /** @type {Element} */ (target).closest("[role=slider], input[type=range]");
    const element = pointerType === "touch" && isPrimary && !dragged ? titled(target) : null;
    if (!element) return;
    const hold = window.setTimeout(() => {
      held = true;
      show(element);
    }, HOLD);
    const moved = (/** @type {PointerEvent} */ event) => Math.hypot(event.clientX - clientX, event.clientY - clientY) > STILL && lift();
    const lift = together(
      () => clearTimeout(hold),
      listen(document, ["pointerup", "pointercancel"], () => lift(), { capture: true }),
      listen(document, "pointermove", moved, { capture: true }),
    );
  };
  /** The browser's own menu would cover it. @param {MouseEvent} event */
  const own = (event) => {
    const { pointerType, target } = /** @type {PointerEvent} */ (event);
    if (pointerType === "touch" && titled(target)) event.preventDefault();
  };
  /** What was held to be explained is not used. @param {MouseEvent} event */
  const spared = (event) => {
    if (!held) return;
    held = false;
    event.preventDefault();
    event.stopPropagation();
  };
  return together(
    listen(root, "focusin", focused),
    listen(root, "focusout", hide),
    listen(root, "click", tapped),
    listen(root, "pointerdown", pressed, { capture: true }),
    listen(root, "contextmenu", own),
    listen(root, "click", spared, { capture: true }),
    listen(document, ["pointerdown", "keydown"], hide, { capture: true }),
    listen(document, "keydown", () => (held = false), { capture: true }),
    listen(window, "scroll", hide, { capture: true }),
    () => tip.remove(),
  );
}
