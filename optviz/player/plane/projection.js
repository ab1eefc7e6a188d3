/** Paths in pixels: every step of every lane, projected once per result and per move of the axes. */

/** @import {Frame} from "../picture/contour.js" */
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

/** @typedef {[number, number]} Point  In pixels. */
/** @typedef {{at: Point, behind: boolean}} Spot  Where a point is seen, and whether the surface hides it. */

/**
 * @typedef {object} Line  A straight line of the plane, in pixels.
 * @property {Point[]} points  two, or more where the surface bends it
 * @property {boolean[]} behind  whether the surface hides each of them
 * @property {boolean} ends  whether its end is in the window
 */

/**
 * @param {Result} result
 * @param {Frame} frame
 * @returns {Projected}
 */
export function project(result, frame) {
  const { theta, steps } = result;
  const count = steps + 1;
  const seen = frame.lens?.paths(theta, count) ?? { points: flat(theta, frame), behind: null, cuts: null };
  const last = Int32Array.from(result.lanes, (_, lane) => lastFinite(theta, lane * count, count));
  return { ...seen, along: lengths(seen.points, last, count), last, count };
}

/**
 * @param {ArrayLike<number>} theta
 * @param {Frame} frame
 */
function flat(theta, frame) {
  const points = new Float32Array(theta.length);
  const [x, y] = scales(frame);
  for (let i = 0; i < theta.length; i += 2) {
    points[i] = x.offset + x.factor * theta[i];
    points[i + 1] = y.offset + y.factor * theta[i + 1];
  }
  return points;
}

/**
 * @param {Float32Array} points
 * @param {Int32Array} last
 * @param {number} count
 */
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
 * Return a point of the plane in pixels.
 *
 * @param {Frame} frame
 * @param {readonly [number, number]} point
 * @returns {[number, number]}
 */
export function toPixels(frame, [u, v]) {
  if (frame.lens) return frame.lens.toPixels([u, v]);
  const [x, y] = scales(frame);
  return [x.offset + x.factor * u, y.offset + y.factor * v];
}

/**
 * Return where a point of the plane is seen; in space, nowhere if it is outside the window.
 *
 * @param {Frame} frame
 * @param {readonly [number, number]} point
 * @returns {Spot | null}
 */
export function spotOf(frame, point) {
  return frame.lens ? frame.lens.spot(point) : { at: toPixels(frame, point), behind: false };
}

/**
 * Return a straight line of the plane; in space, as far as it is in the window, if it is at all.
 *
 * @param {Frame} frame
 * @param {readonly [number, number]} from
 * @param {readonly [number, number]} to
 * @returns {Line | null}
 */
export function lineOf(frame, from, to) {
  if (frame.lens) return frame.lens.line(from, to);
  return { points: [toPixels(frame, from), toPixels(frame, to)], behind: [false, false], ends: true };
}

/**
 * Return the point of the plane under a pixel, with no more digits than the pixel tells apart.
 *
 * @param {Frame} frame
 * @param {readonly [number, number]} pixel
 * @returns {[number, number]}
 */
export function toPlane(frame, [u, v]) {
  const [x, y] = scales(frame);
  const [right, up] = frame.lens?.toPlane([u, v]) ?? [(u - x.offset) / x.factor, (v - y.offset) / y.factor];
  return [rounded(right, x.factor), rounded(up, y.factor)];
}

/**
 * @param {number} value
 * @param {number} factor  pixels per unit
 */
export function rounded(value, factor) {
  const digits = Math.min(Math.max(Math.ceil(Math.log10(Math.abs(factor))), 0), 12);
  return Number(value.toFixed(digits));
}

/** @param {Frame} frame */
function scales({ left, top, width, height, x, y }) {
  const across = width / (x[1] - x[0]);
  const down = -height / (y[1] - y[0]);
  return [
    { factor: across, offset: left - across * x[0] },
    { factor: down, offset: top - down * y[1] },
  ];
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
