/** Adds pieces of paths to a canvas: what is too short to be seen or out of sight is left out. */

/** @import {Frame} from "./contour.js" */
/** @import {Projected} from "./projection.js" */

/** Points nearer than this to the last one drawn are skipped, in pixels. */
const STRIDE = 0.7;
/** How far outside the axes a line is still drawn; also keeps dashes of far jumps countable. */
const BEYOND = 30;

/**
 * Add the path of a lane between two whole steps.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Projected} projected
 * @param {number} lane
 * @param {number} from
 * @param {number} to
 * @param {Frame} frame
 */
export function addPath(ctx, { points, last, count }, lane, from, to, frame) {
  const first = 2 * lane * count;
  const end = first + 2 * Math.min(to, last[lane]);
  let i = first + 2 * Math.min(from, last[lane]);
  let u = points[i];
  let v = points[i + 1];
  let moved = true;
  for (i += 2; i <= end; i += 2) {
    const x = points[i];
    const y = points[i + 1];
    if (i < end && Math.abs(x - u) < STRIDE && Math.abs(y - v) < STRIDE) continue;
    if (inside(u, v, frame) && inside(x, y, frame)) {
      if (moved) ctx.moveTo(u, v);
      ctx.lineTo(x, y);
      moved = false;
    } else {
      addClipped(ctx, [u, v], [x, y], frame);
      moved = true;
    }
    u = x;
    v = y;
  }
}

/**
 * Add the visible piece of a straight line (Liang and Barsky, 1984).
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {readonly [number, number]} from
 * @param {readonly [number, number]} to
 * @param {Frame} frame
 */
export function addClipped(ctx, [u, v], [x, y], { left, top, width, height }) {
  let enter = 0;
  let leave = 1;
  const edges = [
    [u - x, u - left + BEYOND],
    [x - u, left + width + BEYOND - u],
    [v - y, v - top + BEYOND],
    [y - v, top + height + BEYOND - v],
  ];
  for (const [speed, room] of edges) {
    if (speed === 0 && room < 0) return;
    if (speed < 0) enter = Math.max(enter, room / speed);
    if (speed > 0) leave = Math.min(leave, room / speed);
  }
  if (enter > leave) return;
  ctx.moveTo(u + enter * (x - u), v + enter * (y - v));
  ctx.lineTo(u + leave * (x - u), v + leave * (y - v));
}

/** @param {number} x @param {number} y @param {Frame} frame @param {number} [margin] */
export function inside(x, y, { left, top, width, height }, margin = BEYOND) {
  return x >= left - margin && x <= left + width + margin && y >= top - margin && y <= top + height + margin;
}
