/** Places over one another in an element, in the order of a list: what comes late lies where it belongs. */

import { h } from "../base/dom.js";
import { lay } from "./box.js";
import { fit } from "./canvas.js";

/** @import {Box} from "./box.js" */

/** A canvas over the axes: sharp on every display, clipped to the plot's area. */
export class Layer {
  /** @param {HTMLElement} element @param {string} name  its class */
  constructor(element, name) {
    this.canvas = h("canvas", { class: `ov-layer ${name}`, "aria-hidden": "true" });
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

export class Layers {
  /** @type {Map<string, HTMLElement>} */
  #places;
  /** @type {Map<string, Layer>} */
  #canvases = new Map();

  /**
   * @param {HTMLElement} element
   * @param {Iterable<string>} order  names, from below; each counts once
   */
  constructor(element, order) {
    this.#places = new Map([...new Set(order)].map((name) => [name, h("div", { style: "display: contents" })]));
    element.append(...this.#places.values());
  }

  /** Where the nodes of a layer stand. @param {string} name  of the list */
  place(name) {
    return /** @type {HTMLElement} */ (this.#places.get(name));
  }

  /** The canvas of a layer, made when it is first asked for. @param {string} name */
  canvas(name) {
    const layer = this.#canvases.get(name) ?? new Layer(this.place(name), `ov-${name}`);
    this.#canvases.set(name, layer);
    return layer;
  }

  /** Whether something stands in a layer. @param {string} name */
  has(name) {
    return this.place(name).hasChildNodes();
  }

  /** Take away what stands in a layer. @param {string} name */
  empty(name) {
    this.place(name).replaceChildren();
    this.#canvases.delete(name);
  }
}
