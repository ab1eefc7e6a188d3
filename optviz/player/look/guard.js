/** Drawing whose errors are ours: they are logged, and told to the page in which they happen. */

import { faultOf } from "../base/faults.js";

/**
 * Return `draw`, but its errors do not leave it: the page around `element` is sent a `fault` event (detail:
 * a sentence), once until another error comes.
 *
 * @template {unknown[]} Arguments
 * @param {Element} element
 * @param {(...args: Arguments) => void} draw
 * @returns {(...args: Arguments) => void}
 */
export function guarded(element, draw) {
  let last = "";
  return (...args) => {
    try {
      draw(...args);
    } catch (error) {
      if (String(error) === last) return;
      last = String(error);
      element.dispatchEvent(new CustomEvent("fault", { bubbles: true, detail: faultOf(error) }));
    }
  };
}
