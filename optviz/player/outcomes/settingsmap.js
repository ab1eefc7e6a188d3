/** The map of two hyperparameters of the chosen lane, with a cross-hair at its values. */

import { listen, together } from "../base/listening.js";
import { cellWords } from "./celltip.js";
import { fill, h, setText } from "../base/dom.js";
import { fateImage, fateWords } from "./fates.js";
import { liveMap } from "../live/livemaps.js";
import { finalLoss, lossImage, lossRange } from "./losscolors.js";
import { enlargeable, mapButtons } from "./mapbuttons.js";
import { MapZoom } from "./mapzoom.js";
import { bestCell, drawMixed, mixedCells } from "./neighbours.js";
import { sharesIn } from "../look/box.js";
import { readable } from "../scales/numbers.js";
import { laneResult } from "../state/results.js";
import { axesOf, exactAt, titleOf, wishFor } from "./mapaxis.js";
import { probedPlot } from "./probedplot.js";
import { lossLegend, sharesOf, stepsLegend } from "./maplegend.js";
import { cellAt, cellsOf, drawAxes, drawPart, drawStableLine, fits, stableLine } from "./cells.js";
import { saying } from "../controls/saying.js";
import { FINE } from "../server/mapquery.js";
import { smallMenu } from "../controls/select.js";

/** @import {Chart} from "../charts/linechart.js" */
/** @import {Axes} from "./cells.js" */
/** @import {OwnMaps} from "../live/ownmaps.js" */
/** @import {Api, MapReply, Race, Store} from "../state/types.js" */

export const MAP = { slug: /** @type {const} */ ("map"), tab: "Map", name: "Hyperparameter map", about: "What becomes of the chosen optimizer for every pair of values" };

const COLORS = { steps: "Steps", loss: "Final loss" };
const NONE = "No cell of this map converges.";
const WAITING = "The map is on its way.";
const PINNED = "The map varies the values that the run begins with, and sets them.";

/**
 * @param {Store} store
 * @param {HTMLElement} place  within the page, whose font it takes
 * @param {Api} api
 * @param {OwnMaps} own
 * @returns {Chart & {take: () => string}}  `take` sets the values of the best cell, and says what has come of that
 */
