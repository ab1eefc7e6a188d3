/** The learning-rate finder: what every rate of the chosen lane comes to, and the suggested one to take. */

import { listen, together } from "../base/listening.js";
import { outcomeWords } from "./celltip.js";
import { fill, h, parsed, setText } from "../base/dom.js";
import { DASH, drawFinder, indexOf } from "./finderpaint.js";
import { finalLoss } from "./losscolors.js";
import { aboutOf, liveRates } from "../live/liverates.js";
import { axesOf, valueAt } from "./mapaxis.js";
import { saying } from "../controls/saying.js";
import { laneQuery } from "../server/mapquery.js";
import { probedPlot } from "./probedplot.js";
import { percent, readable, typeable } from "../scales/numbers.js";
import { laneStyle } from "../look/palette.js";
import { laneResult } from "../state/results.js";

/** @import {Chart} from "../charts/linechart.js" */
/** @import {MapAxis} from "./mapaxis.js" */
/** @import {Sources} from "../live/conditions.js" */
/** @import {Api, RatesReply, Store} from "../state/types.js" */

/** @typedef {{reply: RatesReply, query: string, lane: number, about: string}} Found */

export const FINDER = { slug: /** @type {const} */ ("finder"), tab: "Finder", name: "Learning-rate finder", about: "What becomes of the chosen optimizer at every learning rate, and which one to take" };

const SEARCHING = "Waiting for the server to try learning rates …";
/** What a path that has arrived is at. */
const ARRIVED = ["minimum", "local minimum", "valley of minima"];
const PINNED = "The finder varies the rate that the run begins with, and sets it.";

/**
 * @param {Sources} sources
 * @param {HTMLElement} place  within the page, whose font it takes
 * @param {Api} api
 * @returns {Chart & {take: () => string}}  `take` sets the suggested rate, and says what has come of that
 */
export function finder(sources, place, api) {
  const { store } = sources;
  /** What is drawn, and what was judged last. @type {Found | null} */
  let shown = null;
  /** @type {Found | null} */
  let judged = null;
  const use = h("button", { type: "button", class: "ov-button ov-finder-use", on: { click: take } });
  const verdict = h("p", { class: "ov-finder-verdict" });
  const title = h("h2", { class: "ov-chart-title ov-muted ov-cut" });
  const plot = h("div", { class: "ov-finder-plot" });
  const legend = h("p", { class: "ov-wrap ov-finder-legend ov-muted" });
  const notes = h("p", { class: "ov-wrap ov-finder-notes ov-muted" });
  const head = h("div", { class: "ov-row ov-finder-head" }, use, verdict);
  const { element: said, ...told } = saying(store, () => `${store.lane(store.view.chosen).label}: ${verdict.textContent}`);
  const element = h("div", { class: "ov-chart-body ov-finder" }, head, title, plot, legend, notes, said);
  place.append(element);

  /** The chosen lane's learning rate, over the rates that were tried. @returns {MapAxis} */
  function rateAxis() {
    const axis = /** @type {MapAxis} */ (axesOf(store, store.view.chosen).find(({ name }) => name === "lr"));
    return { ...axis, range: current()?.range ?? axis.range, log: true };
  }

  /** What has come, if it is of the lane that is shown now. */
  function current(found = shown) {
    return found && found.lane === store.view.chosen && found.about === aboutOf(store) ? found.reply : null;
  }

  function take() {
    const suggested = current(judged)?.suggested ?? null;
    const { label } = store.lane(store.view.chosen);
    if (suggested === null) return verdict.textContent ?? "";
    if (isOld()) return SEARCHING;
    const said = `${label}: learning rate ${typeable(suggested)}`;
    if (suggested === rateAxis().get(store.race)) return `${said}, as suggested, is set`;
    store.change((race) => rateAxis().set(race, suggested));
    return `${said}, as suggested`;
  }

  /**
   * Whether what was judged is of before: what is drawn while something is dragged is not judged. So is what
   * was judged when it was shown last.
   */
  function isOld() {
    return current(judged) !== current() || judged?.query !== laneQuery(store.race, store.view.chosen, ["lr"]);
  }

  const { frame, hair } = probedPlot(store, plot, () => ({ across: rateAxis() }), {
    paint(ctx, box, colors) {
      const reply = current();
      if (reply) drawFinder(ctx, box, rateAxis(), { reply, look: store.lookOf(store.view.chosen), floor: store.surface().minimum }, colors);
    },
    words([share]) {
      const reply = current();
      return reply ? wordsOf(reply, indexOf(reply, valueAt(rateAxis(), share))) : [];
    },
  });
  hair.element.classList.add("ov-finder-rate");

  function update() {
    const reply = current(judged);
    const { label } = store.lane(store.view.chosen);
    const suggested = reply?.suggested ?? null;
    const old = isOld();
    for (const part of [head, notes]) part.setAttribute("aria-busy", String(old));
    hair.update();
    use.hidden = suggested === null;
    // Not `disabled`: who has pressed it would lose the focus.
    use.ariaDisabled = String(old || suggested === rateAxis().get(store.race));
    if (suggested !== null) setText(use, `Use ${typeable(suggested)}`);
    use.title = `Set the learning rate of ${label} (Shift+B)`;
    setText(verdict, reply?.notes[0] ?? SEARCHING);
    const worse = reply && !old ? presentIsBetter(store, reply, rateAxis().get(store.race)) : "";
    const others = [worse, store.pinned === null ? "" : PINNED, ...(reply?.notes.slice(1) ?? [])].filter(Boolean);
    setText(notes, others.join(" "));
    const loss = finalLoss(store).replace("f", "F");
    setText(title, `${loss}, by learning rate ${rateAxis().symbol}`);
    frame.canvas.setAttribute("aria-label", [`${loss} of ${label} by learning rate.`, ...((!old && reply?.notes) || [])].join(" "));
    const marks = { suggested: suggested !== null, good: reply?.good != null, steepest: reply != null && reply.steepest !== null };
    const look = store.lookOf(store.view.chosen);
    const key = `${look} ${reply !== null} ${Object.values(marks)}`;
    fill(legend, key, () => (reply ? legendOf(look, marks) : []));
    frame.repaint();
  }

  const deaf = listen(store, "race", () => element.hidden || update());

  /** @param {RatesReply} reply @param {number} index */
  function wordsOf(reply, index) {
    const lost = reply.lost_around[index];
    return [
      `${rateAxis().symbol} = ${readable(reply.rate[index])}`,
      ...outcomeWords(reply, index, store.surface().minimum ?? 0),
      ...(lost > 0 ? [`${percent(lost)} of starts nearby diverge`] : []),
    ];
  }

  const leave = liveRates(sources, api, {
    wanted: () => store.view.chart === "finder",
    arrived(reply, { query, lane, about }) {
      shown = { reply, query, lane, about };
      if (!reply.own) judged = shown;
      update();
      if (!reply.own) told.say();
    },
  });

  return { element, update, take, destroy: together(deaf, leave, told.destroy, frame.destroy) };
}

