/** Draws the start point, which on the page is a handle that looks the same. */

import { drawMarker } from "../look/palette.js";
import { clamp } from "../scales/numbers.js";
import { toPixels } from "../plane/frame.js";

/** @import {Frame, Ground} from "../plane/frame.js" */

/** From below: the ring that sets it off, its edge, its middle; radii in pixels, as the style sheet has them. */
const RINGS = /** @type {const} */ ([["ground", 11], ["text", 9], ["ground", 6]]);

/**
 * Return where the start is shown: at the border of the axes when it is outside.
 *
 * @param {Frame} frame
 * @param {readonly [number, number]} start
 * @returns {[number, number]}
 */
export function placeOf(frame, start) {
  const [x, y] = toPixels(frame, start);
  const { left, top, width, height } = frame;
  return [clamp(x, left, left + width), clamp(y, top, top + height)];
}

/** @param {CanvasRenderingContext2D} ctx @param {Ground & {start: readonly [number, number]}} scene */
export function drawStart(ctx, { frame, ink, start }) {
  for (const [color, radius] of RINGS) {
    ctx.fillStyle = ink[color];
    drawMarker(ctx, "circle", ...placeOf(frame, start), radius);
  }
}
