/** The picture as a list of layers, each of which draws a scene at any step into any canvas, without a page. */

import { drawCloud } from "./clouddots.js";
import { drawAhead, drawHeads, drawTrail } from "./course.js";
import { drawMap } from "./mapimage.js";
import { drawStart } from "./startmark.js";
import { clipTo } from "../look/box.js";
import { drawLandmarks } from "../plane/landmarks.js";
import { project } from "../plane/projection.js";
import { drawCloser } from "../step/closer.js";
import { looksOf } from "../state/looks.js";

/** @import {MapImage} from "./mapimage.js" */
/** @import {Frame, Ground} from "../plane/frame.js" */
/** @import {Projected} from "../plane/projection.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {Ensemble} from "../live/ensembles.js" */
/** @import {Result, Store, SurfaceEntry} from "../state/types.js" */
/** @import {Closer} from "../step/closer.js" */

/**
 * @typedef {object} Scene  All that is seen, as data.
 * @property {Frame} frame
 * @property {Ink} ink
 * @property {SurfaceEntry} surface
 * @property {[number, number]} start
 * @property {Result | null} result  null until there is one on this surface
 * @property {Projected | null} projected  its paths in pixels
 * @property {number[]} hidden
 * @property {number} chosen
 * @property {number[]} looks  of the lanes, see state/looks.js
 * @property {boolean} draft  another scene follows at once: leave out what only a longer look would miss
 * @property {MapImage | null} [map]
 * @property {Ensemble | null} [ensemble]
 * @property {Closer | null} [closer]
 */

/**
 * @typedef {object} SceneLayer
 * @property {string} on  the canvas of the page that it is drawn on. Handing one to the screen is what costs
 *   most, so layers share them: `course` is drawn when the scene has changed, `heads` in every frame.
 * @property {(ctx: CanvasRenderingContext2D, scene: Scene, step: number) => unknown} draw
 */

/** From below. @type {readonly SceneLayer[]} */
export const LAYERS = [
  { on: "map", draw: drawMap },
  { on: "course", draw: drawLandmarks },
  { on: "course", draw: drawAhead },
  { on: "course", draw: (ctx, scene, step) => drawTrail(ctx, scene, 0, Math.floor(step)) },
  // A path that ends among its seeds' ends would hide them.
  { on: "cloud", draw: drawCloud },
  { on: "heads", draw: drawHeads },
  { on: "closer", draw: drawCloser },
  { on: "start", draw: drawStart },
];

/**
 * @param {CanvasRenderingContext2D} ctx  in CSS pixels of the picture
 * @param {Scene} scene
 * @param {number} step
 */
export function draw(ctx, scene, step) {
  ctx.save();
  clipTo(ctx, scene.frame);
  drawLayers(LAYERS, ctx, scene, step);
  ctx.restore();
}

/**
 * Draw those layers of a scene that share a canvas of the page.
 *
 * @param {string} on
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {number} step
 */
export function drawOn(on, ctx, scene, step) {
  drawLayers(LAYERS.filter((layer) => layer.on === on), ctx, scene, step);
}

/** @param {readonly SceneLayer[]} layers @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {number} step */
function drawLayers(layers, ctx, scene, step) {
  for (const layer of layers) {
    ctx.save();
    layer.draw(ctx, scene, step);
    ctx.restore();
  }
}

/**
 * Return what is seen of a store's race; without what was fetched besides the race.
 *
 * @param {Pick<Store, "result" | "race" | "view" | "held" | "surface" | "rule">} store
 * @param {Ground} ground
 * @returns {Scene}
 */
export function sceneOf(store, ground) {
  const { race, view, held } = store;
  // Paths on the previous surface would lie over the wrong contour.
  const result = store.result?.race.surface === race.surface ? store.result : null;
  const { hidden, chosen } = view;
  const projected = result && project(result, ground.frame);
  const looks = result ? looksOf(result.race, store) : [];
  return { ...ground, surface: store.surface(), start: race.start, result, projected, looks, hidden, chosen, draft: held };
}
