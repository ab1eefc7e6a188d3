/** Fetches many maps one after the other: those that are seen first, coarse ones before fine ones. */

import { decodeMap, Refused } from "../server/client.js";

/** @import {Api, MapReply} from "../state/types.js" */
/** @import {Seen} from "./tile.js" */

/**
 * @typedef {object} Job  A map that is wanted.
 * @property {string} key  whose map; a newer job of the same key takes its place
 * @property {string} query  without its size
 * @property {number} steps
 * @property {boolean} near  whether it is on the screen
 * @property {Seen} drawn  how it is to be drawn
 * @property {string} ground  the surface that it is of
 *
 * @typedef {object} Progress  What there is under a key.
 * @property {string} coarse  query of the last coarse map that came
 * @property {string} fine
 * @property {string} failed  query of the map that could not be had
 * @property {number} turn  when it was last asked for
 *
 * @typedef {{job: Job, coarse: boolean, n: number}} Task
 */

/** Cells along a side: those that are counted, and those that are looked at; the former are among the latter. */
const COARSE = 64;
const FINE = 2 * COARSE - 1;
/** What the server computes for one map at most. */
const MAX_CELL_STEPS = 256 * 256 * 2000;
/** So long, in ms, a map that failed is not asked for again, unless the server has refused it. */
const RETRY = 3000;
const SILENT = "The server did not send this map. It is asked again every few seconds.";

export class MapFetching {
  /** @type {Job[]} */
  #jobs = [];
  #held = false;
  /** @type {Map<string, Progress>} */
  #progress = new Map();
  /** What is under way. @type {{task: Task, closing: AbortController} | null} */
  #current = null;
  #running = false;
  #turn = 0;
  /** @type {Set<number>} */
  #timers = new Set();
  #api;
  #arrived;
  #failed;

  /**
   * @param {Api} api
   * @param {object} hears
   * @param {(job: Job, map: MapReply, coarse: boolean) => void} hears.arrived  while a value is held
   *   it may be of a query that is no longer wanted
   * @param {(job: Job, problems: string[]) => void} hears.failed
   */
  constructor(api, { arrived, failed }) {
    this.#api = api;
    this.#arrived = arrived;
    this.#failed = failed;
  }

  /**
   * @param {Job[]} jobs  all that are wanted now
   * @param {boolean} held  whether a value is being dragged: then only what is seen is fetched, coarse
   */
  want(jobs, held) {
    this.#jobs = jobs;
    this.#held = held;
    const now = this.#current;
    // While something is dragged, coarse maps are let come: else nothing would be seen to follow it.
    const welcome = now && jobs.some(({ query }) => query === now.task.job.query);
    if (now && !welcome && !(held && now.task.coarse)) now.closing.abort();
    this.#run();
  }

  /** Whether every map's coarse one has come that is not in trouble. */
  get complete() {
    return this.#jobs.every((job) => this.#has(job, "coarse") || this.#has(job, "failed"));
  }

  /** Whether the map that is wanted has come, at least a coarse one. @param {Job} job */
  has(job) {
    return this.#has(job, "coarse");
  }

  destroy() {
    this.want([], false);
    this.#timers.forEach((timer) => clearTimeout(timer));
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (let task = this.#next(); task; task = this.#next()) await this.#fetch(task);
    this.#running = false;
  }

  /** @returns {Task | undefined} */
  #next() {
    const free = this.#jobs.filter((job) => !this.#has(job, "failed"));
    const missing = free.filter((job) => !this.#has(job, "coarse")).sort((a, b) => this.#of(a).turn - this.#of(b).turn);
    const seen = missing.find((job) => job.near);
    const coarse = seen ?? (this.#held ? undefined : missing[0]);
    if (coarse) return { job: coarse, coarse: true, n: COARSE };
    const job = this.#held ? undefined : free.find((one) => one.near && !this.#has(one, "fine"));
    return job && { job, coarse: false, n: Math.min(FINE, Math.floor(Math.sqrt(MAX_CELL_STEPS / job.steps))) };
  }

  /** @param {Task} task */
  async #fetch(task) {
    const { job, coarse, n } = task;
    const closing = new AbortController();
    this.#current = { task, closing };
    const progress = this.#of(job);
    progress.turn = this.#turn += 1;
    try {
      const map = decodeMap(await this.#api.map(`${job.query}&n=${n}`, closing.signal));
      if (closing.signal.aborted) return;
      if (coarse) Object.assign(progress, { coarse: job.query, fine: "" });
      else progress.fine = job.query;
      this.#arrived(job, map, coarse);
    } catch (error) {
      if (!closing.signal.aborted) this.#fail(job, error);
    } finally {
      this.#current = null;
    }
  }

  /** @param {Job} job @param {unknown} error */
  #fail(job, error) {
    const progress = this.#of(job);
    progress.failed = job.query;
    this.#failed(job, error instanceof Refused ? error.problems : [SILENT]);
    if (error instanceof Refused) return;
    const timer = window.setTimeout(() => {
      this.#timers.delete(timer);
      if (progress.failed === job.query) progress.failed = "";
      this.#run();
    }, RETRY);
    this.#timers.add(timer);
  }

  /** @param {Job} job @param {"coarse" | "fine" | "failed"} what */
  #has(job, what) {
    return this.#of(job)[what] === job.query;
  }

  /** @param {Job} job @returns {Progress} */
  #of({ key }) {
    const known = this.#progress.get(key);
    if (known) return known;
    const begun = { coarse: "", fine: "", failed: "", turn: 0 };
    this.#progress.set(key, begun);
    return begun;
  }
}
