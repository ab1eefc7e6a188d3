/** A canvas over the axes: sharp on every display, clipped to the plot's area. */

import { lay } from "./box.js";
import { fit } from "./canvas.js";

/** @import {Box} from "./box.js" */

export class Layer {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "ov-layer";
    this.canvas.setAttribute("aria-hidden", "true");
    element.append(this.canvas);
    this.ctx = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  }

  /**
   * Cover the plot's area, which empties the canvas; coordinates stay those of the element.
   *
   * @param {Box} box
   */
  cover(box) {
    const ratio = devicePixelRatio;
    fit(this.canvas, box.width, box.height);
    lay(this.canvas, box);
    this.ctx.setTransform(ratio, 0, 0, ratio, -box.left * ratio, -box.top * ratio);
    this.clear();
  }

  clear() {
    const { ctx, canvas } = this;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.restore();
  }
}
