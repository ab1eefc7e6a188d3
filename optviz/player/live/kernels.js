/** The programs that races run on in this browser: the server's own, printed; each is fetched once. */

import { mark } from "../base/marks.js";

/** @import {Where} from "./program.js" */
/** @import {CellsProgram, LaneKernel, LinesKernel, ScheduleKernel} from "../state/types.js" */

/** So long, in ms, what could not be fetched is not tried again. */
const RETRY = 5000;

/** @typedef {{module: any, where: Where, failed: number, tries: number}} Entry  `failed`: when, Infinity if it did not */
/** Of what has never been asked for. @type {Entry} */
const MISSING = { module: null, where: { address: "" }, failed: -RETRY, tries: 0 };

/** The event `arrived` tells that some have come, `missed` that one has not; the mark "ov:kernel", in `detail`, which. */
export class Kernels extends EventTarget {
  #address;
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /** @type {Set<string>} What of surfaces is here as a whole, or on its way. */
  #stocked = new Set();
  /** What is being fetched. @type {Set<Promise<void>>} */
  #coming = new Set();

  /** @param {string} address  of the folder that they are in; without one there are those alone that it is given */
  constructor(address = new URL("../kernels", import.meta.url).href) {
    super();
    this.#address = address;
  }

  /** The program of a rule on a surface, if it is here; if not, it is fetched. @param {string} rule @param {string} surface @returns {LaneKernel | null} */
  ofLane(rule, surface) {
    return this.#get(`${rule}/${surface}`);
  }

  /** That of the rule's lines. @param {string} rule @param {string} surface @returns {LinesKernel | null} */
  ofLines(rule, surface) {
    return this.#get(`lines/${rule}/${surface}`);
  }

  /** Whether that one is on its way for the first time. @param {string} rule @param {string} surface */
  expectsLines(rule, surface) {
    const { module, failed, tries } = this.#entry(`lines/${rule}/${surface}`);
    return !module && failed === Infinity && tries === 1;
  }

  /** That of a schedule. @param {string} slug @returns {ScheduleKernel | null} */
  ofSchedule(slug) {
    return this.#get(slug);
  }

  /** Where the program of a rule on a surface came from. @param {string} rule @param {string} surface @returns {Where} */
  whereLane(rule, surface) {
    return this.#entry(`${rule}/${surface}`).where;
  }

  /** Where that of a schedule came from. @param {string} slug @returns {Where} */
  whereSchedule(slug) {
    return this.#entry(slug).where;
  }

  /**
   * The program of a map, see optviz/kernels/cells.py.
   *
   * @param {string} rule
   * @param {string} surface
   * @param {string[]} over  its axes
   * @param {string[]} along  what changes from step to step besides the schedule: hyperparameters, "noise"
   * @returns {CellsProgram | null}
   */
  ofCells(rule, surface, over, along) {
    return this.#get(["cells", rule, surface, over, ...(along.length ? [along] : [])].join("/"));
  }

  /** Wait for all that is being fetched, whether it comes or not. */
  async settled() {
    await Promise.all(this.#coming);
  }

  /**
   * Fetch what may be wanted next on a surface, in two files, when there is time: what is here goes on without
   * a server.
   *
   * @param {string} surface
   */
  stock(surface) {
    if (!this.#address) return;
    for (const name of [`all/${surface}`, `lines/all/${surface}`]) {
      if (this.#stocked.has(name)) continue;
      this.#stocked.add(name);
      afterwards(() => this.#fetchAll(name));
    }
  }

  /** @param {string} name */
  async #fetchAll(name) {
    try {
      const address = `${this.#address}/${name}.js`;
      const { modules } = await import(address);
      this.keep(modules, address);
      this.#tell(name);
    } catch {
      // Each is still to be had by itself.
      this.#stocked.delete(name);
    }
  }

  /** Have programs that are here already, by their names. @param {Record<string, any>} modules @param {string} address  of the module that holds them */
  keep(modules, address) {
    for (const [part, module] of Object.entries(modules)) {
      const where = { address, part };
      if (!this.#entry(part).module) this.#entries.set(part, { module, where, failed: Infinity, tries: 0 });
    }
  }

  /** @param {string} name */
  #tell(name) {
    mark("ov:kernel", name);
    this.dispatchEvent(new Event("arrived"));
  }

  /** @param {string} name @returns {Entry} */
  #entry(name) {
    return this.#entries.get(name) ?? { ...MISSING };
  }

  /** @param {string} name @returns {any} */
  #get(name) {
    const entry = this.#entry(name);
    if (this.#address && !entry.module && performance.now() - entry.failed >= RETRY) {
      const coming = this.#fetch(name, entry);
      this.#coming.add(coming);
      coming.then(() => this.#coming.delete(coming));
    }
    return entry.module;
  }

  /** @param {string} name @param {Entry} entry */
  async #fetch(name, entry) {
    this.#entries.set(name, entry);
    entry.failed = Infinity;
    // A browser does not ask twice for a module that it could not get.
    const again = entry.tries > 0 ? `?again=${entry.tries}` : "";
    entry.tries += 1;
    entry.where = { address: `${this.#address}/${name}.js${again}` };
    try {
      entry.module = await import(entry.where.address);
      this.#tell(name);
    } catch {
      entry.failed = performance.now();
      this.dispatchEvent(new Event("missed"));
    }
  }
}

/** Do something when the page has nothing else to do. @param {() => void} what */
function afterwards(what) {
  if ("requestIdleCallback" in window) requestIdleCallback(what, { timeout: 3000 });
  else setTimeout(what, 1000);
}
