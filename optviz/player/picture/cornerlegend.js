/** A legend in a corner of the picture that is named by a lane, and said in words once it has stayed. */

import { fill, h, parsed } from "../base/dom.js";
import { saying } from "../controls/saying.js";
import { markerSvg } from "../look/palette.js";

/** @import {Store} from "../state/types.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} place
 * @param {string} name  its class
 * @param {() => string} words  what is said
 * @param {...Node} children  what stands under its title
 */
export function cornerLegend(store, place, name, words, ...children) {
  const title = h("p", { class: "ov-row ov-legend-title", "aria-hidden": "true" });
  const box = h("div", { class: `ov-legend ov-legend-block ${name}`, hidden: true }, title, ...children);
  const { element, say, hush, destroy } = saying(store, words);
  place.append(box, element);

  return {
    box,
    say,
    /** @param {number} lane @param {string} text */
    entitle(lane, text) {
      const look = store.lookOf(lane);
      fill(title, `${look} ${text}`, () => [parsed(markerSvg(look)), h("span", { class: "ov-cut" }, text)]);
    },
    hide() {
      box.hidden = true;
      hush();
    },
    destroy,
  };
}
