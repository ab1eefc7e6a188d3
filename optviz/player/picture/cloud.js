/** The cloud of a lane under many seeds of the noise, over the paths, while it is switched on. */

import { listen, together } from "../base/listening.js";
import { drawCloud } from "./clouddots.js";
import { cloudLegend } from "./cloudlegend.js";
import { looksOf } from "../state/looks.js";

/** @import {Layers} from "../look/layers.js" */
/** @import {Ground} from "../plane/frame.js" */
/** @import {Seeds} from "../live/ensembles.js" */
/** @import {Store} from "../state/types.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} element  the picture
 * @param {Layers} layers
 * @param {Seeds} seeds
 */
export function cloud(store, element, layers, seeds) {
  const names = cloudLegend(store, element, layers.place("words"));
  /** @type {Ground | null} */
  let ground = null;

  /** The dots are on the contour, not in 3-D. */
  const seen = () => (store.view.show.includes("space") ? null : seeds.current());

  function hide() {
    layers.empty("cloud");
    names.hide();
  }

  function draw() {
    const ensemble = seen();
    if (!ensemble || !ground) return hide();
    const layer = layers.canvas("cloud");
    layer.cover(ground.frame);
    drawCloud(layer.ctx, { ...ground, looks: looksOf(store.race, store), ensemble });
    layer.canvas.classList.toggle("ov-fading", seeds.late);
    names.show(ensemble, ground.frame, seeds.late);
  }

  return {
    seen,
    /** The axes, the theme, the race or the view may have changed. @param {Ground} next */
    update(next) {
      ground = next;
      if (layers.has("cloud") || seen()) draw();
    },
    destroy: together(listen(seeds, "arrived", draw), hide, names.destroy),
  };
}
