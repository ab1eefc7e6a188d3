/** Draws the start map: an image with a pixel for each cell, laid where the cells are. */

import { toPixels } from "../plane/frame.js";

/** @import {Box} from "../look/box.js" */
/** @import {Frame, Ground} from "../plane/frame.js" */
/** @import {MapReply} from "../state/types.js" */

/** @typedef {{image: CanvasImageSource, reply: MapReply}} MapImage */

/** How much of what is below it hides, on a light ground and on a dark one; the style sheet says the same. */
const OPACITY = { light: 0.62, dark: 0.5 };

/**
 * Return where the cells of a map are; the outermost are centred on its limits.
 *
 * @param {Frame} frame
 * @param {Pick<MapReply, "x" | "y" | "n">} map
 * @returns {Box}
 */
export function mapBox(frame, { x, y, n }) {
  const [across, up] = [x, y].map(([low, high]) => (high - low) / (n - 1) / 2);
  const [left, top] = toPixels(frame, [x[0] - across, y[1] + up]);
  const [right, bottom] = toPixels(frame, [x[1] + across, y[0] - up]);
  return { left, top, width: right - left, height: bottom - top };
}

/** @param {CanvasRenderingContext2D} ctx @param {Ground & {map?: MapImage | null}} scene */
export function drawMap(ctx, { frame, ink, map }) {
  if (!map) return;
  const { left, top, width, height } = mapBox(frame, map.reply);
  ctx.globalAlpha = OPACITY[ink.dark ? "dark" : "light"];
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(map.image, left, top, width, height);
}
