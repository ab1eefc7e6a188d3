/** Marks on the scrubber: the steps at which the run changes. */

import { follow, together } from "../base/listening.js";
import { fill, h } from "../base/dom.js";

/** @import {Store} from "../state/store.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} rail  what the scrubber fills
 * @returns {() => void}  takes the marks away
 */
export function changeMarks(store, rail) {
  const marks = h("div", { class: "ov-marks", "aria-hidden": "true" });
  rail.append(marks);
  const update = () => {
    const { changes, steps } = store.race;
    const places = new Set([...changes.map(({ step }) => step), ...(store.pinned === null ? [] : [store.pinned])]);
    fill(marks, `${[...places]} ${steps} ${store.pinned}`, () => {
      const shown = [...places].filter((step) => step <= steps);
      return shown.map((step) => mark(step / steps, step === store.pinned));
    });
  };
  return together(follow(store, ["race", "panels"], update), () => marks.remove());
}

/** @param {number} share @param {boolean} pinned */
function mark(share, pinned) {
  const element = h("span", { class: pinned ? "ov-mark ov-pinned" : "ov-mark" });
  element.style.setProperty("--ov-at", String(share));
  return element;
}
