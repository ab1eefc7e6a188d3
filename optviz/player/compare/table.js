/** The table of verdicts: a row for each optimizer, filled as it is tuned, sorted by any column. */

import { fill, h, parsed, setText } from "../base/dom.js";
import { dotSvg } from "../look/palette.js";
import { raceQuery } from "./links.js";
import { follow } from "../base/listening.js";
import { settingText } from "../controls/settingtext.js";
import { ordered, sortOf } from "./ranking.js";
import { percent } from "../scales/numbers.js";
import { symbolOf } from "./symbols.js";
import { counted, intervalText, stepsSaid, stepsText, worksSaid } from "./words.js";

/** @import {Comparison} from "./types.js" */
/** @import {Column, Entry} from "./ranking.js" */
/** @import {State} from "./state.js" */

/**
 * Of a column that is sorted by, `slug` is its name in the link; `title` explains it.
 *
 * @type {{slug: Column | "", head: string, title: (comparison: Comparison) => string}[]}
 */
const COLUMNS = [
  { slug: "rank", head: "#", title: () => "Rank: by the share that reached a global minimum, then by the median of the steps; = where both are the same" },
  { slug: "name", head: "Optimizer", title: () => "" },
  { slug: "", head: "Best setting", title: ({ trials, tuning_starts }) => `The best of ${counted(trials, "trial")}, each from ${tuning_starts} starts` },
  { slug: "reached", head: "Reached", title: ({ starts }) => `Share of ${counted(starts, "other start")} that come to a global minimum, and stay there; in brackets, where the share of all possible starts lies, with 95 % confidence` },
  { slug: "median", head: "Steps", title: () => "Step by which half of the starts have arrived; in brackets, a quarter and three quarters" },
  { slug: "diverged", head: "Diverged", title: () => "Share of the starts that leave all bounds or become not a number" },
  { slug: "works", head: "Settings that work", title: worksSaid },
  { slug: "", head: "", title: () => "" },
];

/**
 * @param {State} state
 * @param {HTMLElement} element
 * @param {string} home  path of the race page
 * @returns {() => void}  takes it down
 */
export function verdictTable(state, element, home) {
  const heads = COLUMNS.map((column) => head(state, column));
  const body = h("tbody", { role: "rowgroup" });
  // The roles are those that a table has; on a phone its rows are laid out as blocks, which would take them away.
  const table = h(
    "table",
    { class: "ov-verdicts", role: "table", "aria-label": "Optimizers at their best" },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads.map((one) => one.element))),
    body,
  );
  element.append(table);
  /** @type {Map<string, ReturnType<typeof row>>} */
  const rows = new Map();

  return follow(state, ["comparison", "sort", "verdicts"], () => {
    const entries = ordered(state.entries, state.sort);
    for (const entry of entries) {
      if (!rows.has(entry.rule)) rows.set(entry.rule, row(state, entry.rule, home));
      rows.get(entry.rule)?.update(entry);
    }
    const wanted = entries.map(({ rule }) => rows.get(rule)?.element);
    // What has the focus would lose it by being put where it already is.
    if (wanted.some((one, i) => one !== body.children[i]) || body.children.length !== wanted.length)
      body.replaceChildren(.../** @type {HTMLElement[]} */ (wanted));
    heads.forEach((one) => one.update());
    table.setAttribute("aria-busy", String(entries.some(({ current }) => !current)));
  });
}

/** @param {State} state @param {typeof COLUMNS[number]} column */
function head(state, { slug, head: text, title }) {
  const sign = h("span", { class: "ov-sort-sign", "aria-hidden": "true" });
  const sorts = slug && h("button", { type: "button", class: "ov-sort", on: { click: () => state.sortBy(slug) } }, text, sign);
  const plain = text ? h("span", {}, text) : h("span", { class: "ov-hidden" }, "Race");
  const told = sorts || plain;
  const element = h("th", { scope: "col", role: "columnheader" }, told);
  return {
    element,
    update() {
      told.title = title(state.comparison);
      if (!slug) return;
      const [column, turned] = sortOf(state.sort);
      const up = (slug === "reached" || slug === "works") === turned;
      const order = column !== slug ? "none" : up ? "ascending" : "descending";
      element.setAttribute("aria-sort", order);
      setText(sign, { none: "", ascending: "▲", descending: "▼" }[order]);
    },
  };
}

/** @param {State} state @param {string} slug @param {string} home */
function row(state, slug, home) {
  const rule = state.rule(slug);
  const dot = h("span", { class: "ov-swatch-hold" });
  const name = h("th", { scope: "row", role: "rowheader" }, h("span", { class: "ov-row-head" }, dot, h("span", { title: rule.about }, rule.name)));
  const cells = COLUMNS.map((column) => h("td", { role: "cell", "data-place": column.head }));
  const [rank, , setting, reached, steps, diverged, works, last] = cells;
  const spoken = `Race ${rule.name} at its best`;
  const race = h("a", { class: "ov-compare-race", "aria-label": spoken }, "Race");
  const seen = h("span", { "aria-hidden": "true" });
  const said = h("span", { class: "ov-hidden" });
  const share = h("span", {});
  const sure = h("span", { class: "ov-compare-sure" });
  reached.append(share, " ", sure);
  steps.append(seen, said);
  last.append(race);
  const element = h("tr", { role: "row" }, rank, name, setting, reached, steps, diverged, works, last);
  return {
    element,
    /** @param {Entry} entry */
    update({ verdict, current, rank: place, shared, look }) {
      element.classList.toggle("ov-compare-old", !current);
      fill(dot, String(look), () => [parsed(dotSvg(look))]);
      setText(rank, current ? `${place}${shared ? "=" : ""}` : "…");
      const text = (/** @type {"reached" | "diverged" | "works"} */ share) => (verdict ? percent(verdict[share]) : "");
      setText(share, text("reached"));
      setText(sure, verdict && current ? `(${intervalText(verdict.reached, state.comparison.starts)})` : "");
      setText(diverged, text("diverged"));
      setText(works, text("works"));
      setText(seen, verdict ? stepsText(verdict) : "");
      setText(said, verdict ? stepsSaid(verdict) : "");
      fill(setting, JSON.stringify(verdict?.values ?? null), () => [verdict ? settingText(rule.hyperparameters, verdict.values, (name) => symbolOf(rule, name)) : "being tuned"]);
      race.hidden = !current;
      if (verdict) race.href = `${home}?${raceQuery(state.comparison, state.surface, [verdict])}`;
    },
  };
}
