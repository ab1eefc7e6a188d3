/** The step inspector: every line of the chosen rule with its value at the play-head's step. */

import { fill, h, setText } from "./dom.js";
import { glyphButton } from "./glyphs.js";
import { leftBy, lineAt } from "./inspection.js";
import { lineRow, memoryRow } from "./linerow.js";
import { laneResult } from "./results.js";

/** @import {Inspected, Inspections} from "./inspection.js" */
/** @import {LineRow} from "./linerow.js" */
/** @import {Store} from "./store.js" */
/** @import {Substeps} from "./substeps.js" */
/** @import {InspectedLine} from "./types.js" */

/** A line whose values have not come yet. @type {InspectedLine} */
const UNKNOWN = { target: "", role: "number", shape: [] };

/**
 * @param {Store} store
 * @param {Inspections} inspections
 * @param {Substeps} substeps
 */
export function inspector(store, inspections, substeps) {
  const head = inspectorHead(substeps);
  const lines = lineList(store, substeps);
  const element = h("div", { class: "ov-inspector", role: "group", "aria-label": "Step inspector" }, head.element, lines.element);

  function update() {
    element.hidden = !substeps.open;
    if (!substeps.open) return;
    const found = inspections.of();
    element.setAttribute("aria-busy", String(!inspections.fresh(found)));
    setText(head.title, titleOf(store, substeps));
    lines.update(found);
    setText(head.count, substeps.line < 0 ? "" : `line ${substeps.line + 1} of ${substeps.count}`);
  }

  const seek = () => substeps.open && update();
  const choose = () => {
    update();
    lines.reveal();
  };
  // While a value is held the panels' own pace is enough.
  const arrived = () => store.held || update();
  const stop = inspections.use({ lanes: () => (substeps.open ? [store.view.chosen] : []), arrived });
  store.addEventListener("step", seek);
  substeps.addEventListener("line", choose);
  return {
    element,
    update,
    destroy() {
      stop();
      store.removeEventListener("step", seek);
      substeps.removeEventListener("line", choose);
    },
  };
}

/** @param {Substeps} substeps */
function inspectorHead(substeps) {
  const title = h("p", { class: "ov-inspector-title" });
  const count = h("output", { class: "ov-inspector-count" });
  const back = glyphButton("back", "Previous line", () => substeps.back());
  const on = glyphButton("forward", "Next line", () => substeps.forward());
  back.title = "Previous line (,)";
  on.title = "Next line (.)";
  return { element: h("div", { class: "ov-inspector-head" }, title, count, back, on), title, count };
}

/**
 * Say which step the values are of, or why there is none.
 *
 * @param {Store} store
 * @param {Substeps} substeps
 */
function titleOf(store, substeps) {
  const { step } = substeps;
  if (substeps.leads()) return `Step ${step} → ${step + 1}`;
  const status = laneResult(store, store.view.chosen)?.status;
  const diverged = status?.state === "diverged" && status.step !== null && step >= status.step;
  if (diverged) return `It ${status.text}: there is no further step.`;
  return `The race ends at step ${store.race.steps}: there is no further step.`;
}

/** @param {Store} store @param {Substeps} substeps */
function lineList(store, substeps) {
  const before = h("ul", { class: "ov-before", "aria-label": "Remembered before the step" });
  const list = h("ol", { class: "ov-line-list" });
  const element = h("div", { class: "ov-inspector-lines", role: "group", "aria-label": "Lines of the rule" }, before, list);
  /** @type {LineRow[]} */
  let rows = [];
  /** @type {{row: LineRow, line: number}[]} */
  let memory = [];

  /** @param {Inspected | null} found */
  function build(found) {
    const rule = store.rule(store.lane(store.view.chosen).rule);
    const markup = rule.lines[store.view.notation] ?? [];
    const lines = found?.seen.lines ?? markup.map(() => UNKNOWN);
    fill(list, JSON.stringify([rule.slug, store.view.notation, lines]), () => {
      rows = lines.map((line, i) => lineRow(markup[i] ?? "", line));
      memory = rule.memory
        .map((name) => lines.map(({ target }) => target).lastIndexOf(name))
        .filter((line) => line >= 0)
        .map((line) => ({ line, row: memoryRow(markup[line] ?? "", lines[line]) }));
      before.replaceChildren(...memory.map(({ row }) => row.element));
      return rows.map((row) => row.element);
    });
  }

  list.addEventListener("click", (event) => {
    const line = rows.findIndex((row) => row.element.contains(/** @type {Node} */ (event.target)));
    if (line >= 0) substeps.choose(line === substeps.line ? -1 : line);
  });

  return {
    element,
    /** @param {Inspected | null} found */
    update(found) {
      build(found);
      rows.forEach((row, i) => current(row.element, i === substeps.line));
      if (!found) return;
      const { step } = substeps;
      rows.forEach((row, i) => row.show(substeps.leads() ? lineAt(found.seen, i, step) : []));
      memory.forEach(({ row, line }) => row.show(leftBy(found.seen, line, step)));
    },
    /** Scroll, no further than needed, until the current line is in sight. */
    reveal() {
      rows[substeps.line]?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
  };
}

/** @param {HTMLElement} row @param {boolean} is */
function current(row, is) {
  if (is === row.hasAttribute("aria-current")) return;
  if (is) row.setAttribute("aria-current", "step");
  else row.removeAttribute("aria-current");
}
