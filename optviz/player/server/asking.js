/** Asking the server for what is wanted: one thing at a time, the newest next, again while it does not answer. */

import { faultOf } from "../base/faults.js";
import { Refused } from "./client.js";

/** So long, in ms, what could not be had is not asked for again, unless the server has refused it. */
const RETRY = 3000;
const SILENT = "The server does not answer. What only it computes is missing or of before; it is asked again every few seconds.";

/** @typedef {{query: string}} Question  Questions of the same query are the same one. */

/**
 * @template {Question} Q
 * @template [R=ArrayBuffer]
 * @typedef {object} Part  Whose questions they are.
 * @property {() => Q[]} wanted  what is wanted now and is not there yet, the most urgent first: rough
 *   numbers before exact ones
 * @property {(question: Q, signal: AbortSignal) => Promise<R>} ask  what goes wrong in it is the server's fault
 * @property {(reply: R, question: Q) => unknown} take  what goes wrong in it is ours; afterwards
 *   `wanted` may want something else. The reply may be of a question that is no longer wanted
 * @property {(question: Q) => boolean} [keeps]  whether what is under way is waited for; by default it is
 * @property {(problems: string[]) => void} [complain]  sentences about what is wanted and cannot be had; none
 *   takes them back
 * @property {(question: Q, problems: string[]) => void} [failed]  told when one of them cannot be had
 * @property {string} [silent]  the sentence about a server that does not answer
 */

/**
 * @template {Question} Q
 * @template [R=ArrayBuffer]
 */
export class Asking {
  #part;
  #running = false;
  #ended = false;
  /** What is under way. @type {{question: Q, closing: AbortController} | null} */
  #now = null;
  /** What could not be had, by its query. @type {Map<string, {problems: string[], final: boolean, silent: boolean, waits: boolean}>} */
  #troubles = new Map();
  /** Timer after which what failed is asked for again, 0 if none is due. */
  #again = 0;

  /** @param {Part<Q, R>} part */
  constructor(part) {
    this.#part = part;
  }

  /** What is wanted may have changed. */
  look = () => {
    const { keeps } = this.#part;
    if (this.#now && keeps && !keeps(this.#now.question)) this.#now.closing.abort();
    this.#run();
  };

  /** Whether what is asked with a query could not be had the last time. @param {string} query */
  inTrouble(query) {
    return this.#troubles.has(query);
  }

  destroy = () => {
    this.#ended = true;
    clearTimeout(this.#again);
    this.#now?.closing.abort();
    this.#part.complain?.([]);
  };

  async #run() {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let question = this.#next(); question; question = this.#next()) await this.#settle(question);
    } finally {
      this.#running = false;
    }
  }

  /** @returns {Q | undefined} */
  #next() {
    if (this.#ended) return undefined;
    const wanted = this.#part.wanted();
    for (const query of this.#troubles.keys()) {
      if (!wanted.some((one) => one.query === query)) this.#troubles.delete(query);
    }
    if (wanted.length === 0) this.#say();
    return wanted.find(({ query }) => !this.#troubles.get(query)?.waits);
  }

  /** @param {Q} question */
  async #settle(question) {
    const closing = new AbortController();
    this.#now = { question, closing };
    try {
      const reply = await this.#part.ask(question, closing.signal);
      if (!closing.signal.aborted) await this.#take(question, reply);
    } catch (error) {
      if (closing.signal.aborted) return;
      if (error instanceof Refused) this.#fail(question, error.problems, error.final);
      else this.#fail(question, [this.#part.silent ?? SILENT], false, true);
    } finally {
      this.#now = null;
    }
  }

  /** @param {Q} question @param {R} reply */
  async #take(question, reply) {
    try {
      await this.#part.take(reply, question);
      this.#troubles.delete(question.query);
      // It does answer: what it was silent about is asked again in its turn.
      for (const trouble of this.#troubles.values()) if (trouble.silent) trouble.problems = [];
      this.#say();
    } catch (error) {
      this.#fail(question, error instanceof Refused ? error.problems : [faultOf(error)], true);
    }
  }

  /** @param {Q} question @param {string[]} problems @param {boolean} final  whether it will stay so @param {boolean} [silent]  there was no answer */
  #fail(question, problems, final, silent = false) {
    this.#troubles.set(question.query, { problems, final, silent, waits: true });
    this.#part.failed?.(question, problems);
    this.#say();
    if (!final) this.#again ||= window.setTimeout(() => this.#retry(), RETRY);
  }

  #retry() {
    this.#again = 0;
    for (const trouble of this.#troubles.values()) trouble.waits = trouble.final;
    this.#run();
  }

  #say() {
    this.#part.complain?.([...new Set([...this.#troubles.values()].flatMap(({ problems }) => problems))]);
  }
}
