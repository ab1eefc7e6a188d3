/** Where the heads of the lanes are seen: on their paths, or at the border if they have left. */

import { inside } from "./polyline.js";
import { positionAt } from "./projection.js";

/** @import {Frame, Point, Spot} from "./frame.js" */
/** @import {Projected} from "./projection.js" */
/** @import {Result} from "../state/types.js" */

/** @typedef {Spot & {turn: number | null}} Head  `turn`: at the border, the direction of what is outside. */

/** So far from the border of the axes stands what tells that a lane is outside, in pixels. */
const EDGE = 9;

/**
 * @param {Result} result
 * @param {Projected} projected
 * @param {Frame} frame
 * @param {number} lane
 * @param {number} step
 * @returns {Head}
 */
export function headOf({ theta }, projected, frame, lane, step) {
  const { points, behind, last, count } = projected;
  const at = positionAt(points, projected, lane, step);
  const hidden = behind?.[lane * count + Math.floor(Math.min(step, last[lane]))] === 1;
  if (!frame.lens || !Number.isNaN(at[0])) return { ...atEdge(at, frame), behind: hidden };
  // Beside the surface there are no pixels; in the plane there is a place.
  const place = positionAt(theta, projected, lane, step);
  const spot = frame.lens.spot(place);
  return spot ? { ...spot, turn: null } : { ...frame.lens.exit(place), behind: false };
}

/**
 * Return where a point is seen; one outside of the axes is at their border, so far from it.
 *
 * @param {readonly [number, number]} point  in pixels
 * @param {Frame} frame
 * @param {number} [edge]
 */
export function atEdge([x, y], frame, edge = EDGE) {
  const { left, top, width, height } = frame;
  if (inside(x, y, frame, 0)) return { at: /** @type {Point} */ ([x, y]), turn: null };
  const u = Math.min(Math.max(x, left + edge), left + width - edge);
  const v = Math.min(Math.max(y, top + edge), top + height - edge);
  return { at: /** @type {Point} */ ([u, v]), turn: Math.atan2(y - v, x - u) };
}
