/** The start map, between contour and paths: where the chosen optimizer goes from every start. */

import { basinLegend } from "./basinlegend.js";
import { fateImage, fateOf } from "./fates.js";
import { Layer } from "./layer.js";
import { liveMap } from "./livemap.js";
import { toPixels } from "./projection.js";
import { same } from "./window.js";

/** @import {Asked} from "./livemap.js" */
/** @import {Ground} from "./overlay.js" */
/** @import {Store} from "./store.js" */
/** @import {Api, MapReply} from "./types.js" */
/** @import {Window} from "./window.js" */

/** How long the axes must have rested before what they show is mapped anew, in ms. */
const QUIET = 150;

/**
 * @param {Store} store
 * @param {HTMLElement} element  the picture
 * @param {{api: Api, onMap: () => void}} options  `onMap` is called when another map is seen
 */
export function basins(store, element, { api, onMap }) {
  const names = basinLegend(store, element);
  /** @type {Layer | null} */
  let layer = null;
  /** @type {Ground | null} */
  let ground = null;
  /** The last map that came. @type {{reply: MapReply, asked: Asked} | null} */
  let known = null;
  /** It as an image, and whether on a dark ground. @type {{canvas: OffscreenCanvas, dark: boolean} | null} */
  let image = null;
  /** What is mapped, of which surface, and the timer until the axes rest. @type {(Window & {surface: string}) | null} */
  let mapped = null;
  let quiet = 0;
  /** The axes for which the canvas was painted. */
  let painted = "";

  const on = () => store.view.show.includes("basins") && !store.view.show.includes("space");
  const live = liveMap(store, api, { name: "basins", wish, arrived });

  function wish() {
    if (!on() || mapped?.surface !== store.race.surface) return null;
    /** @type {[string, string]} */
    const over = ["x", "y"];
    // With the surface's own start, the map stays the same one while the race's is dragged.
    return { over, across: mapped.x, up: mapped.y, start: store.surface().start };
  }

  /** @param {MapReply} reply @param {Asked} asked */
  function arrived(reply, asked) {
    if (!on()) return;
    known = { reply, asked };
    image = null;
    draw();
    onMap();
  }

  function settle() {
    if (!ground) return;
    mapped = { x: ground.frame.x, y: ground.frame.y, surface: store.race.surface };
    live.look();
  }

  /** The map, if it is one of the present surface. */
  function current() {
    return on() && known?.asked.race.surface === store.race.surface ? known : null;
  }

  /** Whether the map is of another lane than the chosen one, whose own is on its way. */
  function foreign() {
    return known?.asked.lane !== store.view.chosen && known?.asked.query !== live.wanted();
  }

  function clear() {
    clearTimeout(quiet);
    quiet = 0;
    mapped = known = image = null;
    hide();
  }

  function hide() {
    layer?.canvas.remove();
    layer = null;
    painted = "";
    names.hide();
  }

  function draw() {
    const map = current();
    if (!map || !ground) return hide();
    const { frame, ink } = ground;
    if (!layer) {
      layer = new Layer(element);
      layer.canvas.classList.add("ov-basins-map");
      element.querySelector(".ov-plot")?.after(layer.canvas);
    }
    const fading = foreign();
    layer.canvas.classList.toggle("ov-fading", fading);
    names.place(frame);
    names.show(map.reply, ink.dark, fading);
    const axes = JSON.stringify([frame, devicePixelRatio]);
    if (image?.dark === ink.dark && axes === painted) return;
    if (image?.dark !== ink.dark) image = { canvas: imageOf(map, ink.dark), dark: ink.dark };
    painted = axes;
    layer.cover(frame);
    const { x, y, n } = map.reply;
    // The outermost cells are centred on the map's limits.
    const [across, up] = [x, y].map(([low, high]) => (high - low) / (n - 1) / 2);
    const [left, top] = toPixels(frame, [x[0] - across, y[1] + up]);
    const [right, bottom] = toPixels(frame, [x[1] + across, y[0] - up]);
    layer.ctx.imageSmoothingEnabled = false;
    layer.ctx.drawImage(image.canvas, left, top, right - left, bottom - top);
  }

  return {
    /** The axes, the theme, the result or the view may have changed. @param {Ground} next */
    update(next) {
      ground = next;
      if (!on()) {
        if (mapped) clear();
        return;
      }
      const { frame } = ground;
      if (!mapped) settle();
      else if (!same(mapped, frame) || mapped.surface !== store.race.surface) {
        clearTimeout(quiet);
        quiet = window.setTimeout(settle, QUIET);
      }
      draw();
    },
    /** What becomes of a start, in words; nothing where that is not known. @param {readonly [number, number]} start */
    told(start) {
      const map = current();
      return map && !foreign() ? fateOf(map.reply, start) : "";
    },
    destroy() {
      live.destroy();
      clear();
      names.destroy();
    },
  };
}

/** @param {{reply: MapReply, asked: Asked}} map @param {boolean} dark */
function imageOf({ reply, asked }, dark) {
  const canvas = new OffscreenCanvas(reply.n, reply.n);
  canvas.getContext("2d")?.putImageData(fateImage(reply, asked.race.steps, dark), 0, 0);
  return canvas;
}
