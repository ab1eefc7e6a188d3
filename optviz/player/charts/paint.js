/** Drawing a chart: its grid, and its lines on a canvas of their own. */

import { clipTo } from "../look/box.js";
import { laneStyle } from "../look/palette.js";
import { addCross } from "../look/strokes.js";
import { clamp, roundAbove } from "../scales/numbers.js";

/** @import {Axis} from "../scales/axis.js" */
/** @import {Box, DrawIn} from "../look/box.js" */
/** @import {Ink} from "../look/theme.js" */

/**
 * @typedef {object} Line
 * @property {Float32Array} values  by step; the line ends where they are no numbers
 * @property {number | null} lane  whose it is; null: it is of all
 * @property {number} [look]  its colour, dash and marker; without one the text's colour
 * @property {number[]} [dash]  instead of the lane's
 * @property {string} [label]  what of the lane it is, where a lane has several lines
 * @property {boolean} [front]  of the chosen lane: thicker, and its label stands beside the play-head
 * @property {boolean} [diverged]  it ends with a cross
 */

/**
 * @typedef {object} Picture
 * @property {number} steps
 * @property {Line[]} lines
 * @property {Box} box
 * @property {Axis} axis
 * @property {(ctx: CanvasRenderingContext2D) => void} [behind]  draws what lies behind the lines
 */

const MARGIN = { left: 38, top: 8, right: 10, bottom: 20 };
const [THIN, THICK] = [1.5, 2.5];
const PIXELS_PER_TICK = 24;
const PIXELS_PER_STEP = 48;

/** @param {number} width @param {number} height @returns {Box} */
export function plotBox(width, height) {
  const { left, top, right, bottom } = MARGIN;
  return { left, top, width: width - left - right, height: height - top - bottom };
}

/** @param {Box} box */
export function ticksThatFit(box) {
  return Math.max(2, Math.floor(box.height / PIXELS_PER_TICK));
}

/** @param {CanvasRenderingContext2D} ctx @param {Picture} picture @param {Ink} colors */
export function drawGrid(ctx, { box, axis, steps }, colors) {
  drawLevels(ctx, box, axis, colors);
  ctx.textBaseline = "top";
  for (const step of stepTicks(steps, box.width)) {
    ctx.textAlign = step === 0 ? "left" : step === steps ? "right" : "center";
    ctx.fillText(String(step), box.left + (step / steps) * box.width, box.top + box.height + 6);
  }
}

/** Draw the numbers of the axis that goes up, and a line at each. @type {DrawIn<Axis>} */
export function drawLevels(ctx, box, axis, colors) {
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
  if (axis.zero !== undefined) drawBelow(ctx, box, axis.zero, colors);
}

/** Say of what is beneath zero what it is. @type {DrawIn<number>} */
function drawBelow(ctx, { left, top, width, height: high }, zero, colors) {
  ctx.globalAlpha = 0.06;
  ctx.fillStyle = colors.text;
  ctx.fillRect(left, top + (1 - zero) * high, width, zero * high);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colors.muted;
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  ctx.fillText("below the known minimum", left + 4, top + (1 - zero) * high + 3, width - 8);
}

/** Round steps, and the last one if it keeps its distance. @param {number} steps @param {number} width */
function stepTicks(steps, width) {
  const every = Math.max(1, roundAbove((steps * PIXELS_PER_STEP) / width));
  return Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => i * every);
}

/**
 * Draw every line on a canvas of its own; a diverged lane's ends with a cross.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 * @param {number} density  pixels in one of CSS
 * @param {Ink} colors
 */
export function drawLines(canvas, { box, axis, lines, steps, behind }, density, colors) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.setTransform(density, 0, 0, density, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.save();
  clipTo(ctx, box);
  behind?.(ctx);
  ctx.lineJoin = "round";
  const ends = [];
  for (const line of lines) {
    const { color, dash } = look(line, colors);
    ctx.lineWidth = line.front ? THICK : THIN;
    ctx.strokeStyle = color;
    ctx.setLineDash(dash);
    const end = strokeLine(ctx, box, axis, line.values, steps);
    if (line.diverged) ends.push({ ...end, color });
  }
  ctx.restore();
  ctx.lineWidth = THIN;
  for (const { x, y, color } of ends) {
    ctx.strokeStyle = color;
    ctx.beginPath();
    addCross(ctx, x, withinBox(box, y), 4);
    ctx.stroke();
  }
}

/** @param {Line} line @param {Ink} colors */
export function look({ look: its, dash }, colors) {
  const style = its === undefined ? { color: colors.text, dash: [], marker: "circle" } : laneStyle(its, colors.dark);
  return { .../** @type {ReturnType<typeof laneStyle>} */ (style), dash: dash ?? style.dash };
}

/**
 * Stroke a line and return where it ends, or leaves the box for good. Of many steps in one column of
 * pixels only the highest and the lowest are drawn: the same picture for a fraction of the work.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {Axis} axis
 * @param {ArrayLike<number>} values
 * @param {number} steps
 */
function strokeLine(ctx, box, axis, values, steps) {
  let [x, y, low, high, rising] = [NaN, 0, 0, 0, false];
  let [end, leaving] = [NaN, false];
  const draw = () => {
    ctx.lineTo(x, rising ? low : high);
    if (low !== high) ctx.lineTo(x, rising ? high : low);
  };
  ctx.beginPath();
  for (let k = 0; k < values.length && !Number.isNaN(values[k]); k += 1) {
    const at = box.left + (k / steps) * box.width;
    y = height(box, axis, values[k]);
    if (!leaving) end = at;
    leaving = withinBox(box, y) !== y;
    if (Math.floor(at) !== Math.floor(x)) {
      if (k > 0) draw();
      [x, low, high] = [at, y, y];
    } else if (y < low) [low, rising] = [y, false];
    else if (y > high) [high, rising] = [y, true];
  }
  draw();
  ctx.stroke();
  return { x: end, y };
}

/**
 * @param {Box} box
 * @param {Axis} axis
 * @param {number} value
 * @returns {number}  the y coordinate; of what the axis does not hold, some place outside the box
 */
export function height(box, axis, value) {
  return box.top + (1 - clamp(axis.share(value), -1, 2)) * box.height;
}

/** The y coordinate in a box that is nearest to another one. @param {Box} box @param {number} y */
export function withinBox({ top, height: high }, y) {
  return clamp(y, top, top + high);
}
