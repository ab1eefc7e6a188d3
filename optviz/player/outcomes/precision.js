/** Says of a map in single precision that it is, and what that means. */

import { h } from "../base/dom.js";

/** @import {MapReply} from "../state/types.js" */

const SINGLE =
  "Computed in single precision, with seven digits: where rounding decides, a cell may end elsewhere than its race, which has sixteen.";

/** @param {MapReply["precision"]} precision */
export function precisionNote(precision) {
  if (precision !== "float32") return null;
  return h("abbr", { class: "ov-precision", title: SINGLE }, "float32", h("span", { class: "ov-hidden" }, `: ${SINGLE}`));
}
