/** The programs that races run on in this browser: the server's own, printed; each is fetched once. */

import { mark } from "../base/marks.js";

/** @import {LaneKernel, ScheduleKernel} from "../state/types.js" */

/** So long, in ms, what could not be fetched is not tried again. */
const RETRY = 5000;

/** @typedef {{module: any, failed: number, tries: number}} Entry  `failed`: when; 0 if it did not */

/** The mark "ov:kernel" tells, in `detail`, which one has come. */
export class Kernels {
  #address;
  /** @type {Map<string, Entry>} */
  #entries = new Map();

  /** @param {string} address  of the folder that they are in */
  constructor(address = new URL("../kernels", import.meta.url).href) {
    this.#address = address;
  }

  /** The program of a rule on a surface, if it is here; if not, it is fetched. @param {string} rule @param {string} surface @returns {LaneKernel | null} */
  ofLane(rule, surface) {
    return this.#get(`${rule}/${surface}`);
  }

  /** That of a schedule. @param {string} slug @returns {ScheduleKernel | null} */
  ofSchedule(slug) {
    return this.#get(slug);
  }

  /** @param {string} name @returns {any} */
  #get(name) {
    const entry = this.#entries.get(name) ?? { module: null, failed: -RETRY, tries: 0 };
    if (!entry.module && performance.now() - entry.failed >= RETRY) this.#fetch(name, entry);
    return entry.module;
  }

  /** @param {string} name @param {Entry} entry */
  async #fetch(name, entry) {
    this.#entries.set(name, entry);
    entry.failed = Infinity;
    // A browser does not ask twice for a module that it could not get.
    const again = entry.tries > 0 ? `?again=${entry.tries}` : "";
    entry.tries += 1;
    try {
      entry.module = await import(`${this.#address}/${name}.js${again}`);
      mark("ov:kernel", name);
    } catch {
      entry.failed = performance.now();
    }
  }
}
