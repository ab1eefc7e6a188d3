/** Where the chosen lane ends under many seeds of the noise: dots between contour and paths. */

import { listen, together } from "../base/listening.js";
import { cloudLegend } from "./cloudlegend.js";
import { Layer } from "../look/layer.js";
import { laneStyle } from "../look/palette.js";
import { toPixels } from "../plane/projection.js";

/** @import {Frame} from "./contour.js" */
/** @import {Ground} from "../step/overlay.js" */
/** @import {Seeds} from "../server/ensembles.js" */
/** @import {Store} from "../state/store.js" */

/** @typedef {{x: number, y: number, count: number}} Dot  In pixels; `count` of the seeds end there. */

/** Radius of one seed's dot and width of the ring around it, in pixels; how much of what is below it hides. */
const RADIUS = 2.6;
const RING = 1;
const OPACITY = 0.5;
/** Alone a dot is small: it hides this much more. */
const ALONE = 0.3;
/** What ends within so many pixels is one dot, as large as its seeds together: at a minimum all of them meet. */
const NEAR = 4;

/**
 * @param {Store} store
 * @param {HTMLElement} element  the picture
 * @param {Seeds} seeds
 */
export function cloud(store, element, seeds) {
  const names = cloudLegend(store, element);
  /** @type {Layer | null} */
  let layer = null;
  /** @type {Ground | null} */
  let ground = null;

  /** The dots are on the contour, not in 3-D. */
  const seen = () => (store.view.show.includes("space") ? null : seeds.current());

  function hide() {
    layer?.canvas.remove();
    layer = null;
    names.hide();
  }

  function draw() {
    const ensemble = seen();
    if (!ensemble || !ground) return hide();
    const { frame, ink } = ground;
    if (!layer) {
      layer = new Layer(element);
      layer.canvas.classList.add("ov-cloud");
      (element.querySelector(".ov-basins-map") ?? element.querySelector(".ov-plot"))?.after(layer.canvas);
    }
    layer.cover(frame);
    const { ctx } = layer;
    ctx.fillStyle = laneStyle(ensemble.lane, ink.dark).color;
    ctx.strokeStyle = ink.halo;
    ctx.lineWidth = RING;
    for (const { x, y, count } of dots(ensemble.reply.end, frame)) {
      ctx.globalAlpha = OPACITY + ALONE / count;
      ctx.beginPath();
      ctx.arc(x, y, RADIUS * ink.weight * Math.sqrt(count), 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
    names.show(ensemble, frame);
  }

  const deaf = listen(seeds, "arrived", draw);
  return {
    /** The axes, the theme, the race or the view may have changed. @param {Ground} next */
    update(next) {
      ground = next;
      if (layer || seen()) draw();
    },
    destroy: together(deaf, hide, names.destroy),
  };
}

/**
 * Return the dots of end points: each in the middle of its seeds.
 *
 * @param {Float32Array} end  (S, 2) flattened
 * @param {Frame} frame
 */
function dots(end, frame) {
  /** @type {Map<string, Dot>} */
  const found = new Map();
  for (let i = 0; i < end.length; i += 2) {
    // Those that diverged have no end.
    if (Number.isNaN(end[i])) continue;
    const [x, y] = toPixels(frame, [end[i], end[i + 1]]);
    const cell = `${Math.round(x / NEAR)} ${Math.round(y / NEAR)}`;
    const dot = found.get(cell) ?? { x, y, count: 0 };
    dot.count += 1;
    dot.x += (x - dot.x) / dot.count;
    dot.y += (y - dot.y) / dot.count;
    found.set(cell, dot);
  }
  return found.values();
}
