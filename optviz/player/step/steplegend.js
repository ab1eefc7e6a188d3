/** Names what is drawn about the point of a step, in a corner of the picture. */

import { fill, h, parsed } from "../base/dom.js";
import { signOf } from "./vectors.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {Kind} from "./vectors.js" */

/** @typedef {{kind: Kind | null, text: string}} Entry  `kind` null: words about all of it. */

/** @param {HTMLElement} element  the picture @param {HTMLElement} place  within it */
export function legend(element, place) {
  const list = h("ul", { class: "ov-legend", "aria-label": "Legend", hidden: true });
  place.append(list);
  return {
    /** At the bottom; in space, where numbers stand there, at the top. @param {Frame} frame */
    place({ left, top, width, height, lens }) {
      list.style.left = `${left + 6}px`;
      list.style.top = lens ? `${top + 6}px` : "auto";
      list.style.bottom = lens ? "auto" : `${element.clientHeight - top - height + 6}px`;
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
