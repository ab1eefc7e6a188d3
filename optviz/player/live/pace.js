/** Whether a race runs within a frame in this browser, foretold from the last ones that ran. */

/** @import {Race} from "../state/types.js" */

/** So many ms of a frame's 16 a race may take: the rest is for painting it. */
const SHORT = 6;
/** So few steps of all lanes together are never long: what makes them slow would hold up a worker, too. */
const FEW = 10_000;
/** Of so many races the quickest counts: others were held up, or ran before the browser had compiled them. */
const KEPT = 2;

export class Pace {
  /** Of one step of one lane, in ms. @type {number[]} */
  #seen = [];

  /** @param {Race} race */
  short({ lanes, steps }) {
    const count = lanes.length * steps;
    return count <= FEW || this.#seen.length === 0 || Math.min(...this.#seen) * count <= SHORT;
  }

  /** @param {Race} race @param {number} took  in ms, here or in a worker */
  tell({ lanes, steps }, took) {
    this.#seen = [took / (lanes.length * steps), ...this.#seen].slice(0, KEPT);
  }
}