export function rateMap(store, place, api, own) {
  /** What was chosen by hand; a lane that has no such axis falls back to its own. */
  const wish = { across: "lr", up: "" };
  /** @type {{map: MapReply, race: Race, lane: number} | null} */
  let shown = null;
  /** @type {{cells: OffscreenCanvas, mixed: number[], dark: boolean} | null} */
  let made = null;

  const zoom = new MapZoom();
  const up = smallMenu("Up the map", "↑", (name) => choose("up", name));
  const across = smallMenu("Across the map", "→", (name) => choose("across", name));
  const color = smallMenu("Colour of the map", "", () => renew());
  const plot = h("div", { class: "ov-ratemap-plot" });
  const legend = h("p", { class: "ov-wrap ov-ratemap-legend ov-muted" });
  const note = h("p", { class: "ov-muted" }, PINNED);
  const outcome = h("p", { class: "ov-muted", role: "status" });
  const enlarging = enlargeable(place);
  const buttons = mapButtons({ turn: (steps) => turn(hair.shares(), steps), leave: () => change(() => zoom.leave(whole())), takeBest: take, enlarging });
  const choices = h("div", { class: "ov-ratemap-choices" }, up.element, across.element, color.element);
  const { element: said, ...told } = saying(store, () => frame.canvas.ariaLabel ?? "");
  const element = h("div", { class: "ov-chart-body ov-ratemap" }, choices, buttons, plot, legend, outcome, note, said);
  color.update(Object.entries(COLORS), "steps");
  place.append(element);

  /** With all of their ranges. @returns {Axes} */
  function whole(lane = store.view.chosen) {
    const all = axesOf(store, lane);
    const first = all.find(({ name }) => name === wish.across) ?? all[0];
    const others = all.filter((axis) => axis !== first);
    return { across: first, up: others.find(({ name }) => name === wish.up) ?? others[0] };
  }

  /** With the part of them that is shown. */
  const axes = (lane = store.view.chosen) => zoom.shown(whole(lane));

  /** An axis that the other side has already changes places with this one. @param {"across" | "up"} side @param {string} name */
  function choose(side, name) {
    const now = axes();
    const [mine, other] = side === "across" ? [now.across, now.up] : [now.up, now.across];
    const rest = name === other.name ? mine.name : other.name;
    Object.assign(wish, side === "across" ? { across: name, up: rest } : { across: rest, up: name });
    update();
    live.look();
  }

  const { frame, hair } = probedPlot(store, plot, axes, {
    paint(ctx, box, colors) {
      const sides = axes();
      const map = current(sides);
      if (map) {
        if (made?.dark !== colors.dark) made = make(map, colors.dark);
        drawPart(ctx, box, made.cells, map, sides);
        if (fits(map, sides)) drawMixed(ctx, box, map.n, made.mixed, colors.text);
        if (fits(map, sides)) drawStableLine(ctx, box, stableLine(map, sides), sides.across.name === "lr", colors);
      }
      drawAxes(ctx, box, sides, colors);
    },
    words(shares) {
      const map = current(axes());
      return map && fits(map, axes()) ? cellWords(map, axes(), shares, store.surface().minimum ?? 0) : [];
    },
    cell(shares) {
      const map = current(axes());
      if (!map || !fits(map, axes())) return null;
      const { column, row } = cellAt(map.n, shares);
      return [column / (map.n - 1), row / (map.n - 1)];
    },
  });

  /** What has come, if it is a map of what is shown now. @param {Axes} sides */
  function current({ across: one, up: other }) {
    if (!shown) return null;
    const { map, race, lane } = shown;
    const alike = map.axes[0] === one.name && map.axes[1] === other.name && race.surface === store.race.surface;
    return alike && lane === store.view.chosen && race.lanes[lane].rule === store.lane(lane).rule ? map : null;
  }

  /** Make the picture of the cells, and the legend that goes with it. @param {MapReply} map @param {boolean} dark */
  function make(map, dark) {
    const mixed = mixedCells(map);
    if (color.value() === "steps") {
      stepsLegend(legend, map, dark, mixed.length / map.place.length);
      return { cells: cellsOf(fateImage(map, shown?.race.steps ?? 1, dark)), mixed, dark };
    }
    const range = lossRange(map.excess);
    lossLegend(legend, map, dark, range, finalLoss(store));
    return { cells: cellsOf(lossImage(map, range, dark)), mixed: [], dark };
  }

  function renew() {
    made = null;
    frame.repaint();
  }

  const live = liveMap(store, api, {
    own,
    name: "map",
    wish: (lane) => (store.view.chart === "map" ? wishFor(store, axes(lane), zoom.isIn(whole(lane)) ? ["across", "up"] : []) : null),
    arrived(map, { race, lane }) {
      shown = { map, race, lane };
      renew();
      describe();
      hair.update();
      told.say({ rough: map.own || map.n < FINE });
    },
  });

  function describe() {
    const sides = axes();
    const map = current(sides);
    const name = `${store.lane(store.view.chosen).label} by ${sides.across.meaning} and ${sides.up.meaning}`;
    frame.canvas.setAttribute("aria-label", map ? `${name}: ${sharesOf(map)}` : name);
    if (map) return;
    made = null;
    fill(legend, "", () => []);
  }

  function update() {
    const all = axesOf(store, store.view.chosen);
    const sides = axes();
    const titles = all.map((axis) => /** @type {[string, string]} */ ([axis.name, titleOf(axis)]));
    across.update(titles, sides.across.name);
    up.update(titles, sides.up.name);
    note.hidden = store.pinned === null;
    hair.update();
    describe();
    frame.repaint();
  }

  /** Show another part of the map. @param {() => void} how */
  function change(how) {
    how();
    update();
    live.look();
  }

  /** @param {[number, number]} about  shares of what is shown @param {number} steps */
  const turn = (about, steps) => change(() => zoom.turn(whole(), about, steps));

  function take() {
    const said = takeBest();
    setText(outcome, said);
    return said;
  }

  /** @returns {string}  what has come of it */
  function takeBest() {
    const sides = axes();
    const map = current(sides);
    const best = map && fits(map, sides) ? bestCell(map) : null;
    if (!map || !best) return map && fits(map, sides) ? NONE : WAITING;
    const now = laneResult(store, store.view.chosen)?.status;
    if (now?.state === "converged" && now.step !== null && now.step <= map.step[best.cell])
      return `No cell of this map is sooner: the present values arrive at step ${now.step}.`;
    const [one, other] = [exactAt(sides.across, best.shares[0]), exactAt(sides.up, best.shares[1])];
    store.change((race) => sides.up.set(sides.across.set(race, one), other));
    return `Best cell: ${sides.across.symbol} = ${readable(one)}, ${sides.up.symbol} = ${readable(other)}, ${fateWords(map, best.cell)}.`;
  }

  plot.addEventListener(
    "wheel",
    (event) => {
      // As over the picture: without these keys the wheel scrolls the page.
      if (!event.ctrlKey && !event.metaKey && !enlarging.isLarge()) return;
      event.preventDefault();
      turn(sharesIn(hair.element.getBoundingClientRect(), [event.clientX, event.clientY]), -Math.sign(event.deltaY));
    },
    { passive: false },
  );

  const deaf = together(
    listen(store, "race", () => element.hidden || hair.update()),
    listen(store, "view", () => store.view.chart !== "map" && enlarging.isLarge() && enlarging.end()),
  );
  return { element, update, take, destroy: together(deaf, enlarging.destroy, live.destroy, told.destroy, frame.destroy) };
}
