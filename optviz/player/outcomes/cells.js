/** Drawing a hyperparameter map: its cells, its axes, and the line up to which theory calls it stable. */

import { shareOf, ticksOf } from "./mapaxis.js";

/** @import {Box} from "../charts/paint.js" */
/** @import {MapAxis, Side} from "./mapaxis.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {MapReply} from "../state/types.js" */

/** @typedef {{across: Side, up: Side}} Sides */
/** @typedef {{across: MapAxis, up: MapAxis}} Axes  whose values can be set */

const ACROSS_PER_TICK = 40;
const UP_PER_TICK = 24;
/** How far from the bottom, or from the right, the line is named. */
const NAMED_AT = 0.12;
const GAP = 5;
const PADDING = 5;
const LABEL_HEIGHT = 17;

/**
 * @param {ImageData} image
 * @returns {OffscreenCanvas}
 */
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
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(cells, left - wide / 2, top - high / 2, width + wide, height + high);
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {Sides} axes
 * @param {Ink} colors
 */
export function drawAxes(ctx, { left, top, width, height }, { across, up }, colors) {
  ctx.fillStyle = ctx.strokeStyle = colors.muted;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  for (const { share, label } of ticksOf(up, Math.max(2, Math.floor(height / UP_PER_TICK)))) {
    const y = Math.round(top + (1 - share) * height) + 0.5;
    ctx.moveTo(left - 4, y);
    ctx.lineTo(left, y);
    ctx.fillText(label, left - 7, y);
  }
  ctx.stroke();
  drawAcross(ctx, { left, top, width, height }, across, colors);
}

/**
 * Draw the axis along the bottom.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {Side} across
 * @param {Ink} colors
 */
export function drawAcross(ctx, { left, top, width, height }, across, colors) {
  ctx.fillStyle = ctx.strokeStyle = colors.muted;
  ctx.lineWidth = 1;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.beginPath();
  for (const { share, label } of ticksOf(across, Math.max(2, Math.floor(width / ACROSS_PER_TICK)))) {
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
 * Draw the line of stability and its name.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {[number, number][]} line
 * @param {boolean} left  stable is what lies left of it, else what lies below
 * @param {Ink} colors
 */
export function drawStableLine(ctx, box, line, left, colors) {
  if (!line.length) return;
  const pixels = line.map(([u, v]) => [box.left + u * box.width, box.top + (1 - v) * box.height]);
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
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
  const wide = ctx.measureText(text).width + 2 * PADDING;
  const room = at[0] - GAP - wide > box.left;
  const [x, y] = left ? [room ? at[0] - GAP - wide : at[0] + GAP, at[1]] : [at[0] - wide, at[1] + GAP + LABEL_HEIGHT / 2];
  ctx.fillStyle = colors.ground;
  ctx.beginPath();
  ctx.roundRect(x, y - LABEL_HEIGHT / 2, wide, LABEL_HEIGHT, 4);
  ctx.fill();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colors.text;
  ctx.fillText(text, x + PADDING, y + 0.5);
  ctx.restore();
}
