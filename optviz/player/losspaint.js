/** Drawing the loss chart: its grid, its lines (kept on a canvas of their own) and the play-head. */

import { drawMarker, laneStyle } from "./palette.js";

/** @import {Axis} from "./lossaxis.js" */
/** @import {Ink} from "./theme.js" */
/** @import {LaneResult, Result} from "./types.js" */

/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/**
 * @typedef {object} Picture
 * @property {Result} result
 * @property {{index: number, lane: LaneResult, losses: Float32Array}[]} lanes  the visible ones
 * @property {Box} box
 * @property {Axis} axis
 */

const MARGIN = { left: 38, top: 8, right: 10, bottom: 20 };
const PIXELS_PER_TICK = 24;

/**
 * @param {number} width
 * @param {number} height
 * @returns {Box}
 */
export function plotBox(width, height) {
  const { left, top, right, bottom } = MARGIN;
  return { left, top, width: width - left - right, height: height - top - bottom };
}

/** @param {Box} box */
export function ticksThatFit(box) {
  return Math.max(2, Math.floor(box.height / PIXELS_PER_TICK));
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Picture} picture
 * @param {Ink} colors
 */
export function drawGrid(ctx, { box, axis, result }, colors) {
  ctx.fillStyle = colors.muted;
  ctx.strokeStyle = colors.grid;
  ctx.lineWidth = 1;
  ctx.textBaseline = "middle";
  ctx.textAlign = "right";
  ctx.beginPath();
  for (const { share, label } of axis.ticks) {
    const y = Math.round(box.top + (1 - share) * box.height) + 0.5;
    ctx.moveTo(box.left, y);
    ctx.lineTo(box.left + box.width, y);
    ctx.fillText(label, box.left - 5, y);
  }
  ctx.stroke();
  ctx.textBaseline = "top";
  for (const step of stepTicks(result.steps, box.width)) {
    ctx.textAlign = step === 0 ? "left" : step === result.steps ? "right" : "center";
    ctx.fillText(String(step), box.left + (step / result.steps) * box.width, box.top + box.height + 6);
  }
}

/**
 * Round steps, and the last one if it keeps its distance.
 *
 * @param {number} steps
 * @param {number} width
 */
function stepTicks(steps, width) {
  const rough = (steps * 48) / width;
  const power = 10 ** Math.floor(Math.log10(rough));
  const every = Math.max(1, power * ([1, 2, 5, 10].find((lead) => lead * power >= rough) ?? 10));
  return Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => i * every);
}

/**
 * Draw every visible lane's loss on a canvas of its own; a diverged lane ends with a cross.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 * @param {Ink} colors
 */
export function drawLines(canvas, { box, axis, lanes, result }, colors) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.lineWidth = 1.75;
  ctx.lineJoin = "round";
  for (const { index, lane, losses } of lanes) {
    const { color, dash } = laneStyle(index, colors.dark);
    ctx.strokeStyle = color;
    ctx.setLineDash(dash);
    const end = strokeLosses(ctx, box, axis, losses, result.steps);
    if (lane.status.state === "diverged") strokeCross(ctx, end.x, end.y);
  }
}

/**
 * Stroke one lane's line, held inside the box, and return its end. Of many steps in one column of
 * pixels only the highest and the lowest are drawn: the same picture for a fraction of the work.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {Axis} axis
 * @param {Float32Array} losses  (T+1,)
 * @param {number} steps
 */
function strokeLosses(ctx, box, axis, losses, steps) {
  let [x, y, low, high, rising] = [NaN, 0, 0, 0, false];
  const draw = () => {
    ctx.lineTo(x, rising ? low : high);
    if (low !== high) ctx.lineTo(x, rising ? high : low);
  };
  ctx.beginPath();
  for (let k = 0; k < losses.length && !Number.isNaN(losses[k]); k += 1) {
    const at = box.left + (k / steps) * box.width;
    y = height(box, axis, losses[k]);
    if (Math.floor(at) !== Math.floor(x)) {
      if (k > 0) draw();
      [x, low, high] = [at, y, y];
    } else if (y < low) [low, rising] = [y, false];
    else if (y > high) [high, rising] = [y, true];
  }
  draw();
  ctx.stroke();
  return { x, y };
}

/**
 * @param {Box} box
 * @param {Axis} axis
 * @param {number} loss
 * @returns {number}  the y coordinate; what lies above or below is brought to the edge
 */
function height(box, axis, loss) {
  return box.top + (1 - Math.min(1, Math.max(0, axis.share(loss)))) * box.height;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 */
function strokeCross(ctx, x, y) {
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const [dx, dy] of [
    [4, 4],
    [4, -4],
  ]) {
    ctx.moveTo(x - dx, y - dy);
    ctx.lineTo(x + dx, y + dy);
  }
  ctx.stroke();
}

/**
 * Draw the play-head and every lane's marker on it; return its x coordinate.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Picture} picture
 * @param {number} step  may lie between two steps
 * @param {Ink} colors
 */
export function drawHead(ctx, { box, axis, lanes, result }, step, colors) {
  const x = box.left + (step / result.steps) * box.width;
  ctx.strokeStyle = colors.muted;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x, box.top);
  ctx.lineTo(x, box.top + box.height);
  ctx.stroke();
  for (const { index, losses } of lanes) {
    const loss = between(losses, step);
    const { color, marker } = laneStyle(index, colors.dark);
    ctx.fillStyle = color;
    if (!Number.isNaN(loss)) drawMarker(ctx, marker, x, height(box, axis, loss), 3.5);
  }
  return x;
}

/**
 * @param {Float32Array} losses
 * @param {number} step
 */
function between(losses, step) {
  const [before, after] = [losses[Math.floor(step)], losses[Math.ceil(step)]];
  return before + (after - before) * (step % 1);
}
