/** Which part of a map's sides is shown: zoomed about a point, on linear and on logarithmic sides alike. */

import { clamp } from "../scales/numbers.js";
import { shareOf } from "./mapaxis.js";

/** @import {Axes} from "./cells.js" */
/** @import {MapAxis} from "./mapaxis.js" */

/** A turn of the wheel, or a press of a button. */
const STEP = 1.6;
/** The least part of a side that is shown: beyond, neighbouring cells would be of one value. */
const LEAST = 1e-9;

export class MapZoom {
  /** The part that is shown, by the key of its side. @type {Map<string, [number, number]>} */
  #parts = new Map();

  /** Both axes with the part of their ranges that is shown. @param {Axes} whole @returns {Axes} */
  shown({ across, up }) {
    return { across: this.#part(across), up: this.#part(up) };
  }

  /** Whether less than all of them is shown. @param {Axes} whole */
  isIn({ across, up }) {
    return this.#parts.has(across.key) || this.#parts.has(up.key);
  }

  /**
   * Show less of both sides, or more, about a point that stays where it is.
   *
   * @param {Axes} whole
   * @param {[number, number]} about  shares of what is shown
   * @param {number} steps  inwards if positive
   */
  turn({ across, up }, about, steps) {
    [across, up].forEach((side, i) => this.#turn(side, about[i], STEP ** -steps));
  }

  /** Show all of them. @param {Axes} whole */
  leave({ across, up }) {
    for (const { key } of [across, up]) this.#parts.delete(key);
  }

  /** @param {MapAxis} axis @returns {MapAxis} */
  #part(axis) {
    const range = this.#parts.get(axis.key);
    return range ? { ...axis, range } : axis;
  }

  /** @param {MapAxis} side @param {number} about @param {number} by */
  #turn(side, about, by) {
    const [low, high] = this.#part(side).range.map((value) => shareOf(side, value));
    const wide = Math.max(LEAST, (high - low) * by);
    if (wide >= 1) {
      this.#parts.delete(side.key);
      return;
    }
    const begin = clamp(low + about * (high - low - wide), 0, 1 - wide);
    this.#parts.set(side.key, [along(side, begin), along(side, begin + wide)]);
  }
}

/** The value at a share of a side, with all its digits. @param {MapAxis} axis @param {number} share */
function along({ range: [low, high], log }, share) {
  return log ? low * (high / low) ** share : low + share * (high - low);
}
