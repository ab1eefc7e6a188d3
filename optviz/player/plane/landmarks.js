/** Marks what is known of a surface: its minima, its local minima, its saddles. */

import { drawMarker } from "../look/palette.js";
import { addCross, strokeRing } from "../look/strokes.js";
import { FAINT, inside } from "./polyline.js";
import { spotOf } from "./frame.js";

/** @import {Frame, Ground} from "./frame.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {SurfaceEntry} from "../state/types.js" */

/** @typedef {{kind: string, point: [number, number]}} Landmark */

/** @param {SurfaceEntry} surface @returns {Landmark[]} */
function landmarks({ minima, local_minima, saddles }) {
  return [
    ...saddles.map((point) => ({ kind: "saddle", point })),
    ...local_minima.map((point) => ({ kind: "local minimum", point })),
    ...minima.map((point) => ({ kind: minima.length > 1 ? "a lowest point" : "the lowest point", point })),
  ];
}

/**
 * Return the landmark within `reach` pixels of a pixel.
 *
 * @param {SurfaceEntry} surface
 * @param {Frame} frame
 * @param {readonly [number, number]} pixel
 * @param {number} reach
 * @returns {Landmark | undefined}
 */
export function landmarkAt(surface, frame, [u, v], reach) {
  return landmarks(surface).reverse().find(({ point }) => {
    const [x, y] = spotOf(frame, point)?.at ?? [NaN, NaN];
    return Math.hypot(x - u, y - v) < reach;
  });
}

/** @param {CanvasRenderingContext2D} ctx @param {Ground & {surface: SurfaceEntry}} scene */
export function drawLandmarks(ctx, { surface, frame, ink }) {
  for (const { kind, point } of landmarks(surface)) {
    const spot = spotOf(frame, point);
    if (!spot || !inside(...spot.at, frame)) continue;
    ctx.globalAlpha = spot.behind ? FAINT : 1;
    if (kind === "saddle") drawSaddle(ctx, ...spot.at, ink);
    else if (kind === "local minimum") strokeRing(ctx, ...spot.at, 3.5, ink.muted);
    else drawTarget(ctx, ...spot.at, ink);
  }
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {Ink} ink */
function drawTarget(ctx, x, y, ink) {
  ctx.fillStyle = ink.halo;
  drawMarker(ctx, "circle", x, y, 9);
  ctx.fillStyle = ink.text;
  drawMarker(ctx, "circle", x, y, 2);
  strokeRing(ctx, x, y, 6, ink.text);
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {Ink} ink */
function drawSaddle(ctx, x, y, ink) {
  ctx.beginPath();
  addCross(ctx, x, y, 3.5);
  ctx.strokeStyle = ink.muted;
  ctx.lineWidth = 1.25;
  ctx.stroke();
}
