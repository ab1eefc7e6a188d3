/** The start map, between contour and paths: where the chosen optimizer goes from every start. */

import { basinLegend } from "./basinlegend.js";
import { mapBox } from "./mapimage.js";
import { h } from "../base/dom.js";
import { together } from "../base/listening.js";
import { lay } from "../look/box.js";
import { fateImage, fateOf } from "../outcomes/fates.js";
import { liveMap } from "../live/livemaps.js";
import { same } from "../plane/window.js";

/** @import {Asked} from "../live/livemaps.js" */
/** @import {OwnMaps} from "../live/ownmaps.js" */
/** @import {MapImage} from "./mapimage.js" */
/** @import {Layers} from "../look/layers.js" */
/** @import {Ground} from "../plane/frame.js" */
/** @import {Api, MapReply, Store} from "../state/types.js" */
/** @import {Window} from "../plane/window.js" */

/** How long the axes must have rested before what they show is mapped anew, in ms. */
const QUIET = 150;

/**
 * @param {Store} store
 * @param {HTMLElement} element  the picture
 * @param {Layers} layers
 * @param {{api: Api, own: OwnMaps, onMap: () => void}} options  `onMap` is called when another map is seen
 */
export function basins(store, element, layers, { api, own, onMap }) {
  const names = basinLegend(store, element, layers.place("words"));
  // As many pixels as cells, enlarged by the browser: it does so much faster than a script would draw.
  const canvas = h("canvas", { class: "ov-basins-map", "aria-hidden": "true" });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const clip = h("div", { class: "ov-basins-clip" }, canvas);
  /** @type {Ground | null} */
  let ground = null;
  /** The last map that came. @type {{reply: MapReply, asked: Asked} | null} */
  let known = null;
  /** Whether the canvas shows it on a dark ground, null while it shows another one. @type {boolean | null} */
  let inked = null;
  /** What is mapped, of which surface, and the timer until the axes rest. @type {(Window & {surface: string}) | null} */
  let mapped = null;
  let quiet = 0;
  /** The axes that the canvas lies on. */
  let placed = "";

  const on = () => store.view.show.includes("basins") && !store.view.show.includes("space");
  const live = liveMap(store, api, { own, name: "basins", wish, arrived });

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
    inked = null;
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
    mapped = known = inked = null;
    hide();
  }

  function hide() {
    clip.remove();
    names.hide();
  }

  function draw() {
    const map = current();
    if (!map || !ground) return hide();
    const { frame, ink } = ground;
    if (!clip.isConnected) layers.place("map").append(clip);
    const fading = foreign();
    canvas.classList.toggle("ov-fading", fading);
    names.show(map.reply, ink.dark, fading);
    if (inked !== ink.dark) paint(map, ink.dark);
    const { x, y, n } = map.reply;
    const axes = JSON.stringify([frame, x, y, n]);
    if (axes === placed) return;
    placed = axes;
    names.place(frame);
    lay(clip, frame);
    const box = mapBox(frame, map.reply);
    lay(canvas, { ...box, left: box.left - frame.left, top: box.top - frame.top });
  }

  /** @param {{reply: MapReply, asked: Asked}} map @param {boolean} dark */
  function paint({ reply, asked }, dark) {
    inked = dark;
    canvas.width = canvas.height = reply.n;
    pen.putImageData(fateImage(reply, asked.race.steps, dark), 0, 0);
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
    /** What is shown of it, if anything is. @returns {MapImage | null} */
    seen() {
      const map = current();
      return map && inked !== null && !foreign() ? { image: canvas, reply: map.reply } : null;
    },
    /** What becomes of a start, in words; nothing where that is not known. @param {readonly [number, number]} start */
    told(start) {
      const map = current();
      return map && !foreign() ? fateOf(map.reply, start) : "";
    },
    destroy: together(live.destroy, clear, names.destroy),
  };
}
