/** The buttons of the map beside the race: which part of it is shown, how large, and where its best cell is. */

import { h } from "../base/dom.js";
import { together } from "../base/listening.js";
import { press } from "../controls/switch.js";
import { glyphButton } from "../look/glyphs.js";

/**
 * @param {object} acts
 * @param {(steps: number) => void} acts.turn  zoom, inwards if positive
 * @param {() => void} acts.leave  show all of it
 * @param {() => void} acts.takeBest
 * @param {ReturnType<typeof enlargeable>} acts.enlarging
 */
export function mapButtons({ turn, leave, takeBest, enlarging }) {
  const large = h("button", { type: "button", class: "ov-toggle", title: "As large as the picture, over it", on: { click: () => press(large, enlarging.flip()) } }, "Large");
  const best = h("button", { type: "button", class: "ov-button", title: "Take the values of the cell that converges first (Shift+B)", on: { click: takeBest } }, "Best cell");
  enlarging.onEnd(() => press(large, false));
  const closer = glyphButton("plus", "Zoom into the map", () => turn(1));
  const farther = glyphButton("minus", "Zoom out of the map", () => turn(-1));
  const whole = glyphButton("home", "Show the whole map", leave);
  return h("div", { class: "ov-row ov-ratemap-buttons" }, best, closer, farther, whole, large);
}

/**
 * Lets the section that something is in take the place of the picture, and give it back.
 *
 * @param {HTMLElement} within
 */
export function enlargeable(within) {
  /** @type {(() => void)[]} */
  const ends = [];
  /** @type {(() => void)} */
  let ended = () => {};

  function begin() {
    const section = /** @type {HTMLElement} */ (within.closest("section"));
    const stage = section.closest(".ov")?.querySelector(".ov-stage");
    if (!stage) return false;
    const lay = () => {
      const { left, top, width, height } = stage.getBoundingClientRect();
      Object.assign(section.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    };
    // The top layer: nothing about it can clip it, and it stays where it is in the page for those who hear it.
    section.popover = "manual";
    section.classList.add("ov-large");
    section.showPopover();
    lay();
    const watching = new ResizeObserver(lay);
    watching.observe(stage);
    const escape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end();
    };
    section.addEventListener("keydown", escape);
    addEventListener("scroll", lay, true);
    ends.push(
      () => watching.disconnect(),
      () => section.removeEventListener("keydown", escape),
      () => removeEventListener("scroll", lay, true),
      () => {
        section.hidePopover();
        section.popover = null;
        section.classList.remove("ov-large");
        section.removeAttribute("style");
      },
    );
    return true;
  }

  function end() {
    together(...ends.splice(0))();
    ended();
  }

  return {
    isLarge: () => ends.length > 0,
    /** @returns {boolean}  whether it is large then */
    flip() {
      if (!ends.length) return begin();
      end();
      return false;
    },
    /** @param {() => void} listener */
    onEnd(listener) {
      ended = listener;
    },
    end,
    destroy: end,
  };
}
