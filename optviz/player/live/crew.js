/** Workers that run a lane very many times beside the page, every cell with numbers of its own. */

import { SILENCE, Trust } from "./trust.js";

/** @import {MapJob} from "./mapjob.js" */
/** @import {Where} from "./program.js" */

/**
 * @typedef {object} Own  What each cell has of its own.
 * @property {[number, number]} start  where no cell has another
 * @property {string[]} over  what it has its own value of, at the start: x, y, or a hyperparameter
 * @property {Record<string, number>} until  those of them that are changed for all from a step on
 * @property {Float64Array} table  (cells, over) flattened
 *
 * @typedef {MapJob["given"] & Own} Cells  What cells run with.
 * @typedef {{program: Where, cells?: Cells}} Task  What a worker is told; of a program alone, to have it at hand.
 * @typedef {{place: Int32Array, since: Int32Array, loss: Float64Array}} Told  What it tells of cells.
 */

const ADDRESS = new URL("./cellworker.js", import.meta.url).href;

export class Crew {
  #most;
  /** @type {Worker[]} */
  #workers = [];
  /** @type {Set<string>} */
  #prepared = new Set();
  #trust = new Trust();

  /** @param {number} most  how many of them there may be: the page and the browser need a core, too */
  constructor(most) {
    this.#most = most;
  }

  /** Have workers ready, with a program. @param {Where} program */
  prepare(program) {
    const name = Object.values(program).join(" ");
    if (this.#trust.lost || this.#prepared.has(name)) return;
    this.#prepared.add(name);
    try {
      for (const worker of this.#hired()) worker.postMessage({ program });
    } catch {
      this.#give();
    }
  }

  /** @param {Where} program @param {Cells} cells @returns {Promise<Told | null>}  null if there can be no workers */
  async run(program, cells) {
    if (this.#trust.lost) return null;
    try {
      const workers = this.#hired();
      const width = cells.over.length;
      const size = width * Math.ceil(cells.table.length / width / workers.length);
      const part = (/** @type {number} */ k) => ({ ...cells, table: cells.table.slice(k * size, (k + 1) * size) });
      return joined(await Promise.all(workers.map((worker, k) => asked(worker, { program, cells: part(k) }))));
    } catch {
      this.#give();
      return null;
    }
  }

  #hired() {
    if (!this.#workers.length) {
      const count = Math.min(this.#most, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
      this.#workers = Array.from({ length: count }, () => new Worker(ADDRESS, { type: "module" }));
    }
    return this.#workers;
  }

  /** Let workers be for a while. */
  #give() {
    this.destroy();
    this.#trust.lose();
  }

  destroy() {
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
    this.#prepared.clear();
  }
}

/** @param {Worker} worker @param {Task} task @returns {Promise<Told>} */
function asked(worker, task) {
  return new Promise((done, fail) => {
    const doubt = setTimeout(() => fail(new Error("A worker says nothing.")), SILENCE);
    worker.onmessage = ({ data }) => {
      clearTimeout(doubt);
      if (data.failed) fail(new Error(data.failed));
      else done(data);
    };
    worker.onerror = (event) => {
      clearTimeout(doubt);
      fail(event);
    };
    worker.postMessage(task);
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
