/** Draws what explains a step: its arrows and the curvature, and says what the legend should name. */

import { pointOf } from "./anatomy.js";
import { lineArrows, stepArrows } from "./arrows.js";
import { curvatureAt } from "./curvature.js";
import { sketchArrows, sketchCurvature } from "./sketch.js";

/** @import {Factors} from "./sketch.js" */
/** @import {Entry} from "./steplegend.js" */
/** @import {Ground} from "../plane/frame.js" */
/** @import {Inspected} from "../server/inspections.js" */

/**
 * @typedef {object} Closer  What is looked at closely.
 * @property {Inspected} found
 * @property {boolean} arrows
 * @property {boolean} curvature
 * @property {number} line  whose arrows are drawn, -1 for the whole step
 * @property {number} end  the step from which none leads on
 * @property {Factors} factors  are brought up to date
 */

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Ground & {closer?: Closer | null}} scene
 * @param {number} step
 * @returns {Entry[]}
 */
export function drawCloser(ctx, { frame, ink, closer }, step) {
  if (!closer) return [];
  const { found, curvature, end, factors } = closer;
  const k = Math.floor(step);
  const shown = Math.min(k, end - 1);
  const pen = (/** @type {number} */ at) => ({ ctx, frame, ink, point: pointOf(found, at) });
  const curved = curvature && !Number.isNaN(pointOf(found, k)[0]);
  const bars = curved ? sketchCurvature(pen(k), curvatureAt(found, k)) : [];
  const arrows = arrowsAt(closer, shown);
  return [...(arrows ? sketchArrows(pen(shown), arrows, factors) : []), ...bars];
}

/** @param {Closer} closer @param {number} k */
function arrowsAt({ found, arrows, line }, k) {
  if (k < 0 || k >= found.result.steps) return null;
  if (line >= 0) return lineArrows(found, k, line);
  return arrows ? stepArrows(found, k) : null;
}
