/** The map of two hyperparameters of the chosen lane, with a cross-hair at its values. */

import { listen, together } from "../base/listening.js";
import { cellWords } from "./celltip.js";
import { fill, h } from "../base/dom.js";
import { fateImage } from "./fates.js";
import { liveMap } from "../live/livemaps.js";
import { finalLoss, lossImage, lossRange } from "./losscolors.js";
import { axesOf, titleOf, wishFor } from "./mapaxis.js";
import { probedPlot } from "./probedplot.js";
import { lossLegend, sharesOf, stepsLegend } from "./maplegend.js";
import { cellsOf, drawAxes, drawCells, drawStableLine, stableLine } from "./cells.js";
import { saying } from "../controls/saying.js";
import { FINE } from "../server/mapquery.js";
import { smallMenu } from "../controls/select.js";

/** @import {Chart} from "../charts/linechart.js" */
/** @import {Axes} from "./cells.js" */
/** @import {OwnMaps} from "../live/ownmaps.js" */
/** @import {Api, MapReply, Race, Store} from "../state/types.js" */

export const MAP = { slug: /** @type {const} */ ("map"), tab: "Map", name: "Hyperparameter map" };

const COLORS = { steps: "Steps", loss: "Final loss" };
const PINNED = "The map varies the values that the run begins with, and sets them.";

/**
 * @param {Store} store
 * @param {HTMLElement} place  within the page, whose font it takes
 * @param {Api} api
 * @param {OwnMaps} own
 * @returns {Chart}
 */
export function rateMap(store, place, api, own) {
  /** What was chosen by hand; a lane that has no such axis falls back to its own. */
  const wish = { across: "lr", up: "" };
  /** @type {{map: MapReply, race: Race, lane: number} | null} */
  let shown = null;
  /** @type {{cells: OffscreenCanvas, dark: boolean} | null} */
  let made = null;

  const up = smallMenu("Up the map", "↑", (name) => choose("up", name));
  const across = smallMenu("Across the map", "→", (name) => choose("across", name));
  const color = smallMenu("Colour of the map", "", () => renew());
  const plot = h("div", { class: "ov-ratemap-plot" });
  const legend = h("p", { class: "ov-wrap ov-ratemap-legend ov-muted" });
  const note = h("p", { class: "ov-muted" }, PINNED);
  const choices = h("div", { class: "ov-ratemap-choices" }, up.element, across.element, color.element);
  const { element: said, ...told } = saying(store, () => frame.canvas.ariaLabel ?? "");
  const element = h("div", { class: "ov-chart-body ov-ratemap" }, choices, plot, legend, note, said);
  color.update(Object.entries(COLORS), "steps");
  place.append(element);

  /** @returns {Axes} */
  function axes(lane = store.view.chosen) {
    const all = axesOf(store, lane);
    const first = all.find(({ name }) => name === wish.across) ?? all[0];
    const others = all.filter((axis) => axis !== first);
    return { across: first, up: others.find(({ name }) => name === wish.up) ?? others[0] };
  }

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
        drawCells(ctx, box, made.cells);
        drawStableLine(ctx, box, stableLine(map, sides), sides.across.name === "lr", colors);
      }
      drawAxes(ctx, box, sides, colors);
    },
    words(shares) {
      const map = current(axes());
      return map ? cellWords(map, axes(), shares, store.surface().minimum ?? 0) : [];
    },
  });

  /** What has come, if it is a map of what is shown now. @param {Axes} sides */
  function current({ across: one, up: other }) {
    if (!shown) return null;
    const { map, race, lane } = shown;
    const fits = map.axes[0] === one.name && map.axes[1] === other.name && race.surface === store.race.surface;
    return fits && lane === store.view.chosen && race.lanes[lane].rule === store.lane(lane).rule ? map : null;
  }

  /** Make the picture of the cells, and the legend that goes with it. @param {MapReply} map @param {boolean} dark */
  function make(map, dark) {
    if (color.value() === "steps") {
      stepsLegend(legend, map, dark);
      return { cells: cellsOf(fateImage(map, shown?.race.steps ?? 1, dark)), dark };
    }
    const range = lossRange(map.excess);
    lossLegend(legend, map, dark, range, finalLoss(store));
    return { cells: cellsOf(lossImage(map, range, dark)), dark };
  }

  function renew() {
    made = null;
    frame.repaint();
  }

  const live = liveMap(store, api, {
    own,
    name: "map",
    wish: (lane) => (store.view.chart === "map" ? wishFor(store, axes(lane)) : null),
    arrived(map, { race, lane }) {
      shown = { map, race, lane };
      renew();
      describe();
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

  const deaf = listen(store, "race", () => element.hidden || hair.update());
  return { element, update, destroy: together(deaf, live.destroy, told.destroy, frame.destroy) };
}
