/** Drawing the play-head of a chart, with the marker of every line on it. */

import { height, look, withinBox } from "./paint.js";
import { drawMarker } from "../look/palette.js";

/** @import {Picture} from "./paint.js" */
/** @import {Box} from "../look/box.js" */
/** @import {Ink} from "../look/theme.js" */

const LABEL_GAP = 12;

/**
 * Draw the play-head and every line's marker on it; return its x coordinate.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Picture} picture
 * @param {number} step  may lie between two steps
 * @param {Ink} colors
 */
export function drawHead(ctx, { box, axis, lines, steps }, step, colors) {
  const x = box.left + (step / steps) * box.width;
  ctx.strokeStyle = colors.muted;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x, box.top);
  ctx.lineTo(x, box.top + box.height);
  ctx.stroke();
  /** @type {{text: string, y: number}[]} */
  const labels = [];
  for (const line of lines) {
    const value = between(line.values, step);
    if (Number.isNaN(value)) continue;
    const { color, marker } = look(line, colors);
    const y = height(box, axis, value);
    ctx.fillStyle = ctx.strokeStyle = color;
    const held = withinBox(box, y);
    if (held === y) drawMarker(ctx, marker, x, y, 3.5);
    else drawArrow(ctx, x, held, Math.sign(y - held));
    if (line.label && line.front) labels.push({ text: line.label, y: held });
  }
  if (labels.length) drawLabels(ctx, labels, x, box, colors);
  return x;
}

/**
 * Point to what lies above (-1) or below (1) the chart.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} way
 */
function drawArrow(ctx, x, y, way) {
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(x - 4, y - 6 * way);
  ctx.lineTo(x, y - way);
  ctx.lineTo(x + 4, y - 6 * way);
  ctx.stroke();
}

/**
 * Write the lines' names beside the play-head, apart from each other in the order of the lines.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {{text: string, y: number}[]} labels
 * @param {number} x
 * @param {Box} box
 * @param {Ink} colors
 */
function drawLabels(ctx, labels, x, box, colors) {
  const left = x > box.left + box.width - 30;
  ctx.textAlign = left ? "right" : "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colors.text;
  ctx.strokeStyle = colors.ground;
  ctx.lineWidth = 3;
  let lowest = box.top + box.height - LABEL_GAP * (labels.length - 0.5);
  let highest = box.top + LABEL_GAP / 2;
  for (const { text, y } of labels.sort((a, b) => a.y - b.y)) {
    const at = Math.min(Math.max(y - LABEL_GAP / 2, highest), lowest);
    ctx.strokeText(text, x + (left ? -7 : 7), at);
    ctx.fillText(text, x + (left ? -7 : 7), at);
    highest = at + LABEL_GAP;
    lowest += LABEL_GAP;
  }
}

/**
 * @param {ArrayLike<number>} values  of every step, or of those that a step begins at
 * @param {number} step
 */
function between(values, step) {
  const last = values.length - 1;
  const [before, after] = [values[Math.min(Math.floor(step), last)], values[Math.min(Math.ceil(step), last)]];
  return before + (after - before) * (step % 1);
}
