/** Draws where the chosen lane ends under many seeds of the noise: a dot where several end together. */

import { laneStyle } from "../look/palette.js";
import { toPixels } from "../plane/frame.js";

/** @import {Frame, Ground} from "../plane/frame.js" */
/** @import {Ensemble} from "../live/ensembles.js" */

/** @typedef {{x: number, y: number, count: number}} Dot  In pixels; `count` of the seeds end there. */

/** Radius of one seed's dot and width of the ring around it, in pixels; how much of what is below it hides. */
const RADIUS = 2.6;
const RING = 1;
const OPACITY = 0.5;
/** Alone a dot is small: it hides this much more. */
const ALONE = 0.3;
/** What ends within so many pixels is one dot: at a minimum all of them meet. */
const NEAR = 4;
/** So much of its radius a dot gains where twice as many end: as large as all together it would look like their spread. */
const GROWTH = 0.25;

/** @param {CanvasRenderingContext2D} ctx @param {Ground & {looks: number[], ensemble?: Ensemble | null}} scene */
export function drawCloud(ctx, { frame, ink, looks, ensemble }) {
  if (!ensemble) return;
  ctx.fillStyle = laneStyle(looks[ensemble.lane], ink.dark).color;
  ctx.strokeStyle = ink.halo;
  ctx.lineWidth = RING;
  for (const { x, y, count } of dots(ensemble.reply.end, frame)) {
    ctx.globalAlpha = OPACITY + ALONE / count;
    ctx.beginPath();
    ctx.arc(x, y, RADIUS * ink.weight * (1 + GROWTH * Math.log2(count)), 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
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
