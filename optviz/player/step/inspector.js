/** The step inspector: every line of the chosen rule with its value at the play-head's step. */

import { listen, together } from "../base/listening.js";
import { fill, h, setText } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";
import { leftBy, lineAt } from "../server/inspections.js";
import { lineRow, memoryRow } from "./linerow.js";
import { laneResult } from "../state/results.js";

/** @import {Inspected, Inspections} from "../server/inspections.js" */
/** @import {LineRow} from "./linerow.js" */
/** @import {Store} from "../state/types.js" */
/** @import {Substeps} from "./substeps.js" */

const NOISY = "The gradient is this step's own: that of f, and the noise.";

/** @param {Store} store @param {Inspections} inspections @param {Substeps} substeps */
export function inspector(store, inspections, substeps) {
  const head = inspectorHead(substeps);
  const lines = lineList(store, substeps);
  const noisy = h("p", { class: "ov-muted" }, NOISY);
  const group = { class: "ov-stack ov-inspector", role: "group", "aria-label": "Step inspector" };
  const element = h("div", group, head.element, lines.element, noisy);

  function update() {
    element.hidden = !substeps.open;
    if (!substeps.open) return;
    const found = inspections.of();
    element.setAttribute("aria-busy", String(!inspections.fresh(found)));
    setText(head.title, titleOf(store, substeps));
    noisy.hidden = !(store.race.noise > 0);
    lines.update(found);
    setText(head.count, substeps.line < 0 ? "" : `line ${substeps.line + 1} of ${substeps.count}`);
    setText(head.value, lines.told(found));
  }

  const seek = () => substeps.open && update();
  const choose = () => {
    update();
    lines.reveal();
  };
  // While a value is held the panels' own pace is enough.
  const arrived = () => store.held || update();
  const stop = inspections.use({ lanes: () => (substeps.open ? [store.view.chosen] : []), arrived });
  return {
    element,
    update,
    destroy: together(stop, listen(store, "step", seek), listen(substeps, "line", choose)),
  };
}

/** @param {Substeps} substeps */
function inspectorHead(substeps) {
  const title = h("p", { class: "ov-inspector-title" });
  const count = h("span", {});
  const value = h("span", { class: "ov-hidden" });
  const told = h("output", { class: "ov-inspector-count ov-muted" }, count, value);
  const back = glyphButton("back", "Previous line", () => substeps.back(), { title: "Previous line (,)" });
  const on = glyphButton("forward", "Next line", () => substeps.forward(), { title: "Next line (.)" });
  const element = h("div", { class: "ov-row ov-inspector-head" }, title, told, back, on);
  return { element, title, count, value };
}

/**
 * Say which step the values are of, and why it is the last one.
 *
 * @param {Store} store
 * @param {Substeps} substeps
 */
function titleOf(store, substeps) {
  const { shown } = substeps;
  const steps = `${shown} → ${shown + 1}`;
  if (substeps.leads()) return `Step ${steps}`;
  const status = laneResult(store, store.view.chosen)?.status;
  if (status?.state === "diverged") return `${status.text[0].toUpperCase()}${status.text.slice(1)}. Its last step: ${steps}`;
  return `The race ends here. Its last step: ${steps}`;
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
    const { notation } = store.view;
    const markup = rule.lines[notation] ?? [];
    const targets = found?.seen.lines.map(({ target }) => target);
    fill(list, `${rule.slug} ${notation} ${targets?.length ?? markup.length}`, () => {
      rows = (targets ?? markup.map(() => "")).map((target, i) => lineRow(markup[i] ?? "", target));
      return rows.map(({ element }) => element);
    });
    fill(before, `${rule.slug} ${notation} ${Boolean(targets)}`, () => {
      memory = rule.memory
        .map((name) => targets?.lastIndexOf(name) ?? -1)
        .filter((line) => line >= 0)
        .map((line) => ({ line, row: memoryRow(markup[line] ?? "", targets?.[line] ?? "") }));
      return memory.map(({ row }) => row.element);
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
      const { seen } = found;
      const step = substeps.shown;
      rows.forEach((row, i) => row.show(step < 0 ? [] : lineAt(seen, i, step), seen.lines[i].shape));
      memory.forEach(({ row, line }) => row.show(leftBy(seen, line, step), seen.lines[line].shape));
    },
    /** The current line's value, for those who hear the page. @param {Inspected | null} found */
    told(found) {
      const { line } = substeps;
      return found && line >= 0 ? `: ${found.seen.lines[line].target} = ${rows[line].text()}` : "";
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
