/** Draws the lanes: faint where they will go, in full colour where they have been, their heads. */

import { drawArrow, drawCross } from "../look/crosses.js";
import { headOf } from "../plane/heads.js";
import { Layer } from "../look/layer.js";
import { drawLandmarks } from "../plane/landmarks.js";
import { drawMarker, laneStyle } from "../look/palette.js";
import { addClipped, addPath, FAINT } from "../plane/polyline.js";
import { positionAt, project } from "../plane/projection.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {Projected} from "../plane/projection.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {Result, SurfaceEntry} from "../state/types.js" */

/**
 * @typedef {object} Scene  What is drawn.
 * @property {Result} result
 * @property {Frame} frame
 * @property {Ink} ink
 * @property {number[]} hidden
 * @property {number} chosen
 * @property {SurfaceEntry} surface
 * @property {boolean} draft  another scene follows at once: leave out what only a longer look would miss
 */

/** With this share of its colour is drawn where a lane will go. */
const AHEAD = 0.42;

/**
 * Two canvases, because handing one to the screen is what costs most. `course` holds the whole paths,
 * faint, and over them the trails, which are only ever added to while the play-head moves on; `heads`
 * is small work and drawn anew in every frame.
 */
export class Paths {
  /** @type {Scene | null} */
  #scene = null;
  /** @type {Projected | null} */
  projected = null;
  /** The last whole step that the trail holds. */
  #drawn = 0;
  /** @type {{lane: number, step: number, at: [number, number]} | null} */
  #pointed = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.course = new Layer(element);
    this.heads = new Layer(element);
  }

  /**
   * Draw a scene from scratch, with the play-head at `step`.
   *
   * @param {Scene} scene
   * @param {number} step
   */
  show(scene, step) {
    this.#scene = scene;
    this.projected = project(scene.result, scene.frame);
    this.#pointed = null;
    for (const layer of [this.course, this.heads]) layer.cover(scene.frame);
    this.#drawCourse(scene, this.projected, step);
    this.seek(step);
  }

  /**
   * Show the surface's landmarks alone, until there is a result on it.
   *
   * @param {{frame: Frame, ink: Ink, surface: SurfaceEntry}} ground
   */
  clear({ frame, ink, surface }) {
    this.#scene = null;
    this.projected = null;
    for (const layer of [this.course, this.heads]) layer.cover(frame);
    this.course.ctx.setLineDash([]);
    drawLandmarks(this.course.ctx, surface, frame, ink);
  }

  /**
   * Move the play-head: forwards the trail is continued, backwards it is drawn again.
   *
   * @param {number} step
   */
  seek(step) {
    if (!this.#scene || !this.projected) return;
    const whole = Math.floor(step);
    if (whole < this.#drawn) {
      this.course.clear();
      this.#drawCourse(this.#scene, this.projected, step);
    }
    this.#extendTrail(this.#scene, this.projected, whole);
    this.#drawn = whole;
    this.#drawHeads(this.#scene, this.projected, step);
  }

  /**
   * Mark the point that the pointer is near.
   *
   * @param {{lane: number, step: number, at: [number, number]} | null} pointed
   * @param {number} step
   */
  point(pointed, step) {
    if (!pointed && !this.#pointed) return;
    this.#pointed = pointed;
    this.seek(step);
  }

  /** @param {Scene} scene @param {Projected} projected @param {number} step */
  #drawCourse({ result, frame, ink, hidden, chosen, surface, draft }, projected, step) {
    const { ctx } = this.course;
    this.#drawn = 0;
    ctx.setLineDash([]);
    drawLandmarks(ctx, surface, frame, ink);
    ctx.lineJoin = "round";
    for (const lane of order(result, hidden, chosen)) {
      ctx.beginPath();
      addPath(ctx, projected, lane, 0, projected.count, frame);
      ctx.strokeStyle = ink.halo;
      ctx.lineWidth = ink.weight * width(lane, chosen) + 2.5;
      if (!draft) ctx.stroke();
      // Under the trail it would be work for nothing.
      if (step >= projected.last[lane]) continue;
      ctx.strokeStyle = laneStyle(lane, ink.dark).color;
      ctx.globalAlpha = AHEAD;
      ctx.lineWidth = 1.25 * ink.weight;
      ctx.stroke();
      ctx.globalAlpha = AHEAD * FAINT;
      strokeHidden(ctx, projected, lane, 0, projected.count, frame);
      ctx.globalAlpha = 1;
    }
  }

  /** @param {Scene} scene @param {Projected} projected @param {number} step */
  #extendTrail({ result, frame, ink, hidden, chosen }, projected, step) {
    if (step === this.#drawn) return;
    const { ctx } = this.course;
    ctx.lineJoin = "round";
    for (const lane of order(result, hidden, chosen)) {
      const { color, dash } = laneStyle(lane, ink.dark);
      ctx.beginPath();
      addPath(ctx, projected, lane, this.#drawn, step, frame);
      ctx.setLineDash(dash.map((length) => length * ink.weight));
      ctx.lineDashOffset = projected.along[lane * projected.count + Math.min(this.#drawn, projected.last[lane])];
      ctx.strokeStyle = color;
      ctx.lineWidth = ink.weight * width(lane, chosen);
      ctx.stroke();
      ctx.globalAlpha = FAINT;
      strokeHidden(ctx, projected, lane, this.#drawn, step, frame);
      ctx.globalAlpha = 1;
    }
  }

  /** @param {Scene} scene @param {Projected} projected @param {number} step */
  #drawHeads({ result, frame, ink, hidden, chosen }, projected, step) {
    const { ctx } = this.heads;
    this.heads.clear();
    for (const lane of order(result, hidden, chosen)) {
      const { color, marker } = laneStyle(lane, ink.dark);
      const { at, turn, behind } = headOf(result, projected, frame, lane, step);
      ctx.fillStyle = ctx.strokeStyle = color;
      ctx.lineWidth = ink.weight * width(lane, chosen);
      ctx.globalAlpha = behind ? FAINT : 1;
      ctx.beginPath();
      const { points } = projected;
      addClipped(ctx, positionAt(points, projected, lane, Math.floor(step)), positionAt(points, projected, lane, step), frame);
      ctx.stroke();
      const over = result.lanes[lane].status.state === "diverged" && step >= projected.last[lane];
      if (turn !== null) drawArrow(ctx, at, turn, ink, over);
      else if (over) drawCross(ctx, ...at, ink);
      else drawHead(ctx, marker, ...at, ink.weight * (lane === chosen ? 6 : 5), ink);
      ctx.globalAlpha = 1;
    }
    if (this.#pointed) drawRing(ctx, ...this.#pointed.at, ink);
  }
}

/**
 * Return the lanes to draw, the chosen one last and so on top.
 *
 * @param {Result} result
 * @param {number[]} hidden
 * @param {number} chosen
 */
function order({ lanes }, hidden, chosen) {
  const shown = lanes.map((_, lane) => lane).filter((lane) => !hidden.includes(lane) && lane !== chosen);
  return chosen < lanes.length && !hidden.includes(chosen) ? [...shown, chosen] : shown;
}

/**
 * Stroke what the surface hides of a path, where there is any.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Projected} projected
 * @param {number} lane
 * @param {number} from
 * @param {number} to
 * @param {Frame} frame
 */
function strokeHidden(ctx, projected, lane, from, to, frame) {
  if (!projected.behind) return;
  ctx.beginPath();
  addPath(ctx, projected, lane, from, to, frame, 1);
  ctx.stroke();
}

/** @param {number} lane @param {number} chosen */
function width(lane, chosen) {
  return lane === chosen ? 2.75 : 2;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("../look/palette.js").Marker} marker
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {Ink} ink
 */
function drawHead(ctx, marker, x, y, r, ink) {
  const color = ctx.fillStyle;
  ctx.fillStyle = ink.ground;
  drawMarker(ctx, marker, x, y, r + 2);
  ctx.fillStyle = color;
  drawMarker(ctx, marker, x, y, r);
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {Ink} ink */
function drawRing(ctx, x, y, ink) {
  ctx.beginPath();
  ctx.arc(x, y, 7, 0, 2 * Math.PI);
  ctx.strokeStyle = ink.text;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}
