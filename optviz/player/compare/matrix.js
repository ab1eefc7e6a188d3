/** The same optimizers with the same budget on every surface: who arrives where, and whether any is best everywhere. */

import { fill, h, parsed, setText } from "../base/dom.js";
import { follow, listen, together } from "../base/listening.js";
import { section } from "../controls/sections.js";
import { dotSvg } from "../look/palette.js";
import { percent } from "../scales/numbers.js";
import { mayBeOne } from "../scales/wilson.js";
import { onSurface, raceQuery } from "./links.js";
import { everywhereSaid, tunedSaid } from "./words.js";

/** @import {Verdict} from "./types.js" */
/** @import {SurfaceEntry} from "../state/types.js" */
/** @import {Shortcut} from "../controls/keys.js" */
/** @import {State} from "./state.js" */

const CAPTION =
  "Share of the starts, in percent, that come to a global minimum, each optimizer tuned anew on each surface. " +
  "In bold, and told as among the best: those that so many starts cannot tell from the best one there (95 % intervals that overlap). A share leads to its race.";

/**
 * @param {State} state
 * @param {HTMLElement} element
 * @param {string} home  path of the race page
 * @returns {() => void}  takes it down
 */
export function matrix(state, element, home) {
  const outcome = h("p", { class: "ov-compare-outcome", role: "status" });
  const heard = h("p", { class: "ov-hidden", role: "status" });
  const count = h("p", { class: "ov-compare-method" });
  const caption = h("p", { class: "ov-compare-method" }, CAPTION);
  const table = h("table", { class: "ov-matrix", "aria-label": "Optimizers on every surface" });
  const hold = h("div", { class: "ov-matrix-hold", tabIndex: 0, role: "region", "aria-label": "On every surface" }, table);
  const { element: box, say } = section("On every surface", state.everywhere, outcome, heard, count, caption, hold);
  box.addEventListener("toggle", () => state.go(box.open));
  element.append(box);
  /** By optimizer and surface. @type {HTMLElement[][]} */
  let cells = [];

  const follows = follow(state, ["comparison", "everywhere", "verdicts"], () => {
    box.open = state.everywhere;
    if (!state.everywhere) {
      say("Is there a single best one?");
      return;
    }
    const columns = state.surfaces.map((surface) => columnOf(state, surface));
    const known = columns.flatMap(({ cells }) => cells).filter(({ verdict }) => verdict).length;
    const all = columns.length * state.comparison.rules.length;
    say(`${known < all ? `${known} of` : "all"} ${all} tuned`);
    setText(count, known < all ? `${known} of ${all} are tuned; one takes a second or two, unless somebody has asked for it before.` : "");
    setText(heard, tunedSaid(known, all));
    setText(outcome, known < all ? "" : everywhereSaid(tally(state, columns)));
    fill(table, state.comparison.rules.join(), () => {
      cells = state.comparison.rules.map(() => columns.map(() => h("td", {})));
      return frame(state, cells);
    });
    columns.forEach((column, across) => {
      column.cells.forEach((cell, down) => show(state, cells[down][across], column.surface, cell, home));
    });
  });
  return together(follows, tellMore(hold));
}

/** @param {State} state @returns {Shortcut} */
export function everywhereKey(state) {
  return {
    keys: ["O"],
    does: "On every surface",
    act() {
      state.go(!state.everywhere);
      return `On every surface: ${state.everywhere ? "shown" : "hidden"}`;
    },
  };
}

/** Let the style sheet know whether more columns lie to the right. @param {HTMLElement} hold  what is scrolled */
function tellMore(hold) {
  const look = () => hold.classList.toggle("ov-matrix-more", hold.scrollWidth - hold.clientWidth - hold.scrollLeft > 1);
  const watching = new ResizeObserver(look);
  watching.observe(hold);
  watching.observe(hold.children[0]);
  return together(listen(hold, "scroll", look), () => watching.disconnect());
}

/**
 * @typedef {{rule: string, verdict: Verdict | null, best: boolean}} Cell
 * @typedef {{surface: SurfaceEntry, cells: Cell[]}} Column
 */

/** @param {State} state @param {SurfaceEntry} surface @returns {Column} */
function columnOf(state, surface) {
  const { rules, starts } = state.comparison;
  const verdicts = rules.map((rule) => state.verdictOn(surface.slug, rule));
  const most = Math.max(...verdicts.map((verdict) => verdict?.reached ?? 0));
  const whole = verdicts.every((verdict) => verdict);
  const cells = verdicts.map((verdict, at) => ({
    rule: rules[at],
    verdict,
    best: whole && verdict !== null && verdict.reached > 0 && mayBeOne(verdict.reached, most, starts),
  }));
  return { surface, cells };
}

/** The table's head and its rows. @param {State} state @param {HTMLElement[][]} cells */
function frame(state, cells) {
  const heads = state.surfaces.map(({ name }) => h("th", { scope: "col" }, h("span", {}, name)));
  const rows = state.comparison.rules.map((slug, down) => {
    const { name, look } = state.rule(slug);
    return h("tr", {}, h("th", { scope: "row" }, h("span", { class: "ov-row-head" }, parsed(dotSvg(look)), name)), ...cells[down]);
  });
  const way = h("p", { class: "ov-matrix-way", "aria-hidden": "true" }, `${heads.length} surfaces →`);
  return [h("thead", {}, h("tr", {}, h("th", { scope: "col" }, way, "Optimizer"), ...heads)), h("tbody", {}, ...rows)];
}

/**
 * Show a verdict; what stands there already stays, and with it the focus.
 *
 * @param {State} state @param {HTMLElement} place @param {SurfaceEntry} surface @param {Cell} cell @param {string} home
 */
function show(state, place, surface, { rule, verdict, best }, home) {
  place.classList.toggle("ov-matrix-best", best);
  place.style.setProperty("--ov-share", String(verdict?.reached ?? 0));
  const href = verdict ? `${home}?${raceQuery(onSurface(state.comparison, surface.slug), surface, [verdict])}` : "";
  fill(place, `${href} ${verdict?.reached} ${best}`, () => {
    if (!verdict) return [h("span", { class: "ov-hidden" }, "being tuned")];
    const share = percent(verdict.reached);
    const spoken = `${state.rule(rule).name} on ${surface.name}: ${share}${best ? ", among the best" : ""}. Race it`;
    return [h("a", { href, "aria-label": spoken }, share.replace(" %", ""))];
  });
}

/** On how many surfaces each is among the best. @param {State} state @param {Column[]} columns */
function tally(state, columns) {
  const decided = columns.filter(({ cells }) => cells.some(({ best }) => best));
  const wins = state.comparison.rules.map((rule, at) => ({ name: state.rule(rule).name, won: decided.filter(({ cells }) => cells[at].best).length }));
  return { wins, decided: decided.length, surfaces: columns.length, starts: state.comparison.starts };
}
