/** Draws the lanes: faint where they will go, in full colour where they have been, their heads. */

import { drawArrow, drawCross } from "../look/crosses.js";
import { headOf } from "../plane/heads.js";
import { drawSetOff, laneStyle } from "../look/palette.js";
import { addClipped, addPath, FAINT } from "../plane/polyline.js";
import { positionAt } from "../plane/projection.js";

/** @import {Scene, SceneLayer} from "./scene.js" */
/** @import {Frame} from "../plane/frame.js" */
/** @import {Projected} from "../plane/projection.js" */
/** @import {Result} from "../state/types.js" */

/** With this share of its colour is drawn where a lane will go. */
const AHEAD = 0.42;

/** Draw where the lanes will go, and the halo of all their paths. @type {SceneLayer["draw"]} */
export function drawAhead(ctx, { result, projected, frame, ink, looks, hidden, chosen, draft }, step) {
  if (!result || !projected) return;
  ctx.lineJoin = "round";
  for (const lane of order(result, hidden, chosen)) {
    ctx.beginPath();
    addPath(ctx, projected, lane, 0, projected.count, frame);
    ctx.strokeStyle = ink.halo;
    ctx.lineWidth = ink.weight * width(lane, chosen) + 2.5;
    if (!draft) ctx.stroke();
    // Under the trail it would be work for nothing.
    if (step >= projected.last[lane]) continue;
    ctx.strokeStyle = laneStyle(looks[lane], ink.dark).color;
    ctx.globalAlpha = AHEAD;
    ctx.lineWidth = 1.25 * ink.weight;
    ctx.stroke();
    ctx.globalAlpha = AHEAD * FAINT;
    strokeHidden(ctx, projected, lane, 0, projected.count, frame);
    ctx.globalAlpha = 1;
  }
}

/**
 * Draw where the lanes have been between two whole steps.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {number} from
 * @param {number} to
 */
export function drawTrail(ctx, { result, projected, frame, ink, looks, hidden, chosen }, from, to) {
  if (!result || !projected || from === to) return;
  ctx.lineJoin = "round";
  for (const lane of order(result, hidden, chosen)) {
    const { color, dash } = laneStyle(looks[lane], ink.dark);
    ctx.beginPath();
    addPath(ctx, projected, lane, from, to, frame);
    ctx.setLineDash(dash.map((length) => length * ink.weight));
    ctx.lineDashOffset = projected.along[lane * projected.count + Math.min(from, projected.last[lane])];
    ctx.strokeStyle = color;
    ctx.lineWidth = ink.weight * width(lane, chosen);
    ctx.stroke();
    ctx.globalAlpha = FAINT;
    strokeHidden(ctx, projected, lane, from, to, frame);
    ctx.globalAlpha = 1;
  }
  ctx.setLineDash([]);
}

/** Draw where the lanes are. @type {SceneLayer["draw"]} */
export function drawHeads(ctx, { result, projected, frame, ink, looks, hidden, chosen }, step) {
  if (!result || !projected) return;
  for (const lane of order(result, hidden, chosen)) {
    const { color, marker } = laneStyle(looks[lane], ink.dark);
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
    else drawSetOff(ctx, marker, at, ink.weight * (lane === chosen ? 6 : 5), { color, ground: ink.ground, ring: 2 });
    ctx.globalAlpha = 1;
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
