/** What explains a step, upon the picture, while it is switched on. */

import { listen, together } from "../base/listening.js";
import { pointOf } from "./anatomy.js";
import { drawCloser } from "./closer.js";
import { legend } from "./steplegend.js";
import { toPixels } from "../plane/frame.js";

/** @import {Closer} from "./closer.js" */
/** @import {Layers} from "../look/layers.js" */
/** @import {Ground} from "../plane/frame.js" */
/** @import {Inspections} from "../server/inspections.js" */
/** @import {Store} from "../state/types.js" */
/** @import {Substeps} from "./substeps.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} element  the picture
 * @param {Layers} layers
 * @param {Inspections} inspections
 * @param {Substeps} substeps
 */
export function overlay(store, element, layers, inspections, substeps) {
  const names = legend(element, layers.place("words"));
  const factors = { arrows: 1, slope: 1 };
  /** @type {Ground | null} */
  let ground = null;
  /** The step that is drawn. */
  let drawn = -1;

  function on() {
    const { show, hidden, chosen } = store.view;
    const wanted = show.includes("arrows") || show.includes("curvature") || substeps.line >= 0;
    return wanted && !hidden.includes(chosen);
  }

  /** @returns {Closer | null} */
  function seen() {
    const found = on() ? inspections.of() : null;
    if (!found || Math.floor(store.step) > found.result.steps) return null;
    const [arrows, curvature] = ["arrows", "curvature"].map((one) => store.view.show.some((shown) => shown === one));
    return { found, arrows, curvature, line: substeps.line, end: substeps.end, factors };
  }

  function draw() {
    const closer = seen();
    drawn = Math.floor(store.step);
    if (!closer || !ground) {
      layers.empty("closer");
      return names.show([], false);
    }
    const layer = layers.canvas("closer");
    layer.cover(ground.frame);
    const [, y] = toPixels(ground.frame, pointOf(closer.found, drawn));
    const taken = ["basins", "seeds"].some((one) => store.view.show.some((shown) => shown === one));
    names.place(ground.frame, { y, taken });
    return names.show(drawCloser(layer.ctx, { ...ground, closer }, drawn), ground.ink.dark);
  }

  const seek = () => {
    if (on() && Math.floor(store.step) !== drawn) draw();
  };
  const stop = inspections.use({ lanes: () => (on() ? [store.view.chosen] : []), arrived: draw });
  return {
    /** What is shown, for who draws it elsewhere: its scales may then change without these. @returns {Closer | null} */
    seen() {
      const closer = seen();
      return closer && { ...closer, factors: { ...factors } };
    },
    /** The axes, the theme, the result or the view may have changed. @param {Ground} next */
    update(next) {
      ground = next;
      if (layers.has("closer") || on()) draw();
    },
    destroy: together(stop, listen(store, "step", seek), listen(substeps, "line", draw)),
  };
}
