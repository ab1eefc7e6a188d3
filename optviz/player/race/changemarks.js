/** Marks on the scrubber: the steps at which the run changes. */

import { follow, together } from "../base/listening.js";
import { h } from "../base/dom.js";

/** @import {Store} from "../state/store.js" */

/**
 * Show on the scrubber where the run changes.
 *
 * @param {Store} store
 * @param {HTMLElement} rail  what the scrubber fills
 * @returns {() => void}  takes the marks away
 */
export function changeMarks(store, rail) {
  const marks = h("div", { class: "ov-marks", "aria-hidden": "true" });
  rail.append(marks);
  let drawn = "";
  const update = () => {
    const { changes, steps } = store.race;
    const places = new Set([...changes.map(({ step }) => step), ...(store.pinned === null ? [] : [store.pinned])]);
    const key = `${[...places]} ${steps} ${store.pinned}`;
    if (key === drawn) return;
    drawn = key;
    const shown = [...places].filter((step) => step <= steps);
    marks.replaceChildren(...shown.map((step) => mark(step / steps, step === store.pinned)));
  };
  return together(follow(store, ["race", "panels"], update), () => marks.remove());
}

/** @param {number} share @param {boolean} pinned */
function mark(share, pinned) {
  const element = h("span", { class: pinned ? "ov-mark ov-pinned" : "ov-mark" });
  element.style.setProperty("--ov-at", String(share));
  return element;
}
