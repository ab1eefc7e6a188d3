/** Marks on the scrubber: the steps at which the run changes. */

import { follow } from "../base/listening.js";
import { fill, h } from "../base/dom.js";

/** @import {Store} from "../state/types.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} rail  what the scrubber fills
 * @returns {() => void}  ends it
 */
export function changeMarks(store, rail) {
  const marks = h("div", { class: "ov-marks", "aria-hidden": "true" });
  rail.append(marks);
  return follow(store, ["race", "panels"], () => {
    const { changes, steps } = store.race;
    const places = new Set([...changes.map(({ step }) => step), ...(store.pinned === null ? [] : [store.pinned])]);
    fill(marks, `${[...places]} ${steps} ${store.pinned}`, () => {
      const shown = [...places].filter((step) => step <= steps);
      return shown.map((step) => {
        const look = step === store.pinned ? "ov-mark ov-pinned" : "ov-mark";
        return h("span", { class: look, style: `--ov-at: ${step / steps}` });
      });
    });
  });
}
