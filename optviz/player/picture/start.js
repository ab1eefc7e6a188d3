/** The start point: a handle to drag, or to move with the arrow keys. */

import { listen } from "../base/listening.js";
import { MOVES, moveOf } from "../controls/arrows.js";
import { h, parsed, setText } from "../base/dom.js";
import { recalled, remember } from "../base/memory.js";
import { pixelIn } from "../look/box.js";
import { clamp, readable, roundAbove } from "../scales/numbers.js";
import { placeOf, WAY } from "./startmark.js";
import { scales, toPlane } from "../plane/frame.js";

/** @import {Layers} from "../look/layers.js" */
/** @import {Frame} from "../plane/frame.js" */
/** @import {Store} from "../state/types.js" */

/** That it has been dragged once in this browser: who knows how needs no hint. */
const DRAGGED = "optviz.dragged";
/** An arrow key moves the start to the next round number that is at least so many pixels away, about so many with the shift key. */
const NUDGE = 4;
const LEAP = 40;
/** Within such a share of a step a number is on the grid; so many digits are free of rounding. */
const ALMOST = 1e-6;
const DIGITS = 12;
/** A finger hides what is under it: once it has moved a little, the start stays this far above it, in pixels. */
const LIFT = 48;
const LIFTED_AFTER = 24;

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {Layers} layers
 * @param {() => Frame | null} frame  where the axes are now
 */
export function startHandle(store, element, layers, frame) {
  const hint = h("span", { class: "ov-start-hint", "aria-hidden": "true" }, "drag me");
  const handle = h("div", { class: "ov-start", role: "slider", tabIndex: 0, "aria-label": "Start point" }, hint);
  // To where it is, while that is outside.
  const way = parsed(`<svg class="ov-start-way" viewBox="-22 -22 44 44" aria-hidden="true"><path d="${WAY}"/></svg>`);
  handle.append(/** @type {Element} */ (way));
  handle.setAttribute("aria-roledescription", "point; the arrow keys move it");
  layers.place("start").append(handle);

  const first = store.race.start;
  handle.classList.toggle("ov-start-fresh", !recalled(DRAGGED));
  /** Where in the handle it was grabbed. @type {[number, number] | null} */
  let grip = null;
  /** Where it was grabbed, if by a finger, and how far up it has been lifted. @type {[number, number] | null} */
  let finger = null;
  let lift = 0;
  let deaf = () => {};

  /** Where the start is dragged to. @param {PointerEvent} event */
  function dragged(event) {
    const axes = frame();
    if (!grip || !axes) return null;
    const [u, v] = pixelIn(element, event);
    if (finger) lift = Math.max(lift, LIFT * Math.min(Math.hypot(u - finger[0], v - finger[1]) / LIFTED_AFTER, 1));
    return toPlane(axes, [u - grip[0], v - grip[1] - lift]);
  }

  /** @param {PointerEvent} event @param {boolean} commit */
  function drag(event, commit) {
    const start = dragged(event);
    if (start) store.change((race) => ({ ...race, start }), { commit });
  }

  /** The browser tells of a movement at the next frame, and to who asks for it at once. @param {PointerEvent} event */
  function foresee(event) {
    const start = dragged(event);
    if (start) store.foresee((race) => ({ ...race, start }));
  }

  /** @param {PointerEvent} event */
  function grab(event) {
    const axes = frame();
    if (event.button !== 0 || !axes || store.fixed) return;
    event.preventDefault();
    event.stopPropagation();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    const [u, v] = pixelIn(element, event);
    const [x, y] = placeOf(axes, store.race.start).at;
    grip = [u - x, v - y];
    finger = event.pointerType === "touch" ? [u, v] : null;
    lift = 0;
    handle.classList.toggle("ov-start-held", finger !== null);
    deaf = listen(handle, "pointerrawupdate", foresee);
  }

  /** @param {Event} event */
  function release(event) {
    if (event.type === "pointerup") {
      if (grip && store.race.start !== first) remember(DRAGGED, "yes");
      drag(/** @type {PointerEvent} */ (event), true);
    } else store.restore();
    grip = null;
    handle.classList.remove("ov-start-held");
    deaf();
  }

  /** Two fingers are for the whole picture, wherever they are put. @param {TouchEvent} event */
  function giveWay(event) {
    if (grip && event.touches.length > 1) release(event);
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const [right, up] = moveOf(event, MOVES) ?? [0, 0];
    const axes = frame();
    if (!(right || up) || !axes || store.fixed) return;
    // These keys also move the play-head.
    event.preventDefault();
    event.stopPropagation();
    const start = nudged(store.race.start, axes, [right, up], event.shiftKey ? LEAP : NUDGE);
    store.change((race) => ({ ...race, start }), { commit: false });
  }

  function update() {
    const axes = frame();
    if (!axes) return;
    if (store.race.start !== first) handle.classList.remove("ov-start-fresh");
    const { at: [x, y], turn } = placeOf(axes, store.race.start);
    handle.classList.toggle("ov-start-outside", turn !== null);
    handle.style.setProperty("--ov-turn", `${turn ?? 0}rad`);
    // At the border it says nothing, as the start is not there, and over a legend it would hide that.
    const legend = store.view.show.some((what) => what === "basins" || what === "seeds");
    hint.hidden = store.fixed || (!grip && (turn !== null || legend));
    handle.setAttribute("aria-disabled", String(store.fixed));
    handle.style.transform = `translate(${x}px, ${y}px)`;
    const [u, v] = store.race.start;
    handle.setAttribute("aria-valuenow", String(clamp(u, ...axes.x)));
    handle.setAttribute("aria-valuemin", String(axes.x[0]));
    handle.setAttribute("aria-valuemax", String(axes.x[1]));
    const outside = turn === null ? "" : ", outside the picture";
    handle.setAttribute("aria-valuetext", `x ${readable(u)}, y ${readable(v)}${outside}`);
    const where = `(${readable(u)}, ${readable(v)})`;
    handle.title = `Start ${where}${outside}${store.fixed ? `, locked${store.locked ? " (j)" : ""}` : ""}`;
    if (finger && grip) setText(hint, where);
  }

  handle.addEventListener("pointerdown", grab);
  handle.addEventListener("pointermove", (event) => drag(event, false));
  listen(handle, ["pointerup", "pointercancel"], release);
  element.addEventListener("touchstart", giveWay, { capture: true, passive: true });
  handle.addEventListener("keydown", press);
  handle.addEventListener("keyup", (event) => {
    if (event.key in MOVES) store.change((race) => race);
  });
  return { update };
}

/**
 * @param {[number, number]} start
 * @param {Frame} axes
 * @param {[number, number]} way  -1, 0 or 1 along each axis
 * @param {number} far  pixels
 * @returns {[number, number]}
 */
function nudged([u, v], axes, [right, up], far) {
  const [{ factor: across }, { factor: down }] = scales(axes);
  return [next(u, right, axes.x, far / across), next(v, up, axes.y, far / Math.abs(down))];
}

/** @param {number} value @param {number} way @param {[number, number]} range  what is shown @param {number} least */
function next(value, way, range, least) {
  if (way === 0) return value;
  // Infinitely far leads to the edge of what is shown.
  if (!Number.isFinite(way)) return clamp(way, ...range);
  const step = roundAbove(least);
  const count = value / step;
  const close = Math.round(count);
  const from = Math.abs(count - close) < ALMOST ? close : way > 0 ? Math.floor(count) : Math.ceil(count);
  return Number(((from + way) * step).toPrecision(DIGITS));
}
