/** A cross-hair over a hyperparameter map: a slider of two values, by pointer, finger and keys. */

import { h } from "./dom.js";
import { shareOf, valueAt } from "./mapaxis.js";
import { typeable } from "./numbers.js";

/** @import {Axes} from "./ratepicture.js" */
/** @import {Store} from "./store.js" */
/** @import {Race} from "./types.js" */

/** Shares of a side that an arrow key moves it, and with the shift key. */
const NUDGE = 1 / 200;
const LEAP = 1 / 20;
/** Where keys move it: by how many nudges across and up; infinitely many lead to the end. */
const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
  PageUp: [0, Infinity],
  PageDown: [0, -Infinity],
});

/**
 * @param {Store} store
 * @param {() => Axes} axes
 * @returns {{element: HTMLElement, update: () => void}}
 */
export function crossHair(store, axes) {
  const element = h("div", { class: "ov-crosshair", role: "slider", tabIndex: 0 }, h("span", { class: "ov-crosshair-ring" }));
  element.setAttribute("aria-roledescription", "point; the arrow keys move it");

  /** @param {number} across @param {number} up @returns {(race: Race) => Race} */
  const to = (across, up) => {
    const sides = axes();
    return (race) => sides.up.set(sides.across.set(race, across), up);
  };

  /** @param {PointerEvent} event */
  function under(event) {
    const [u, v] = sharesUnder(element, event);
    const { across, up } = axes();
    return to(valueAt(across, u), valueAt(up, v));
  }

  const foresee = (/** @type {Event} */ event) => store.foresee(under(/** @type {PointerEvent} */ (event)));

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    element.addEventListener("pointerrawupdate", foresee);
    store.change(under(event), { commit: false });
  });
  element.addEventListener("pointermove", (event) => {
    if (element.hasPointerCapture(event.pointerId)) store.change(under(event), { commit: false });
  });
  element.addEventListener("lostpointercapture", () => {
    element.removeEventListener("pointerrawupdate", foresee);
    store.change((race) => race);
  });
  element.addEventListener("dblclick", () => {
    const { across, up } = axes();
    store.change(to(across.standard(), up.standard()));
  });
  element.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    // These keys also move the play-head, and scroll.
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? LEAP : NUDGE;
    store.change(nudged(axes(), move, by), { commit: false });
  });
  element.addEventListener("keyup", (event) => {
    if (event.key in MOVES) store.change((race) => race);
  });

  return {
    element,
    update() {
      const { across, up } = axes();
      const [x, y] = [across.get(store.race), up.get(store.race)];
      element.style.setProperty("--ov-across", within(shareOf(across, x)).toFixed(4));
      element.style.setProperty("--ov-up", within(shareOf(up, y)).toFixed(4));
      element.setAttribute("aria-label", `${store.lane(store.view.chosen).label}: ${across.meaning} and ${up.meaning}`);
      element.setAttribute("aria-valuenow", String(x));
      element.setAttribute("aria-valuemin", String(across.range[0]));
      element.setAttribute("aria-valuemax", String(across.range[1]));
      element.setAttribute("aria-valuetext", `${across.meaning} ${typeable(x)}, ${up.meaning} ${typeable(y)}`);
    },
  };
}

/**
 * Return the edit that moves the values along their sides; one that stays keeps all its digits.
 *
 * @param {Axes} axes
 * @param {[number, number]} move
 * @param {number} by
 * @returns {(race: Race) => Race}
 */
function nudged({ across, up }, [right, upwards], by) {
  const [axis, steps] = right ? [across, right] : [up, upwards];
  return (race) => axis.set(race, valueAt(axis, within(shareOf(axis, axis.get(race))) + steps * by));
}

/**
 * Return which shares of the sides the pointer is at; what lies outside has less than 0 or more than 1.
 *
 * @param {HTMLElement} element
 * @param {MouseEvent} event
 * @returns {[number, number]}
 */
export function sharesUnder(element, { clientX, clientY }) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [(clientX - left) / width, 1 - (clientY - top) / height];
}

/** @param {number} share */
function within(share) {
  return Math.min(Math.max(share || 0, 0), 1);
}
