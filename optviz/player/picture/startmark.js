/** Draws the start point, which on the page is a handle that looks the same. */

import { drawMarker } from "../look/palette.js";
import { toPixels } from "../plane/frame.js";
import { atEdge } from "../plane/heads.js";

/** @import {Frame, Ground, Point} from "../plane/frame.js" */

/** From below: the ring that sets it off, its edge, its middle; radii in pixels, as the style sheet has them. */
const RINGS = /** @type {const} */ ([["ground", 11], ["text", 9], ["ground", 6]]);
/** The same of one that is outside: smaller and fainter, with an arrow to where it is. */
const OUTSIDE = /** @type {const} */ ([["ground", 8], ["muted", 7], ["ground", 5]]);
/** That arrow, in pixels from the middle of the rings, as it points to the right; and how far they stand from the border for it. */
export const WAY = "M10.5-6 19 0 10.5 6Z";
const ROOM = 20;

/**
 * Return where the start is shown: at the border of the axes when it is outside, and then the direction in
 * which it is, in radians.
 *
 * @param {Frame} frame
 * @param {readonly [number, number]} start
 * @returns {{at: Point, turn: number | null}}
 */
export function placeOf(frame, start) {
  if (frame.lens && !frame.lens.spot(start)) return frame.lens.exit(start);
  return atEdge(toPixels(frame, start), frame, ROOM);
}

/** @param {CanvasRenderingContext2D} ctx @param {Ground & {start: readonly [number, number]}} scene */
export function drawStart(ctx, { frame, ink, start }) {
  const { at, turn } = placeOf(frame, start);
  for (const [color, radius] of turn === null ? RINGS : OUTSIDE) {
    ctx.fillStyle = ink[color];
    drawMarker(ctx, "circle", ...at, radius);
  }
  if (turn === null) return;
  ctx.save();
  ctx.translate(...at);
  ctx.rotate(turn);
  ctx.fillStyle = ink.muted;
  ctx.fill(new Path2D(WAY));
  ctx.restore();
}
