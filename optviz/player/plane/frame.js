/** Between the plane and the pixels of a picture: where the axes are, and where a point is seen. */

/** @import {Box} from "../look/box.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {Window} from "./window.js" */

/** @typedef {[number, number]} Point  In pixels. */
/** @typedef {{at: Point, behind: boolean}} Spot  Where a point is seen, and whether the surface hides it. */

/**
 * @typedef {object} Line  A straight line of the plane, in pixels.
 * @property {Point[]} points  two, or more where the surface bends it
 * @property {boolean[]} behind  whether the surface hides each of them
 * @property {boolean} ends  whether its end is in the window
 */

/**
 * @typedef {Box & Window & {lens?: Lens}} Frame  Where the axes are in the element, what they show,
 *   and how points come to pixels, where they do not in proportion.
 */

/**
 * @typedef {object} Lens  How a surface in space is seen; what each returns is said where it is made.
 * @property {(point: readonly [number, number]) => Point} toPixels
 * @property {(pixel: readonly [number, number]) => [number, number]} toPlane
 * @property {(point: readonly [number, number]) => Spot | null} spot
 * @property {(from: readonly [number, number], to: readonly [number, number]) => Line | null} line
 * @property {(point: readonly [number, number]) => {at: Point, turn: number}} exit
 * @property {(theta: ArrayLike<number>, count: number) =>
 *   {points: Float32Array, behind: Uint8Array, cuts: Map<number, [Point, Point]>}} paths
 *   of `theta`, (L, T+1, 2) flattened, and `count`, T + 1; as `Projected` has them
 */

/** @typedef {{frame: Frame, ink: Ink}} Ground  What something is drawn on. */

/** @param {Frame} frame @param {readonly [number, number]} point @returns {[number, number]} */
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

/** @param {number} value @param {number} factor  pixels per unit */
export function rounded(value, factor) {
  const digits = Math.min(Math.max(Math.ceil(Math.log10(Math.abs(factor))), 0), 12);
  return Number(value.toFixed(digits));
}

/** How numbers of each axis become pixels. @param {Frame} frame */
export function scales({ left, top, width, height, x, y }) {
  const across = width / (x[1] - x[0]);
  const down = -height / (y[1] - y[0]);
  return [
    { factor: across, offset: left - across * x[0] },
    { factor: down, offset: top - down * y[1] },
  ];
}
