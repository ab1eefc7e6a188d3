/** Adds pieces of paths to a canvas: what is too short to be seen or out of sight is left out. */

/** @import {Frame} from "./frame.js" */
/** @import {Projected} from "./projection.js" */

/** Points nearer than this to the last one drawn are skipped, in pixels. */
const STRIDE = 0.7;
/** What the surface hides is drawn with this share of its colour. */
export const FAINT = 0.3;
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
 * @param {0 | 1} [side]  1: only what the surface hides; 0: only what it does not
 */
export function addPath(ctx, { points, behind, cuts, last, count }, lane, from, to, frame, side = 0) {
  const first = 2 * lane * count;
  const end = first + 2 * Math.min(to, last[lane]);
  let i = first + 2 * Math.min(from, last[lane]);
  let u = points[i];
  let v = points[i + 1];
  let was = behind?.[i / 2] ?? 0;
  let moved = true;
  for (i += 2; i <= end; i += 2) {
    const x = points[i];
    const y = points[i + 1];
    if (i < end && Math.abs(x - u) < STRIDE && Math.abs(y - v) < STRIDE) continue;
    const is = behind?.[i / 2] ?? 0;
    if (inside(u, v, frame) && inside(x, y, frame)) {
      // Where only one end is hidden, half of the way is.
      const enter = was === side ? 0 : 0.5;
      const leave = is === side ? 1 : 0.5;
      if (enter < leave && (moved || enter > 0)) ctx.moveTo(u + enter * (x - u), v + enter * (y - v));
      if (enter < leave) ctx.lineTo(u + leave * (x - u), v + leave * (y - v));
      moved = leave < 1;
    } else {
      if (is === side) addClipped(ctx, ...(cuts?.get(i / 2) ?? [[u, v], [x, y]]), frame);
      moved = true;
    }
    u = x;
    v = y;
    was = is;
  }
}

/**
 * Add the visible piece of a straight line.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {readonly [number, number]} from
 * @param {readonly [number, number]} to
 * @param {Frame} frame
 */
export function addClipped(ctx, [u, v], [x, y], { left, top, width, height }) {
  const shares = clipped([u, v], [x, y], left - BEYOND, top - BEYOND, left + width + BEYOND, top + height + BEYOND);
  if (!shares) return;
  const [enter, leave] = shares;
  ctx.moveTo(u + enter * (x - u), v + enter * (y - v));
  ctx.lineTo(u + leave * (x - u), v + leave * (y - v));
}

/**
 * Return from which to which share of a straight line it is in a box (Liang and Barsky, 1984).
 *
 * @param {readonly [number, number]} from
 * @param {readonly [number, number]} to
 * @param {number} left
 * @param {number} top
 * @param {number} right
 * @param {number} bottom
 * @returns {[number, number] | null}
 */
export function clipped([u, v], [x, y], left, top, right, bottom) {
  let enter = 0;
  let leave = 1;
  const edges = [
    [u - x, u - left],
    [x - u, right - u],
    [v - y, v - top],
    [y - v, bottom - v],
  ];
  for (const [speed, room] of edges) {
    if (speed === 0 && room < 0) return null;
    if (speed < 0) enter = Math.max(enter, room / speed);
    if (speed > 0) leave = Math.min(leave, room / speed);
  }
  return enter > leave ? null : [enter, leave];
}

/** @param {number} x @param {number} y @param {Frame} frame @param {number} [margin] */
export function inside(x, y, { left, top, width, height }, margin = BEYOND) {
  return x >= left - margin && x <= left + width + margin && y >= top - margin && y <= top + height + margin;
}
