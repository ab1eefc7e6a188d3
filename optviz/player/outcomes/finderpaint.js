/** Drawing the learning-rate finder: what every rate comes to, and the range test, over the rate. */

import { lossAxis } from "../scales/axis.js";
import { drawLevels, height, ticksThatFit, withinBox } from "../charts/paint.js";
import { shareOf } from "./mapaxis.js";
import { clipTo } from "../look/box.js";
import { drawSetOff, laneStyle } from "../look/palette.js";
import { plateWidth, writePlate } from "../look/strokes.js";
import { drawAcross } from "./cells.js";

/** @import {Box} from "../look/box.js" */
/** @import {Side} from "./mapaxis.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {RatesReply} from "../state/types.js" */

/** @typedef {{reply: RatesReply, look: number, floor: number | null}} Content  `look` is the optimizer's, `floor` the surface's lowest value, if it is known. */

/** Pixels between the stripes where it diverges, and of a dash of the range test. */
const STRIPES = 7;
export const DASH = [5, 4];
const NAMED = 74;
const DIVERGED = -2;

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {Side} across
 * @param {Content} content
 * @param {Ink} colors
 */
export function drawFinder(ctx, box, across, { reply, look, floor }, colors) {
  const { rate, excess, around, ramp, suggested, steepest, good } = reply;
  const curves = [excess, ramp];
  const most = ticksThatFit(box);
  const axis = lossAxis(curves, floor, ramp[0], most);
  const { color } = laneStyle(look, colors.dark);
  const x = (/** @type {number} */ value) => box.left + shareOf(across, value) * box.width;
  const y = (/** @type {number} */ value) => height(box, axis, value);
  const at = Array.from(rate, x);
  /** @param {"down" | "diamond"} marker @param {[number, number]} place @param {string} of  its colour */
  const mark = (marker, [u, v], of) =>
    drawSetOff(ctx, marker, [u, withinBox(box, v)], 5.5, { color: of, ground: colors.ground, ring: 2.5 });

  drawLevels(ctx, box, axis, colors);
  drawAcross(ctx, box, across, colors);
  ctx.save();
  clipTo(ctx, box);
  drawBand(ctx, at, around, y, color);
  if (good) drawGood(ctx, box, x(good[0]), x(good[1]), colors);
  ctx.lineJoin = "round";
  ctx.lineWidth = 1.5;
  ctx.setLineDash(DASH);
  stroke(ctx, Array.from(ramp, (_, k) => box.left + (k / Math.max(1, ramp.length - 1)) * box.width), ramp, y, colors.text);
  ctx.setLineDash([]);
  ctx.lineWidth = 2.25;
  stroke(ctx, at, excess, y, color);
  for (const [from, to] of lostStretches(reply, at)) drawLost(ctx, box, from, to, colors);
  ctx.restore();
  if (steepest !== null) {
    const k = Math.round(shareOf(across, steepest) * (ramp.length - 1));
    mark("down", [x(steepest), y(ramp[k])], colors.text);
  }
  if (suggested !== null) mark("diamond", [x(suggested), y(excess[indexOf(reply, suggested)])], color);
}

/** Return which of the rates is nearest to a value. @param {RatesReply} reply @param {number} value */
export function indexOf({ rate }, value) {
  const gaps = Array.from(rate, (one) => Math.abs(Math.log(one / value)));
  return gaps.indexOf(Math.min(...gaps));
}

/**
 * Stroke a line that is broken where its values are no numbers.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {number[]} at
 * @param {Float32Array} values
 * @param {(value: number) => number} y
 * @param {string} color
 */
function stroke(ctx, at, values, y, color) {
  ctx.strokeStyle = color;
  ctx.beginPath();
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    if (i === 0 || Number.isNaN(values[i - 1])) ctx.moveTo(at[i], y(value));
    // A value between others that diverged is seen, too.
    ctx.lineTo(at[i] + 0.5, y(value));
  });
  ctx.stroke();
}

/** @param {CanvasRenderingContext2D} ctx @param {number[]} at @param {Float32Array} around @param {(value: number) => number} y @param {string} color */
function drawBand(ctx, at, around, y, color) {
  const count = at.length;
  ctx.beginPath();
  for (let i = 0; i < count; i += 1) ctx.lineTo(at[i], y(around[i]));
  for (let i = count - 1; i >= 0; i -= 1) ctx.lineTo(at[i], y(around[count + i]));
  ctx.globalAlpha = 0.18;
  ctx.fillStyle = color;
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** Mark the good rates at the bottom. @param {CanvasRenderingContext2D} ctx @param {Box} box @param {number} from @param {number} to @param {Ink} colors */
function drawGood(ctx, { top, height: high }, from, to, colors) {
  const wide = Math.max(3, to - from);
  ctx.fillStyle = colors.accent;
  ctx.globalAlpha = 0.12;
  ctx.fillRect(from, top, wide, high);
  ctx.globalAlpha = 1;
  ctx.fillRect(from, top + high - 3, wide, 3);
}

/**
 * Return from where to where rates diverge, each half way to its neighbours.
 *
 * @param {RatesReply} reply
 * @param {number[]} at
 */
function lostStretches({ place }, at) {
  /** @type {[number, number][]} */
  const found = [];
  place.forEach((one, i) => {
    if (one !== DIVERGED) return;
    const from = i > 0 ? (at[i - 1] + at[i]) / 2 : at[i];
    const to = i < at.length - 1 ? (at[i] + at[i + 1]) / 2 : at[i];
    const last = found.at(-1);
    if (last && place[i - 1] === DIVERGED) last[1] = to;
    else found.push([from, to]);
  });
  return found;
}

/** Shade where it diverges with stripes, and name it where there is room. @param {CanvasRenderingContext2D} ctx @param {Box} box @param {number} from @param {number} to @param {Ink} colors */
function drawLost(ctx, { top, height: high }, from, to, colors) {
  ctx.save();
  clipTo(ctx, { left: from, top, width: to - from, height: high });
  ctx.globalAlpha = 0.12;
  ctx.fillStyle = colors.text;
  ctx.fillRect(from, top, to - from, high);
  ctx.globalAlpha = 0.3;
  ctx.strokeStyle = colors.text;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let x = from - high; x < to; x += STRIPES) {
    ctx.moveTo(x, top + high);
    ctx.lineTo(x + high, top);
  }
  ctx.stroke();
  ctx.restore();
  if (to - from < NAMED) return;
  writePlate(ctx, "diverges", (from + to - plateWidth(ctx, "diverges")) / 2, top + 12, colors);
}
