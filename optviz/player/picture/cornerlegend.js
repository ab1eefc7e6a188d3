/** A legend in a corner of the picture that is named by a lane, and said in words once it has stayed. */

import { fill, h, parsed, setText } from "../base/dom.js";
import { markerSvg } from "../look/palette.js";

/** @import {Store} from "../state/types.js" */

/** How long it must have stayed before it is spoken of, in ms. */
const PAUSE = 700;

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
  const said = h("p", { class: "ov-hidden", role: "status" });
  place.append(box, said);
  let timer = 0;

  function speak() {
    if (store.held) say();
    else setText(said, words());
  }

  /** Say it in a while, if it has not changed by then. */
  function say() {
    clearTimeout(timer);
    timer = window.setTimeout(speak, PAUSE);
  }

  return {
    box,
    say,
    /** @param {number} lane @param {string} text */
    entitle: (lane, text) => fill(title, `${lane} ${text}`, () => [parsed(markerSvg(lane)), h("span", { class: "ov-cut" }, text)]),
    hide() {
      clearTimeout(timer);
      box.hidden = true;
      setText(said, "");
    },
    destroy: () => clearTimeout(timer),
  };
}
