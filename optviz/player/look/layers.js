/** Places over one another in an element, in the order of a list: what comes late lies where it belongs. */

import { h } from "../base/dom.js";
import { Layer } from "./layer.js";

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
    const layer = this.#canvases.get(name) ?? new Layer(this.place(name));
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
