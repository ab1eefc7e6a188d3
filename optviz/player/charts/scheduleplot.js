/** A small plot of the learning rate's multipliers over the steps, with the play-head. */

import { listen, together } from "../base/listening.js";
import { scheduleLines } from "./kinds.js";
import { canvasFrame } from "../look/canvas.js";
import { laneStyle } from "../look/palette.js";
import { readable } from "../scales/numbers.js";

/** @import {Store} from "../state/types.js" */

const MARGIN = { left: 34, top: 7, right: 4, bottom: 7 };

/** @param {Store} store @param {HTMLElement} element @returns {() => void}  takes the plot down */
export function schedulePlot(store, element) {
  const frame = canvasFrame(element, (ctx, width, height, colors) => {
    const { result } = store;
    if (!result) return;
    const { schedule, steps } = result;
    const top = schedule.reduce((most, value) => Math.max(most, value), Number.MIN_VALUE);
    const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const x = (/** @type {number} */ step) => MARGIN.left + (step / steps) * inner.width;
    const y = (/** @type {number} */ value) => MARGIN.top + (1 - value / top) * inner.height;

    ctx.fillStyle = colors.muted;
    ctx.textAlign = "right";
    ctx.textBaseline = "middle";
    for (const value of [0, top]) ctx.fillText(readable(value, 2), MARGIN.left - 5, y(value));
    line(ctx, colors.grid, 1, [[x(0), y(0)], [x(steps), y(0)]]);
    line(ctx, colors.muted, 1, [[x(store.step), y(0)], [x(store.step), y(top)]]);
    for (const { lane, values } of scheduleLines(store, result)) {
      const { color, dash } = lane === null ? { color: colors.text, dash: [] } : laneStyle(store.lookOf(lane, result.race), colors.dark);
      line(ctx, color, 1.75, Array.from(values, (value, step) => [x(step), y(value)]), dash);
    }
  });
  frame.canvas.setAttribute("role", "img");
  frame.canvas.setAttribute("aria-label", "Multiplier of the learning rate against the step");
  return together(listen(store, ["result", "step"], frame.repaint), frame.destroy);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} color
 * @param {number} width
 * @param {number[][]} points
 * @param {number[]} [dash]
 */
function line(ctx, color, width, points, dash = []) {
  ctx.setLineDash(dash);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
  ctx.stroke();
  ctx.setLineDash([]);
}
