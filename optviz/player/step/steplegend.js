/** Names what is drawn about the point of a step, in a corner of the picture. */

import { fill, h, parsed } from "../base/dom.js";
import { signOf } from "./vectors.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {Kind} from "./vectors.js" */

/** @typedef {{kind: Kind | null, text: string}} Entry  `kind` null: words about all of it. */

/** Arrows about a point may reach so far, as a share of the picture's height. */
const NEAR = 0.3;

/** @param {HTMLElement} element  the picture @param {HTMLElement} place  within it */
export function legend(element, place) {
  const list = h("ul", { class: "ov-legend", "aria-label": "Legend", hidden: true });
  place.append(list);
  let high = false;
  return {
    /**
     * At the bottom, or at the top if the point is down there; it stays where it is until it would hide that.
     * In space numbers stand at the bottom; at the top other legends may.
     *
     * @param {Frame} frame
     * @param {{y: number, taken: boolean}} options  of the point, in pixels; whether the top is taken
     */
    place({ left, top, width, height, lens }, { y, taken }) {
      const down = (y - top) / height;
      if (down > 1 - NEAR || down < NEAR) high = down > 1 - NEAR;
      const up = lens !== undefined || (high && !taken);
      list.style.left = `${left + 6}px`;
      list.style.top = up ? `${top + 6}px` : "auto";
      list.style.bottom = up ? "auto" : `${element.clientHeight - top - height + 6}px`;
      list.style.maxWidth = `${width - 12}px`;
    },
    /** @param {Entry[]} entries @param {boolean} dark */
    show(entries, dark) {
      if (list.hidden !== (entries.length === 0)) list.hidden = entries.length === 0;
      fill(list, JSON.stringify([entries, dark]), () =>
        entries.map(({ kind, text }) => h("li", {}, kind && parsed(signOf(kind, dark)), text)),
      );
    },
  };
}
