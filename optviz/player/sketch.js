/** Draws arrows, rates and curvature about a point, and says what the legend should name. */

import { magnification, times } from "./magnification.js";
import { readable } from "./numbers.js";
import { toPixels } from "./projection.js";
import { drawBar, drawBox, drawPoint, drawVectors } from "./vectors.js";

/** @import {Pair} from "./anatomy.js" */
/** @import {Arrow, Arrows} from "./arrows.js" */
/** @import {Frame} from "./contour.js" */
/** @import {Axis} from "./eigen.js" */
/** @import {Entry} from "./legend.js" */
/** @import {Ink} from "./theme.js" */
/** @import {Kind} from "./vectors.js" */

/** @typedef {{ctx: CanvasRenderingContext2D, frame: Frame, ink: Ink, point: Pair}} Pen */
/** @typedef {{arrows: number, slope: number}} Factors  The magnifications that served last. */

/** Half of the longest side of what has no scale of the plane, in pixels, and of the shortest seen. */
const REACH = 60;
const LEAST = 4;
/** A direction this many times flatter than the other is drawn as long as one that is flat. */
const FLATTEST = 100;
const CURVES = /** @type {const} */ ({ rising: "curvature (longer is flatter)", falling: "negative curvature" });

/**
 * @param {Pen} pen
 * @param {Arrows} drawn
 * @param {Factors} factors  is brought up to date
 * @returns {Entry[]}
 */
export function sketchArrows(pen, { arrows, slope, ahead, rate }, factors) {
  const lengths = [...arrows.map(({ by }) => lengthOf(pen, by)), ahead ? lengthOf(pen, ahead) : 0];
  factors.arrows = magnification(Math.max(...lengths), roomOf(pen), factors.arrows);
  const entries = [
    ...(rate ? [sketchRate(pen, rate)] : []),
    ...sketchAll(pen, arrows, factors.arrows),
    ...(slope ? [sketchSlope(pen, slope, factors)] : []),
    ...(ahead ? [sketchAhead(pen, ahead, factors.arrows)] : []),
  ];
  const scale = arrows.length || ahead ? times(factors.arrows) : "";
  return scale ? [...entries, { kind: null, text: `arrows ${scale}` }] : entries;
}

/**
 * Draw the principal directions of the curvature: the gentler, the longer.
 *
 * @param {Pen} pen
 * @param {[Axis, Axis]} axes
 * @returns {Entry[]}
 */
export function sketchCurvature(pen, axes) {
  const most = Math.max(...axes.map(({ value }) => Math.abs(value)));
  if (!(most > 0)) return [];
  const bars = axes.map(({ value, vector: [x, y] }) => {
    const long = Math.min(Math.sqrt(most / Math.abs(value)), FLATTEST);
    return { kind: /** @type {"rising" | "falling"} */ (value < 0 ? "falling" : "rising"), half: across(pen, [long * x, long * y]) };
  });
  const scale = REACH / Math.max(...bars.map(({ half }) => Math.hypot(...half)));
  const [x, y] = toPixels(pen.frame, pen.point);
  for (const { kind, half: [u, v] } of bars) {
    const factor = Math.max(scale, (2 * LEAST) / Math.hypot(u, v));
    drawBar(pen.ctx, kind, [x - factor * u, y - factor * v], [x + factor * u, y + factor * v], pen.ink);
  }
  return [...new Set(bars.map(({ kind }) => kind))].map((kind) => ({ kind, text: CURVES[kind] }));
}

/** The sum lies under its parts, which may point the same way. @param {Pen} pen @param {Arrow[]} arrows @param {number} factor @returns {Entry[]} */
function sketchAll(pen, arrows, factor) {
  const vectors = arrows.map(({ kind, from, by: [x, y] }) => {
    return { kind, from: at(pen, from, factor), to: at(pen, [from[0] + x, from[1] + y], factor) };
  });
  drawVectors(pen.ctx, vectors.reverse(), pen.ink);
  return arrows.map(({ kind, name }) => ({ kind, text: name }));
}

/**
 * Draw a direction in a scale of its own, from where the gradient is taken.
 *
 * @param {Pen} pen
 * @param {Arrow} slope
 * @param {Factors} factors
 * @returns {Entry}
 */
function sketchSlope(pen, { kind, name, from, by }, factors) {
  factors.slope = magnification(lengthOf(pen, by), roomOf(pen), factors.slope);
  const [x, y] = at(pen, from, factors.arrows);
  const [u, v] = across(pen, by);
  const to = /** @type {Pair} */ ([x + factors.slope * u, y + factors.slope * v]);
  drawVectors(pen.ctx, [{ kind, from: [x, y], to }], pen.ink);
  return { kind, text: `${name} ${times(factors.slope)}` };
}

/** @param {Pen} pen @param {Pair} ahead @param {number} factor @returns {Entry} */
function sketchAhead(pen, ahead, factor) {
  drawPoint(pen.ctx, "ahead", at(pen, ahead, factor), pen.ink);
  return { kind: "ahead", text: "look-ahead point" };
}

/** Draw a box whose sides are as the learning rates along x and y. @param {Pen} pen @param {Pair} rate @returns {Entry} */
function sketchRate(pen, rate) {
  const sides = across(pen, rate).map(Math.abs);
  const scale = REACH / Math.max(...sides);
  const half = sides.map((side) => Math.max(LEAST, scale * side));
  drawBox(pen.ctx, "rate", toPixels(pen.frame, pen.point), /** @type {Pair} */ (half), pen.ink);
  return { kind: "rate", text: `learning rates x ${readable(rate[0], 2)}, y ${readable(rate[1], 2)}` };
}

/** A point near the pen's, in pixels. @param {Pen} pen @param {Pair} offset @param {number} factor @returns {Pair} */
function at({ frame, point: [x, y] }, [u, v], factor) {
  return toPixels(frame, [x + factor * u, y + factor * v]);
}

/** A displacement in pixels. @param {Pen} pen @param {Pair} by @returns {Pair} */
function across({ frame: { width, height, x, y } }, [u, v]) {
  return [(u * width) / (x[1] - x[0]), (-v * height) / (y[1] - y[0])];
}

/** @param {Pen} pen @param {Pair} by */
function lengthOf(pen, by) {
  return Math.hypot(...across(pen, by));
}

/** @param {Pen} pen */
function roomOf({ frame: { width, height } }) {
  return Math.min(width, height);
}
