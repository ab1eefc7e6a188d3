/** What explains a step, upon the picture: its arrows and the curvature, while they are switched on. */

import { listen, together } from "../base/listening.js";
import { pointOf } from "./anatomy.js";
import { lineArrows, stepArrows } from "./arrows.js";
import { curvatureAt } from "./curvature.js";
import { Layer } from "../look/layer.js";
import { legend } from "./steplegend.js";
import { sketchArrows, sketchCurvature } from "./sketch.js";

/** @import {Frame} from "../picture/contour.js" */
/** @import {Inspected, Inspections} from "../server/inspections.js" */
/** @import {Store} from "../state/store.js" */
/** @import {Substeps} from "./substeps.js" */
/** @import {Ink} from "../look/theme.js" */

/** @typedef {{frame: Frame, ink: Ink}} Ground */

/**
 * @param {Store} store
 * @param {HTMLElement} element  the picture
 * @param {Inspections} inspections
 * @param {Substeps} substeps
 */
export function overlay(store, element, inspections, substeps) {
  const names = legend(element);
  const factors = { arrows: 1, slope: 1 };
  /** @type {Layer | null} */
  let layer = null;
  /** @type {Ground | null} */
  let ground = null;
  /** The step that is drawn. */
  let drawn = -1;

  function on() {
    const { show, hidden, chosen } = store.view;
    const wanted = show.includes("arrows") || show.includes("curvature") || substeps.line >= 0;
    return wanted && !hidden.includes(chosen);
  }

  function clear() {
    layer?.canvas.remove();
    layer = null;
    names.show([], false);
  }

  /** @param {Inspected} found @param {number} k */
  function arrowsAt(found, k) {
    if (k < 0 || k >= found.result.steps) return null;
    if (substeps.line >= 0) return lineArrows(found, k, substeps.line);
    return store.view.show.includes("arrows") ? stepArrows(found, k) : null;
  }

  function draw() {
    const found = on() ? inspections.of() : null;
    const k = (drawn = Math.floor(store.step));
    if (!found || !ground || k > found.result.steps) return clear();
    layer ??= new Layer(element);
    layer.cover(ground.frame);
    const at = { ctx: layer.ctx, ...ground };
    const pen = (/** @type {number} */ step) => ({ ...at, point: pointOf(found, step) });
    const curved = store.view.show.includes("curvature") && !Number.isNaN(pointOf(found, k)[0]);
    const bars = curved ? sketchCurvature(pen(k), curvatureAt(found, k)) : [];
    const arrows = arrowsAt(found, substeps.shown);
    names.place(ground.frame);
    names.show([...(arrows ? sketchArrows(pen(substeps.shown), arrows, factors) : []), ...bars], ground.ink.dark);
  }

  const seek = () => {
    if (on() && Math.floor(store.step) !== drawn) draw();
  };
  const stop = inspections.use({ lanes: () => (on() ? [store.view.chosen] : []), arrived: draw });
  return {
    /** The axes, the theme, the result or the view may have changed. @param {Ground} next */
    update(next) {
      ground = next;
      if (layer || on()) draw();
    },
    destroy: together(stop, listen(store, "step", seek), listen(substeps, "line", draw)),
  };
}
