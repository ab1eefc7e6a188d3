/** Draws arrows, rates and curvature about a point, and says what of them is seen, for the legend. */

import { magnification, times } from "../scales/magnification.js";
import { readable } from "../scales/numbers.js";
import { lineOf, spotOf } from "../plane/frame.js";
import { clipped, inside } from "../plane/polyline.js";
import { drawLines, drawPoint, drawVectors } from "./vectors.js";

/** @import {Pair} from "./anatomy.js" */
/** @import {Arrow, Arrows} from "./arrows.js" */
/** @import {Frame, Line} from "../plane/frame.js" */
/** @import {Axis} from "./eigen.js" */
/** @import {Entry} from "./steplegend.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {Kind} from "./vectors.js" */

/** @typedef {{ctx: CanvasRenderingContext2D, frame: Frame, ink: Ink, point: Pair}} Pen */
/** @typedef {{arrows: number, slope: number}} Factors  The magnifications that served last. */

/** Half of the longest side of what has no scale of the plane, in pixels and as a share of the room. */
const REACH = 60;
const SHARE = 0.15;
/** Half of its shortest side, so that it is seen. */
const LEAST = 4;
/** A side of the surface in space, as a share of the picture's shorter side. */
const IN_SPACE = 0.6;
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
    ...(rate ? sketchRate(pen, rate) : []),
    ...sketchAll(pen, arrows, factors.arrows),
    ...(slope ? sketchSlope(pen, slope, factors) : []),
  ];
  const point = ahead ? sketchAhead(pen, ahead, factors.arrows) : [];
  // The slope and the rates have scales of their own.
  const scaled = entries.some(({ text }) => arrows.some(({ name }) => name === text)) || point.length > 0;
  const scale = scaled ? times(factors.arrows) : "";
  const words = point.length ? "arrows and look-ahead" : "arrows";
  return [...entries, ...point, ...(scale ? [{ kind: null, text: `${words} ${scale}` }] : [])];
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
    return { kind: /** @type {"rising" | "falling"} */ (value < 0 ? "falling" : "rising"), half: /** @type {Pair} */ ([long * x, long * y]) };
  });
  const scale = reachOf(pen) / Math.max(...bars.map(({ half }) => lengthOf(pen, half)));
  const seen = bars.filter(({ kind, half }) => {
    const factor = Math.max(scale, (2 * LEAST) / lengthOf(pen, half));
    const bar = lines(pen, [beside(pen, half, -factor), beside(pen, half, factor)]);
    drawLines(pen.ctx, kind, bar, pen.ink);
    return bar.some((line) => isSeen(pen.frame, line));
  });
  return [...new Set(seen.map(({ kind }) => kind))].map((kind) => ({ kind, text: CURVES[kind] }));
}

/** The sum lies under its parts, which may point the same way. @param {Pen} pen @param {Arrow[]} arrows @param {number} factor @returns {Entry[]} */
function sketchAll(pen, arrows, factor) {
  const vectors = arrows.map(({ kind, from, by: [x, y] }) => ({
    kind,
    from: beside(pen, from, factor),
    to: beside(pen, [from[0] + x, from[1] + y], factor),
  }));
  const seen = sketchVectors(pen, vectors.reverse()).reverse();
  return arrows.filter((_, i) => seen[i]).map(({ kind, name }) => ({ kind, text: name }));
}

/**
 * Draw a direction in a scale of its own, from where the gradient is taken.
 *
 * @param {Pen} pen
 * @param {Arrow} slope
 * @param {Factors} factors
 * @returns {Entry[]}
 */
function sketchSlope(pen, { kind, name, from: offset, by }, factors) {
  factors.slope = magnification(lengthOf(pen, by), roomOf(pen), factors.slope);
  const from = beside(pen, offset, factors.arrows);
  const [seen] = sketchVectors(pen, [{ kind, from, to: beside({ point: from }, by, factors.slope) }]);
  return seen ? [{ kind, text: `${name} ${times(factors.slope)}` }] : [];
}

