/** What the noise of seeds is made of: the server's own draws, fetched once for all sizes of it. */

/** @import {Api} from "../state/types.js" */

/** Of so many seeds, or runs of seeds, they are kept. */
const KEPT = 4;
/** For so many steps in all they are asked for, or for twice, four times, ... as many. */
const LENGTH = 1000;

export class Draws {
  #api;
  /** @type {Map<string, Float64Array[]>} */
  #kept = new Map();
  /** What is on its way. @type {Set<string>} */
  #asked = new Set();

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** Have those of a seed that are here already. @param {number} seed @param {Float64Array} draws  (steps, 2) flattened */
  keep(seed, draws) {
    this.#kept.set(`${seed} 1`, [draws]);
  }

  /**
   * Return the draws of a seed (at least `steps`, 2) flattened, or null while they are fetched.
   *
   * @param {number} seed
   * @param {number} steps
   * @param {number} most  steps that there are draws for
   */
  of(seed, steps, most) {
    return this.ofMany(seed, 1, steps, most)?.[0] ?? null;
  }

  /**
   * Return those of `count` seeds, beginning with one, or null while they are fetched.
   *
   * @param {number} seed
   * @param {number} count
   * @param {number} steps
   * @param {number} most  steps that there are draws for
   */
  ofMany(seed, count, steps, most) {
    const name = `${seed} ${count}`;
    const kept = this.#kept.get(name);
    if (kept && kept[0].length >= 2 * steps) return kept;
    let length = Math.ceil(LENGTH / count);
    while (length < steps) length *= 2;
    this.#fetch(name, `seed=${seed}${count > 1 ? `&seeds=${count}` : ""}&steps=${Math.min(length, most)}`, count);
    return null;
  }

  /** Shorter ones are kept until longer ones are there. @param {string} name @param {string} query @param {number} count */
  async #fetch(name, query, count) {
    if (this.#asked.has(name)) return;
    this.#asked.add(name);
    try {
      const all = new Float64Array(await this.#api.draws(query));
      const size = all.length / count;
      this.#kept.delete(name);
      this.#kept.set(name, Array.from({ length: count }, (_, k) => all.subarray(k * size, (k + 1) * size)));
      for (const old of [...this.#kept.keys()].slice(0, Math.max(this.#kept.size - KEPT, 0))) this.#kept.delete(old);
    } catch {
      // Whoever needs them asks the server for the race meanwhile, and it says what is wrong.
    } finally {
      this.#asked.delete(name);
    }
  }
}
