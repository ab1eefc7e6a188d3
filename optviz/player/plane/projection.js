/** Paths in pixels: every step of every lane, projected once per result and per move of the axes. */

import { scales } from "./frame.js";

/** @import {Frame, Point} from "./frame.js" */
/** @import {Result} from "../state/types.js" */

/**
 * @typedef {object} Projected  L lanes of T + 1 points.
 * @property {Float32Array} points  (L, T+1, 2) flattened, CSS pixels from the element's corner
 * @property {Float32Array} along  (L, T+1) flattened, the length of the path up to each step, in pixels
 * @property {Int32Array} last  (L,) the last step with a position
 * @property {number} count  T + 1
 * @property {Uint8Array | null} behind  (L, T+1) flattened: 1 where the surface hides the point, in space
 * @property {Map<number, [Point, Point]> | null} cuts  in space, the piece that is in the window of the
 *   way to a point, by its index, where it begins or ends outside
 */

/** @param {Result} result @param {Frame} frame @returns {Projected} */
export function project(result, frame) {
  const { theta, steps } = result;
  const count = steps + 1;
  const seen = frame.lens?.paths(theta, count) ?? { points: flat(theta, frame), behind: null, cuts: null };
  const last = Int32Array.from(result.lanes, (_, lane) => lastFinite(theta, lane * count, count));
  return { ...seen, along: lengths(seen.points, last, count), last, count };
}

/** @param {ArrayLike<number>} theta @param {Frame} frame */
function flat(theta, frame) {
  const points = new Float32Array(theta.length);
  const [x, y] = scales(frame);
  for (let i = 0; i < theta.length; i += 2) {
    points[i] = x.offset + x.factor * theta[i];
    points[i + 1] = y.offset + y.factor * theta[i + 1];
  }
  return points;
}

/** @param {Float32Array} points @param {Int32Array} last @param {number} count */
function lengths(points, last, count) {
  const along = new Float32Array(points.length / 2);
  last.forEach((end, lane) => {
    for (let i = lane * count + 1; i <= lane * count + end; i += 1) {
      const dx = points[2 * i] - points[2 * i - 2];
      const dy = points[2 * i + 1] - points[2 * i - 1];
      // In space, what lies beside the surface has no place.
      along[i] = along[i - 1] + (Math.sqrt(dx * dx + dy * dy) || 0);
    }
  });
  return along;
}

/**
 * @param {ArrayLike<number>} theta
 * @param {number} first  index of the lane's first point
 * @param {number} count
 */
function lastFinite(theta, first, count) {
  let step = count - 1;
  while (step > 0 && Number.isNaN(theta[2 * (first + step)])) step -= 1;
  return step;
}

/**
 * Return where a lane is at a play-head, between two steps on the straight line.
 *
 * @param {ArrayLike<number>} points  (L, T+1, 2) flattened, in pixels or of the plane
 * @param {{last: Int32Array, count: number}} projected
 * @param {number} lane
 * @param {number} step
 * @returns {[number, number]}
 */
export function positionAt(points, { last, count }, lane, step) {
  const held = Math.min(step, last[lane]);
  const before = Math.floor(held);
  const i = 2 * (lane * count + before);
  const share = held - before;
  if (share === 0) return [points[i], points[i + 1]];
  return [points[i] + share * (points[i + 2] - points[i]), points[i + 1] + share * (points[i + 3] - points[i + 1])];
}

/**
 * Return the drawn point nearest to a pixel, among lanes that are shown.
 *
 * @param {Projected} projected
 * @param {readonly [number, number]} pixel
 * @param {number} reach  farthest distance, in pixels
 * @param {(lane: number) => boolean} isShown
 * @returns {{lane: number, step: number, at: [number, number]} | null}
 */
export function nearest({ points, last, count }, [u, v], reach, isShown) {
  let best = reach * reach;
  let found = -1;
  for (let lane = 0; lane < last.length; lane += 1) {
    if (!isShown(lane)) continue;
    const first = lane * count;
    for (let i = first; i <= first + last[lane]; i += 1) {
      const distance = (points[2 * i] - u) ** 2 + (points[2 * i + 1] - v) ** 2;
      if (!(distance < best)) continue;
      best = distance;
      found = i;
    }
  }
  if (found < 0) return null;
  return { lane: Math.floor(found / count), step: found % count, at: [points[2 * found], points[2 * found + 1]] };
}
