/** Places under the same number in every map of a surface: then they have the same colour everywhere. */

/** @import {MapReply, Place} from "../state/types.js" */

/** Places of one kind that are nearer than this share of the domain's diagonal are the same. */
const NEAR = 1e-3;

export class SharedPlaces {
  /** @type {Place[]} Those that the surface declares come first, in every map. */
  #places = [];
  #near;

  /** @param {{x: [number, number], y: [number, number]}} domain */
  constructor({ x, y }) {
    this.#near = NEAR * Math.hypot(x[1] - x[0], y[1] - y[0]);
  }

  /** Return a map with its places under their shared numbers. @param {MapReply} map @returns {MapReply} */
  adopt(map) {
    const numbers = map.places.map((place) => this.#numberOf(place));
    const shared = { ...map, places: this.#places };
    if (numbers.every((number, at) => number === at)) return shared;
    return { ...shared, place: Float32Array.from(map.place, (at) => (at < 0 ? at : numbers[at])) };
  }

  /** @param {Place} place */
  #numberOf(place) {
    const { kind, point } = place;
    const near = (/** @type {Place["point"]} */ other) =>
      point && other ? Math.hypot(other[0] - point[0], other[1] - point[1]) <= this.#near : point === other;
    const found = this.#places.findIndex((one) => one.kind === kind && near(one.point));
    return found < 0 ? this.#places.push(place) - 1 : found;
  }
}
