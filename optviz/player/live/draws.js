/** What the noise of a seed is made of: the server's own draws, fetched once for all sizes of it. */

/** @import {Api} from "../state/types.js" */

/** Of so many seeds they are kept. */
const KEPT = 4;
/** For so many steps they are asked for, or for twice, four times, ... as many. */
const LENGTH = 1000;

export class Draws {
  #api;
  /** @type {Map<number, Float64Array | null>} null while they are on their way */
  #kept = new Map();

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
  }

  /**
   * Return the draws of a seed (at least `steps`, 2) flattened, or null while they are fetched.
   *
   * @param {number} seed
   * @param {number} steps
   * @param {number} most  steps that there are draws for
   */
  of(seed, steps, most) {
    const kept = this.#kept.get(seed);
    if (kept === null || (kept && kept.length >= 2 * steps)) return kept;
    let length = LENGTH;
    while (length < steps) length *= 2;
    this.#fetch(seed, Math.min(length, most));
    return null;
  }

  /** @param {number} seed @param {number} length */
  async #fetch(seed, length) {
    this.#kept.delete(seed);
    for (const old of [...this.#kept.keys()].slice(0, Math.max(this.#kept.size - KEPT + 1, 0))) this.#kept.delete(old);
    this.#kept.set(seed, null);
    try {
      this.#kept.set(seed, new Float64Array(await this.#api.draws(`seed=${seed}&steps=${length}`)));
    } catch {
      // Whoever needs them asks the server for the race meanwhile, and it says what is wrong.
      this.#kept.delete(seed);
    }
  }
}