/** @param {Pen} pen @param {Pair} ahead @param {number} factor @returns {Entry[]} */
function sketchAhead(pen, ahead, factor) {
  const spot = spotOf(pen.frame, beside(pen, ahead, factor));
  if (spot) drawPoint(pen.ctx, "ahead", spot, pen.ink);
  return spot && inside(...spot.at, pen.frame, 0) ? [{ kind: "ahead", text: "look-ahead point" }] : [];
}

/** Draw a box whose sides are as the learning rates along x and y. @param {Pen} pen @param {Pair} rate @returns {Entry[]} */
function sketchRate(pen, rate) {
  const sides = across(pen, rate).map(Math.abs);
  const scale = reachOf(pen) / Math.max(...sides);
  const [w, h] = rate.map((side, i) => side * Math.max(scale, LEAST / sides[i]));
  const corners = [[w, h], [-w, h], [-w, -h], [w, -h], [w, h]].map(([u, v]) => beside(pen, [u, v], 1));
  const box = lines(pen, corners);
  drawLines(pen.ctx, "rate", box, pen.ink);
  if (!box.some((line) => isSeen(pen.frame, line))) return [];
  return [{ kind: "rate", text: `learning rates x ${readable(rate[0], 2)}, y ${readable(rate[1], 2)}` }];
}

/** @param {Pen} pen @param {{kind: Kind, from: Pair, to: Pair}[]} vectors  of the plane @returns {boolean[]}  which of them are seen */
function sketchVectors({ ctx, frame, ink }, vectors) {
  const all = vectors.map(({ kind, from, to }) => ({ kind, line: lineOf(frame, from, to) }));
  drawVectors(ctx, all.flatMap(({ kind, line }) => (line ? [{ kind, line }] : [])), ink);
  return all.map(({ line }) => line !== null && isSeen(frame, line));
}

/** Whether something of a line is in the picture. @param {Frame} frame @param {Line} line */
function isSeen({ left, top, width, height }, { points }) {
  const within = (/** @type {readonly [number, number]} */ from, /** @type {readonly [number, number]} */ to) =>
    [...from, ...to].every(Number.isFinite) && clipped(from, to, left, top, left + width, top + height) !== null;
  return points.slice(1).some((to, i) => within(points[i], to));
}

/** The lines from point to point of the plane, as they are seen. @param {Pen} pen @param {Pair[]} points */
function lines({ frame }, points) {
  return points.slice(1).flatMap((to, i) => lineOf(frame, points[i], to) ?? []);
}

/** A point of the plane near the pen's. @param {{point: Pair}} pen @param {Pair} offset @param {number} factor @returns {Pair} */
function beside({ point: [x, y] }, [u, v], factor) {
  return [x + factor * u, y + factor * v];
}

/** A displacement in pixels. @param {Pen} pen @param {Pair} by @returns {Pair} */
function across({ frame }, [u, v]) {
  const [width, height] = sidesOf(frame);
  return [(u * width) / (frame.x[1] - frame.x[0]), (-v * height) / (frame.y[1] - frame.y[0])];
}

/** @param {Pen} pen @param {Pair} by */
function lengthOf(pen, by) {
  return Math.hypot(...across(pen, by));
}

/** @param {Pen} pen */
function roomOf({ frame }) {
  return Math.min(...sidesOf(frame));
}

/** @param {Pen} pen */
function reachOf(pen) {
  return Math.min(REACH, SHARE * roomOf(pen));
}

/**
 * How long the sides of the window are, in pixels. In space they count as long as they are from above,
 * wherever one looks from: arrows do not grow and shrink while the surface is turned.
 *
 * @param {Frame} frame
 * @returns {Pair}
 */
function sidesOf({ width, height, lens }) {
  const side = IN_SPACE * Math.min(width, height);
  return lens ? [side, side] : [width, height];
}