/**
 * Say that the present rate does better than the suggested one, if it does; the notes say where that was
 * sought.
 *
 * @param {Store} store
 * @param {RatesReply} reply
 * @param {number} rate  the present one
 */
function presentIsBetter(store, { suggested, rate: tried, place, places, step, excess }, rate) {
  const lane = laneResult(store, store.view.chosen);
  if (!lane || suggested === null || suggested === rate) return "";
  const at = tried.indexOf(Math.fround(suggested));
  const arrived = at >= 0 && place[at] >= 0 && ARRIVED.includes(places[place[at]].kind) ? step[at] : Infinity;
  const now = lane.status.state === "converged" && lane.status.step !== null ? lane.status.step : Infinity;
  if (now < arrived) {
    const instead = arrived === Infinity ? "which the suggested one does not" : `the suggested one at step ${arrived}`;
    return `The present rate arrives sooner, at step ${now}, ${instead}.`;
  }
  const ends = (lane.final_loss ?? Infinity) - (store.surface().minimum ?? 0);
  if (arrived === Infinity && at >= 0 && ends < excess[at]) return "The present rate ends lower than the suggested one.";
  return "";
}

/** @param {number} look @param {{suggested: boolean, good: boolean, steepest: boolean}} marks  which of them are drawn */
function legendOf(look, { suggested, good, steepest }) {
  const { name } = laneStyle(look);
  const line = (/** @type {string} */ style) => `<path d="M1 7H23" fill="none" style="${style}"/>`;
  const entries = [
    [line(`stroke:var(${name});stroke-width:2.5`), "final loss at this rate"],
    [`<path d="M1 2H23V12H1Z" style="fill:var(${name});opacity:.25"/>`, "from starts nearby: middle half"],
    [line(`stroke:currentColor;stroke-width:1.5;stroke-dasharray:${DASH.join(" ")}`), "range test: one run, its rate growing"],
    good && [`<path d="M4 1H20V11H4Z" style="fill:var(--ov-accent);opacity:.14"/><path d="M4 11H20V13H4Z" style="fill:var(--ov-accent)"/>`, "rates about as good"],
    suggested && [`<path d="M12 1L18 7L12 13L6 7Z" style="fill:var(${name})"/>`, "suggested"],
    steepest && [`<path d="M6 3H18L12 12Z" style="fill:currentColor"/>`, "where the range test falls fastest"],
  ];
  return entries.filter((entry) => entry !== false).map(([shape, text]) => {
    const swatch = parsed(`<svg viewBox="0 0 24 14" width="24" height="14" aria-hidden="true">${shape}</svg>`);
    return h("span", { class: "ov-finder-entry" }, swatch, text);
  });
}
