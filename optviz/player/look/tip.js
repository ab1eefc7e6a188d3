/** A tool tip beside a point of its place: above it and to its right, or wherever there is room. */

import { h } from "../base/dom.js";

/** @import {Box} from "./box.js" */

/**
 * Put a tip into `place`, which it does not leave.
 *
 * @param {HTMLElement} place
 * @param {{gap: number, rise: number, fall: number}} apart  pixels from the point: to the right, above, below
 */
export function tipIn(place, { gap, rise, fall }) {
  const tip = h("div", { class: "ov-tip", role: "tooltip", hidden: true });
  place.append(tip);
  return {
    /**
     * @param {readonly [number, number]} at  in pixels of the place
     * @param {Node[]} content
     * @param {Omit<Box, "height">} box  within which it stays
     */
    show([x, y], content, { left, top, width }) {
      tip.replaceChildren(...content);
      tip.hidden = false;
      const room = Math.max(left, left + width - tip.offsetWidth);
      const above = y - tip.offsetHeight - rise;
      tip.style.transform = `translate(${Math.min(Math.max(x + gap, left), room)}px, ${above < top ? y + fall : above}px)`;
    },
    hide() {
      tip.hidden = true;
    },
  };
}
