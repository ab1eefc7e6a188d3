/** Runs long races in a worker, so that the page goes on: one at a time, and of those that wait the newest. */

import { listen, together } from "../base/listening.js";
import { SILENCE, Trust } from "./trust.js";

/** @import {Done, RaceJob} from "./racejob.js" */
/** @import {Result} from "../state/types.js" */

/** What `Background` needs of a worker. @typedef {EventTarget & Pick<Worker, "postMessage" | "terminate">} Workman */

/**
 * @typedef {object} Hears
 * @property {(result: Result, took: number) => void} came  `took`: ms of the run alone
 * @property {() => void} failed  there is no worker, or it cannot run what it was sent, or says nothing
 */

export class Background {
  #hears;
  #make;
  #trust;
  #silence;
  /** @type {Workman | null} */
  #worker = null;
  #unlisten = () => {};
  /** Whether one is being run, and whether it is still wanted. */
  #busy = false;
  #wanted = false;
  /** What is run after it. @type {RaceJob | null} */
  #next = null;
  /** Timer after which the worker is given up. @type {ReturnType<typeof setTimeout> | undefined} */
  #doubt;

  /** @param {Hears} hears @param {() => Workman} make @param {{pause?: number, silence?: number}} [patience]  in ms */
  constructor(hears, make = newWorker, { pause, silence = SILENCE } = {}) {
    this.#hears = hears;
    this.#make = make;
    this.#trust = new Trust(pause);
    this.#silence = silence;
  }

  /** Whether there is no worker to be had for now. */
  get broken() {
    return this.#trust.lost;
  }

  /** Run a job: at once, or after the one that is being run, unless a newer one comes. @param {RaceJob} job */
  run(job) {
    this.#next = job;
    if (!this.#busy) this.#send();
  }

  /** What was to be run is not wanted any more. */
  drop() {
    this.#next = null;
    this.#wanted = false;
  }

  destroy = () => {
    this.drop();
    clearTimeout(this.#doubt);
    this.#busy = false;
    this.#unlisten();
    this.#worker?.terminate();
    this.#worker = null;
  };

  #send() {
    const job = this.#next;
    this.#next = null;
    if (!job) return;
    try {
      this.#worker ??= this.#begun();
      this.#worker.postMessage(job);
      this.#busy = true;
      this.#wanted = true;
      this.#doubt = setTimeout(() => this.#fail(), this.#silence);
    } catch {
      this.#fail();
    }
  }

  #begun() {
    const worker = this.#make();
    const fail = () => this.#fail();
    this.#unlisten = together(
      listen(worker, "message", ({ data }) => (data ? this.#take(data) : fail())),
      listen(worker, ["error", "messageerror"], (event) => {
        // A browser would log what a page can do without.
        event.preventDefault();
        fail();
      }),
    );
    return worker;
  }

  /** @param {Done} done */
  #take({ result, took }) {
    clearTimeout(this.#doubt);
    this.#busy = false;
    const wanted = this.#wanted;
    this.#send();
    if (wanted) this.#hears.came(result, took);
  }

  #fail() {
    this.#trust.lose();
    this.destroy();
    this.#hears.failed();
  }
}

/** @returns {Workman} */
function newWorker() {
  return new Worker(new URL("./raceworker.js", import.meta.url), { type: "module" });
}
