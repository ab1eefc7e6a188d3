/** A cross-hair over a map or a chart: a slider of two values or one, by pointer, finger and keys. */

import { listen } from "../base/listening.js";
import { MOVES, moveOf } from "../controls/arrows.js";
import { h } from "../base/dom.js";
import { sharesIn } from "../look/box.js";
import { exactAt, shareOf, valueAt } from "./mapaxis.js";
import { clamp, typeable } from "../scales/numbers.js";

/** @import {MapAxis} from "./mapaxis.js" */
/** @import {Race, Store} from "../state/types.js" */

/** @typedef {{across: MapAxis, up?: MapAxis}} Axes  of two values, or of one across only */

/** Shares of a side that an arrow key moves it, and with the shift key. */
const NUDGE = 1 / 200;
const LEAP = 1 / 20;
/** Digits that are heard. */
const SPOKEN = 6;

/**
 * @param {Store} store
 * @param {() => Axes} axes
 * @param {object} map  what is below it
 * @param {(shares: [number, number]) => string[]} map.words  what there is at shares of the sides, their values first
 * @param {(shares: [number, number]) => [number, number] | null} map.cell  the middle of the cell there, if there is one
 */
export function crossHair(store, axes, { words, cell }) {
  const ring = h("span", { class: "ov-crosshair-ring" });
  const element = h("div", { class: "ov-crosshair", role: "slider", tabIndex: 0 }, ring);
  element.setAttribute("aria-roledescription", "point; the arrow keys move it");

  /** @param {(axis: MapAxis, side: 0 | 1) => number} value  of each side @returns {(race: Race) => Race} */
  const to = (value) => {
    const { across, up } = axes();
    const first = value(across, 0);
    const second = up && value(up, 1);
    return (race) => {
      const moved = across.set(race, first);
      return up && second !== undefined ? up.set(moved, second) : moved;
    };
  };

  /** @param {MouseEvent} event */
  function under(event) {
    const shares = sharesIn(element.getBoundingClientRect(), [event.clientX, event.clientY]);
    return to((axis, side) => valueAt(axis, shares[side]));
  }

  /** The values of the cell that is pointed at, with all digits: what was read of it is what comes. @param {MouseEvent} event */
  function picked(event) {
    const shares = cell(sharesIn(element.getBoundingClientRect(), [event.clientX, event.clientY]));
    return shares ? to((axis, side) => exactAt(axis, shares[side])) : under(event);
  }

  const foresee = (/** @type {PointerEvent} */ event) => store.foresee(under(event));
  let deaf = () => {};

  element.addEventListener("pointerdown", (event) => {
    // A finger beside the ring may be about to scroll: a tap is a click.
    if (event.button !== 0 || (event.pointerType === "touch" && event.target !== ring)) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    deaf = listen(element, "pointerrawupdate", foresee);
    store.change(picked(event), { commit: false });
  });
  element.addEventListener("pointermove", (event) => {
    if (element.hasPointerCapture(event.pointerId)) store.change(under(event), { commit: false });
  });
  element.addEventListener("click", (event) => {
    const { pointerType } = /** @type {PointerEvent} */ (event);
    if (pointerType === "touch" && event.target !== ring) store.change(picked(event));
  });
  element.addEventListener("pointercancel", () => store.restore());
  element.addEventListener("lostpointercapture", () => {
    deaf();
    if (store.held) store.change((race) => race);
  });
  element.addEventListener("dblclick", () => store.change(to((axis) => axis.standard())));
  element.addEventListener("keydown", (event) => {
    const move = moveOf(event, MOVES);
    if (!move) return;
    // These keys also move the play-head, and scroll.
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? LEAP : NUDGE;
    store.change(nudged(axes(), move, by), { commit: false });
  });
  element.addEventListener("keyup", (event) => {
    if (event.key in MOVES) store.change((race) => race);
  });

  /** Where the values are, in shares of the sides. @returns {[number, number]} */
  function shares() {
    const { across, up } = axes();
    return [placeOn(across, across.get(store.race)), up ? placeOn(up, up.get(store.race)) : 0];
  }

  return {
    element,
    shares,
    update() {
      const { across, up } = axes();
      const sides = up ? [across, up] : [across];
      const values = sides.map((axis) => axis.get(store.race));
      sides.forEach((axis, i) => {
        const place = placeOn(axis, values[i]).toFixed(4);
        element.style.setProperty(["--ov-across", "--ov-up"][i], place);
      });
      const names = sides.map(({ meaning }) => meaning);
      element.setAttribute("aria-label", `${store.lane(store.view.chosen).label}: ${names.join(" and ")}`);
      element.setAttribute("aria-valuenow", String(values[0]));
      element.setAttribute("aria-valuemin", String(across.range[0]));
      element.setAttribute("aria-valuemax", String(across.range[1]));
      const told = names.map((name, i) => `${name} ${typeable(Number(values[i].toPrecision(SPOKEN)))}`).join(", ");
      const [, ...outcome] = words(shares());
      element.setAttribute("aria-valuetext", [told, ...outcome].join("; "));
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
  const [axis, steps] = right || !up ? [across, right || upwards] : [up, upwards];
  return (race) => axis.set(race, valueAt(axis, placeOn(axis, axis.get(race)) + steps * by));
}

/** How far along a side a value is shown. @param {MapAxis} axis @param {number} value */
function placeOn(axis, value) {
  return clamp(shareOf(axis, value) || 0, 0, 1);
}
