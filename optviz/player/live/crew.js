/** Workers that run the cells of a map beside the page, each some of its rows. */

/** @import {MapJob} from "./mapjob.js" */
/** @import {Where} from "./program.js" */

/**
 * @typedef {object} Rows  What a worker is told; of `program` alone, to have it at hand.
 * @property {Where} program  of a rule on a surface
 * @property {[string, string]} over
 * @property {[number, number]} start
 * @property {MapJob["given"]} given
 * @property {Record<string, number>} until
 * @property {Float64Array} across
 * @property {Float64Array} up  of these rows
 *
 * @typedef {{place: Int32Array, since: Int32Array, loss: Float64Array}} Told  What it tells of their cells.
 */

/** More do not help: the page and the browser need a core, too. */
const MOST = 4;
const ADDRESS = new URL("./mapworker.js", import.meta.url).href;

export class Crew {
  /** @type {Worker[]} */
  #workers = [];
  /** @type {Set<string>} */
  #prepared = new Set();
  broken = false;

  /** Have workers ready, with a program. @param {Where} program */
  prepare(program) {
    const name = Object.values(program).join(" ");
    if (this.broken || this.#prepared.has(name)) return;
    this.#prepared.add(name);
    try {
      for (const worker of this.#hired()) worker.postMessage({ program });
    } catch {
      this.broken = true;
    }
  }

  /**
   * Run a map of n x n cells.
   *
   * @param {Where} program
   * @param {MapJob} job
   * @param {[Float64Array, Float64Array]} sides
   * @returns {Promise<Told | null>}  null if there can be no workers
   */
  async run(program, { race, over, given, until }, [across, up]) {
    if (this.broken) return null;
    try {
      const workers = this.#hired();
      const size = Math.ceil(up.length / workers.length);
      const parts = await Promise.all(
        workers.map((worker, k) => asked(worker, { program, over, start: race.start, given, until, across, up: up.slice(k * size, (k + 1) * size) })),
      );
      return joined(parts);
    } catch {
      this.destroy();
      this.broken = true;
      return null;
    }
  }

  #hired() {
    if (!this.#workers.length) {
      const count = Math.min(MOST, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
      this.#workers = Array.from({ length: count }, () => new Worker(ADDRESS, { type: "module" }));
    }
    return this.#workers;
  }

  destroy() {
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
  }
}

/** @param {Worker} worker @param {Rows} rows @returns {Promise<Told>} */
function asked(worker, rows) {
  return new Promise((done, fail) => {
    worker.onmessage = ({ data }) => (data.failed ? fail(new Error(data.failed)) : done(data));
    worker.onerror = fail;
    worker.postMessage(rows);
  });
}

/** @param {Told[]} parts @returns {Told} */
function joined(parts) {
  const count = parts.reduce((sum, { place }) => sum + place.length, 0);
  const all = { place: new Int32Array(count), since: new Int32Array(count), loss: new Float64Array(count) };
  let first = 0;
  for (const part of parts) {
    all.place.set(part.place, first);
    all.since.set(part.since, first);
    all.loss.set(part.loss, first);
    first += part.place.length;
  }
  return all;
}
