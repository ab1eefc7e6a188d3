/** What the link to a moment is for students: what it leaves to them, and what it asks. */

import { h } from "../base/dom.js";
import { onlyOf, PARTS, partsOf, SLUGS } from "../state/only.js";

/** @import {View} from "../state/types.js" */

const ABOUT = "Whoever opens the link may change what is ticked. All else has no controls there; who knows how can still change the link itself.";
const ASKING = "Questions, one on each line: whoever opens the link answers them beside the race, attaches races, and saves a page and a file to be handed in.";
/** As optviz/link.py has them: so many questions, of so many characters all together. */
const [MOST, LONGEST] = [12, 2000];

/**
 * @param {Pick<View, "only" | "ask">} view  how the present page was entered
 * @param {string} reader  where the page is that reads what was handed in
 * @param {() => void} changed  called when another box is ticked, or the questions are others
 */
export function forStudents(view, reader, changed) {
  const boxes = SLUGS.map((part) => {
    const input = h("input", { type: "checkbox", checked: partsOf(view).includes(part), on: { change: changed } });
    return { part, input, element: h("label", { class: "ov-link ov-tick" }, input, PARTS[part]) };
  });
  const set = h("fieldset", { class: "ov-leaving" }, h("legend", { class: "ov-hidden" }, "May be changed"), ...boxes.map(({ element }) => element));
  const field = h("textarea", { class: "ov-sequence-lines ov-asking", rows: 3, maxLength: LONGEST, value: view.ask, "aria-label": "Questions, one on each line", on: { input: changed } });
  const read = h("p", { class: "ov-muted" }, "What was handed in is read by the page ", h("a", { href: reader, target: "_blank", rel: "noopener" }, "Lab sheets"), ": it runs every attached race again.");
  const inside = h("div", { class: "ov-stack ov-for-students" }, h("p", { class: "ov-muted" }, ABOUT), set, h("p", { class: "ov-muted" }, ASKING), field, read);
  const element = h("details", { class: "ov-section", open: view.only.length > 0 || view.ask !== "" }, h("summary", { class: "ov-row" }, "For students: what may be changed, and questions"), inside);
  return {
    element,
    /** How the link says it. @returns {Pick<View, "only" | "ask">} */
    look: () => ({ only: onlyOf(boxes.filter(({ input }) => input.checked).map(({ part }) => part)), ask: askedIn(field.value) }),
  };
}

/** Questions as a link has them: one on each line, without what is empty. @param {string} text */
function askedIn(text) {
  const lines = text.split("\n").map((line) => line.trim().replaceAll(/\s+/g, " "));
  return lines.filter(Boolean).slice(0, MOST).join("\n");
}
