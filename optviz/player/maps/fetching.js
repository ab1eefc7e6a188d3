/** Fetches many maps one after the other: those that are seen first, coarse ones before fine ones. */

import { Asking } from "../server/asking.js";
import { decodeMap } from "../server/client.js";
import { sideWithin } from "../server/mapquery.js";

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
 * @property {string} subject  what its words are about: which surface, and what the map varies
 *
 * @typedef {object} Progress  What there is under a key.
 * @property {string} coarse  query of the last coarse map that came
 * @property {string} fine
 * @property {number} turn  when it was last asked for
 *
 * @typedef {{query: string, job: Job, coarse: boolean}} Task
 */

/** Cells along a side: those that are counted, and those that are looked at; the former are among the latter. */
export const COARSE = 64;
const FINE = 2 * COARSE - 1;
const SILENT = "The server did not send this map. It is asked again every few seconds.";

export class MapFetching {
  /** @type {Job[]} */
  #jobs = [];
  #held = false;
  /** @type {Map<string, Progress>} */
  #progress = new Map();
  #turn = 0;
  #asking;

  /**
   * @param {Api} api
   * @param {object} hears
   * @param {(job: Job, map: MapReply, coarse: boolean) => void} hears.arrived  while a value is held
   *   it may be of a query that is no longer wanted
   * @param {(job: Job, problems: string[]) => void} hears.failed
   */
  constructor(api, { arrived, failed }) {
    this.#asking = new Asking({
      wanted: () => this.#missing(),
      ask: ({ query, job }, signal) => {
        this.#of(job).turn = this.#turn += 1;
        return api.map(query, signal);
      },
      take: (reply, { job, coarse }) => {
        arrived(job, decodeMap(reply), coarse);
        Object.assign(this.#of(job), coarse ? { coarse: job.query, fine: "" } : { fine: job.query });
      },
      // While something is dragged, coarse maps are let come: else nothing would be seen to follow it.
      keeps: ({ job, coarse }) => (this.#held && coarse) || this.#jobs.some(({ query }) => query === job.query),
      failed: ({ job, coarse }, problems) => coarse && failed(job, problems),
      silent: SILENT,
    });
    this.destroy = this.#asking.destroy;
  }

  /**
   * @param {Job[]} jobs  all that are wanted now
   * @param {boolean} held  whether a value is being dragged: then only what is seen is fetched, coarse
   */
  want(jobs, held) {
    this.#jobs = jobs;
    this.#held = held;
    this.#asking.look();
  }

  /** Whether every map's coarse one has come that is not in trouble. */
  get complete() {
    return this.#jobs.every((job) => this.has(job) || this.#asking.inTrouble(coarseOf(job).query));
  }

  /** Whether the map that is wanted has come, at least a coarse one. @param {Job} job */
  has(job) {
    return this.#of(job).coarse === job.query;
  }

  /** @returns {Task[]} */
  #missing() {
    const missing = this.#jobs.filter((job) => !this.has(job)).sort((a, b) => this.#of(a).turn - this.#of(b).turn);
    const seen = missing.filter(({ near }) => near).map(coarseOf);
    if (this.#held) return seen;
    const unseen = missing.filter(({ near }) => !near).map(coarseOf);
    const rough = this.#jobs.filter((job) => job.near && this.has(job) && this.#of(job).fine !== job.query);
    return [...seen, ...unseen, ...rough.map(fineOf)];
  }

  /** @param {Job} job @returns {Progress} */
  #of({ key }) {
    const known = this.#progress.get(key);
    if (known) return known;
    const begun = { coarse: "", fine: "", turn: 0 };
    this.#progress.set(key, begun);
    return begun;
  }
}

/** @param {Job} job @returns {Task} */
function coarseOf(job) {
  return { query: `${job.query}&n=${COARSE}`, job, coarse: true };
}

/** @param {Job} job @returns {Task} */
function fineOf(job) {
  return { query: `${job.query}&n=${sideWithin(FINE, job.steps)}`, job, coarse: false };
}
