/** Drawing a hyperparameter map: its cells, its axes, and the line up to which theory calls it stable. */

import { clipTo, placeIn } from "../look/box.js";
import { plateWidth, writePlate } from "../look/strokes.js";
import { rangeTicks } from "../scales/axis.js";
import { shareOf } from "./mapaxis.js";

/** @import {Box, DrawIn} from "../look/box.js" */
/** @import {MapAxis, Side} from "./mapaxis.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {MapReply} from "../state/types.js" */

/** @typedef {{across: Side, up: Side}} Sides */
/** @typedef {{across: MapAxis, up: MapAxis}} Axes  whose values can be set */

const ACROSS_PER_TICK = 40;
const UP_PER_TICK = 24;
/** How far from the bottom, or from the right, the line is named. */
const NAMED_AT = 0.12;
/** Pixels between the line and its name, and to the middle of a name below it. */
const GAP = 5;
const BELOW = 13.5;
/** Shares of a side that differ by less are one, but for rounding. */
const ALIKE = 1e-4;

/**
 * Paint an image of n x n pixels, the second axis upwards.
 *
 * @param {number} n
 * @param {(cell: number) => number} pixelOf
 */
export function cellImage(n, pixelOf) {
  const image = new ImageData(n, n);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < n; row += 1)
    for (let column = 0; column < n; column += 1) pixels[(n - 1 - row) * n + column] = pixelOf(row * n + column);
  return image;
}

/**
 * Return the cell of a map that is nearest to shares of its sides: its column, its row, its index.
 *
 * @param {number} n
 * @param {readonly number[]} shares
 */
export function cellAt(n, shares) {
  const [column, row] = shares.map((share) => Math.min(n - 1, Math.max(0, Math.round(share * (n - 1)))));
  return { column, row, cell: row * n + column };
}

/** @param {ImageData} image */
export function cellsOf(image) {
  const cells = new OffscreenCanvas(image.width, image.height);
  /** @type {OffscreenCanvasRenderingContext2D} */ (cells.getContext("2d")).putImageData(image, 0, 0);
  return cells;
}

/**
 * Draw the cells: each around its own values, the outermost on the limits of the axes.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {OffscreenCanvas} cells
 */
export function drawCells(ctx, { left, top, width, height }, cells) {
  const [wide, high] = [width / (cells.width - 1), height / (cells.height - 1)];
  ctx.save();
  clipTo(ctx, { left, top, width, height });
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(cells, left - wide / 2, top - high / 2, width + wide, height + high);
  ctx.restore();
}

/**
 * Draw the cells of a map where they belong, which may be of another part of the sides than is shown.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {OffscreenCanvas} cells
 * @param {Pick<MapReply, "x" | "y">} map
 * @param {Sides} shown
 */
export function drawPart(ctx, box, cells, { x, y }, { across, up }) {
  const [left, right] = x.map((value) => shareOf(across, value));
  const [low, high] = y.map((value) => shareOf(up, value));
  const place = { left: box.left + left * box.width, top: box.top + (1 - high) * box.height, width: (right - left) * box.width, height: (high - low) * box.height };
  ctx.save();
  clipTo(ctx, box);
  drawCells(ctx, place, cells);
  ctx.restore();
}

/**
 * Whether a map is of that part of the sides that is shown.
 *
 * @param {Pick<MapReply, "x" | "y">} map
 * @param {Sides} shown
 */
export function fits({ x, y }, { across, up }) {
  const alike = (/** @type {number} */ value, /** @type {number} */ wanted) => Math.abs(value - wanted) < ALIKE;
  return [0, 1].every((end) => alike(shareOf(across, x[end]), end) && alike(shareOf(up, y[end]), end));
}

/** @type {DrawIn<Sides>} */
export function drawAxes(ctx, { left, top, width, height }, { across, up }, colors) {
  ctx.fillStyle = ctx.strokeStyle = colors.muted;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  for (const { share, label } of rangeTicks(up, Math.max(2, Math.floor(height / UP_PER_TICK)))) {
    const y = Math.round(top + (1 - share) * height) + 0.5;
    ctx.moveTo(left - 4, y);
    ctx.lineTo(left, y);
    ctx.fillText(label, left - 7, y);
  }
  ctx.stroke();
  drawAcross(ctx, { left, top, width, height }, across, colors);
}

/** Draw the axis along the bottom. @type {DrawIn<Side>} */
export function drawAcross(ctx, { left, top, width, height }, across, colors) {
  ctx.fillStyle = ctx.strokeStyle = colors.muted;
  ctx.lineWidth = 1;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.beginPath();
  for (const { share, label } of rangeTicks(across, Math.max(2, Math.floor(width / ACROSS_PER_TICK)))) {
    const x = Math.round(left + share * width) + 0.5;
    ctx.moveTo(x, top + height);
    ctx.lineTo(x, top + height + 4);
    ctx.fillText(label, x, top + height + 7);
  }
  ctx.stroke();
}

/**
 * Return where the learning rate becomes unstable, in shares of both sides; nothing where theory
 * does not know.
 *
 * @param {MapReply} map
 * @param {Sides} axes
 * @returns {[number, number][]}
 */
export function stableLine({ stable, n }, { across, up }) {
  if (!stable) return [];
  const along = across.name === "lr";
  return Array.from(stable, (rate, i) => {
    const other = i / (n - 1);
    return along ? [shareOf(across, rate), other] : [other, shareOf(up, rate)];
  });
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {[number, number][]} line
 * @param {boolean} left  stable is what lies left of it, else what lies below
 * @param {Ink} colors
 */
export function drawStableLine(ctx, box, line, left, colors) {
  if (!line.length) return;
  const pixels = line.map((shares) => placeIn(box, shares));
  ctx.save();
  clipTo(ctx, box);
  ctx.lineJoin = "round";
  ctx.beginPath();
  for (const [x, y] of pixels) ctx.lineTo(x, y);
  ctx.strokeStyle = colors.ground;
  ctx.lineWidth = 4;
  ctx.stroke();
  ctx.strokeStyle = colors.text;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([5, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
  const at = pixels[Math.round((left ? NAMED_AT : 1 - NAMED_AT) * (pixels.length - 1))];
  const text = left ? "stable left of this line" : "stable below this line";
  const wide = plateWidth(ctx, text);
  const room = at[0] - GAP - wide > box.left;
  if (left) writePlate(ctx, text, room ? at[0] - GAP - wide : at[0] + GAP, at[1], colors);
  else writePlate(ctx, text, at[0] - wide, at[1] + BELOW, colors);
  ctx.restore();
}
