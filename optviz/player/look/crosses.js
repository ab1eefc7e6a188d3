/** How a path ends that has left: a cross where it diverged, an arrow where it left the axes. */

import { addCross } from "./strokes.js";

/** @import {Ink} from "./theme.js" */

/**
 * Draw a cross in the context's stroke colour.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {Ink} ink
 */
export function drawCross(ctx, x, y, ink) {
  const color = ctx.strokeStyle;
  ctx.lineCap = "round";
  for (const [style, width] of [[ink.ground, 6], [color, 2.75]]) {
    ctx.beginPath();
    addCross(ctx, x, y, 6);
    ctx.strokeStyle = /** @type {string} */ (style);
    ctx.lineWidth = /** @type {number} */ (width);
    ctx.stroke();
  }
  ctx.lineCap = "butt";
}

/**
 * Draw an arrow at the border towards what is outside; a diverged lane adds a cross.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {readonly [number, number]} at
 * @param {number} turn  the angle of its direction
 * @param {Ink} ink
 * @param {boolean} diverged
 */
export function drawArrow(ctx, [u, v], turn, ink, diverged) {
  ctx.save();
  ctx.translate(u, v);
  ctx.rotate(turn);
  ctx.beginPath();
  // Long, with a notch: of a triangle nobody sees which of its corners points.
  ctx.moveTo(8, 0);
  ctx.lineTo(-12, -6);
  ctx.lineTo(-7, 0);
  ctx.lineTo(-12, 6);
  ctx.closePath();
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = ink.ground;
  ctx.stroke();
  ctx.fill();
  ctx.restore();
  if (!diverged) return;
  ctx.strokeStyle = ctx.fillStyle;
  drawCross(ctx, u - 24 * Math.cos(turn), v - 24 * Math.sin(turn), ink);
}
