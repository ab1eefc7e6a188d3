/** What the link to a moment leaves to whoever opens it: boxes in the link's sheet, one for each part of a race. */

import { h } from "../base/dom.js";
import { onlyOf, PARTS, partsOf, SLUGS } from "../state/only.js";

/** @import {View} from "../state/types.js" */

const ABOUT = "Whoever opens the link may change what is ticked. All else has no controls there; who knows how can still change the link itself.";

/**
 * @param {Pick<View, "only">} view  how the present page was entered
 * @param {() => void} changed  called when another box is ticked
 */
export function leaving(view, changed) {
  const boxes = SLUGS.map((part) => {
    const input = h("input", { type: "checkbox", checked: partsOf(view).includes(part), on: { change: changed } });
    return { part, input, element: h("label", { class: "ov-link ov-tick" }, input, PARTS[part]) };
  });
  const set = h("fieldset", { class: "ov-leaving" }, h("legend", { class: "ov-hidden" }, "May be changed"), ...boxes.map(({ element }) => element));
  const element = h("details", { class: "ov-section ov-for-students", open: view.only.length > 0 }, h("summary", { class: "ov-row" }, "For students: what may be changed"), h("p", { class: "ov-muted" }, ABOUT), set);
  return {
    element,
    /** How the link says it. */
    only: () => onlyOf(boxes.filter(({ input }) => input.checked).map(({ part }) => part)),
  };
}
