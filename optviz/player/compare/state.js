/** The single source of truth of the compare page: the experiment, the order, the verdicts so far. */

import { PageStore } from "../state/pagestore.js";
import { comparisonQuery, onSurface } from "./links.js";
import { better, rank, sortOf } from "./ranking.js";

/** @import {Comparison, Verdict} from "./types.js" */
/** @import {Catalogue} from "../state/types.js" */
/** @import {Column, Entry} from "./ranking.js" */

/** @typedef {{comparison: Comparison, sort: string, everywhere: boolean}} About  `everywhere`: on every surface, too */

/** Verdicts of former experiments are kept: who goes back to one has them at once. */
const MOST_KEPT = 1000;
/** What cannot be taken out of a comparison. */
export const BASELINE = "sgd";

/**
 * Events, each dispatched after the state has changed: `comparison`, `sort`, `everywhere`, `verdicts`, `problems`.
 *
 * @extends {PageStore<About, {query: string}>}
 */
export class State extends PageStore {
  /** By the query of what was judged. @type {Map<string, Verdict>} */
  #verdicts = new Map();
  /** The last verdict of every rule, of whichever experiment. @type {Map<string, Verdict>} */
  #last = new Map();

  /**
   * @param {object} options
   * @param {Catalogue} options.catalogue
   * @param {Comparison} options.comparison
   * @param {string} options.sort
   * @param {boolean} options.everywhere
   * @param {(link: {query: string}) => void} options.onCommit
   */
  constructor({ catalogue, comparison, sort, everywhere, onCommit }) {
    super({ catalogue, about: { comparison, sort, everywhere }, textOf: queryOf, linkOf, onCommit });
    this.comparison = comparison;
    this.sort = sort;
    this.everywhere = everywhere;
  }

  /** @param {Partial<Comparison>} change  at the end of an act of the user, never during it */
  change(change) {
    this.comparison = { ...this.comparison, ...change };
    this.emit("comparison");
    this.tell(this);
  }

  /** Compare these rules, and the baseline. @param {string[]} slugs */
  choose(slugs) {
    const wanted = new Set([BASELINE, ...slugs]);
    const kept = this.comparison.rules.filter((rule) => wanted.has(rule));
    this.change({ rules: [...new Set([...kept, ...wanted])] });
  }

  /** Sort by a column; again, and its order turns round. @param {Column} column */
  sortBy(column) {
    const [now, turned] = sortOf(this.sort);
    this.sort = column === now && !turned ? `-${column}` : column;
    this.emit("sort");
    this.tell(this);
  }

  /** Compare on every surface, or on this one alone. @param {boolean} everywhere */
  go(everywhere) {
    if (everywhere === this.everywhere) return;
    this.everywhere = everywhere;
    this.emit("everywhere");
    this.tell(this);
  }

  /** Take over what the host says, if it is news. @param {About & {current?: boolean}} said */
  sync({ comparison, sort, everywhere, current }) {
    if (!this.hear({ comparison, sort, everywhere }, current)) return;
    this.comparison = comparison;
    this.sort = sort;
    this.everywhere = everywhere;
    this.emit("comparison");
    this.emit("everywhere");
  }

  /** @param {string} query  what was asked @param {Verdict} verdict */
  take(query, verdict) {
    this.#verdicts.set(query, verdict);
    if (this.comparison.rules.some((rule) => query === comparisonQuery(this.comparison, rule))) this.#last.set(verdict.rule, verdict);
    if (this.#verdicts.size > MOST_KEPT) this.#verdicts.delete([...this.#verdicts.keys()][0]);
    this.emit("verdicts");
  }

  /** The queries of the verdicts that are wanted and not there yet, those of this surface first. */
  get missing() {
    const elsewhere = this.everywhere ? this.surfaces.filter(({ slug }) => slug !== this.comparison.surface) : [];
    return [this.surface, ...elsewhere].flatMap(({ slug }) => this.#queries(slug)).filter((query) => !this.#verdicts.has(query));
  }

  /** Those surfaces whose minima are known, so that an optimizer can be seen to arrive. */
  get surfaces() {
    return this.catalogue.surfaces.filter(({ minima }) => minima.length);
  }

  /** The verdict of this experiment's budget on a surface, if it is there. @param {string} surface @param {string} rule */
  verdictOn(surface, rule) {
    return this.#verdicts.get(comparisonQuery(onSurface(this.comparison, surface), rule)) ?? null;
  }

  /** @param {string} surface */
  #queries(surface) {
    const there = onSurface(this.comparison, surface);
    return there.rules.map((rule) => comparisonQuery(there, rule));
  }

  /** All optimizers of the comparison, in its own order. @returns {Entry[]} */
  get entries() {
    const entries = this.comparison.rules.map((rule) => {
      const verdict = this.#verdicts.get(comparisonQuery(this.comparison, rule)) ?? null;
      const shown = verdict ?? this.#last.get(rule) ?? null;
      return { rule, name: this.rule(rule).name, look: this.rule(rule).look, verdict: shown, current: verdict !== null, rank: Infinity, shared: false };
    });
    rank(this.#ranked(entries));
    return entries;
  }

  /** The verdicts of this experiment, the best first. @returns {Verdict[]} */
  get ranking() {
    return this.#ranked(this.entries).map(({ verdict }) => /** @type {Verdict} */ (verdict));
  }

  /** @param {Entry[]} entries */
  #ranked(entries) {
    const judged = entries.filter(({ current }) => current);
    return judged.sort((a, b) => better(/** @type {Verdict} */ (a.verdict), /** @type {Verdict} */ (b.verdict)));
  }

  get surface() {
    return this.surfaceCalled(this.comparison.surface);
  }
}

/** @param {About} about */
function linkOf(about) {
  return { query: queryOf(about) };
}

/** @param {About} about */
function queryOf({ comparison, sort, everywhere }) {
  return `${comparisonQuery(comparison)}&sort=${sort}${everywhere ? "&everywhere=1" : ""}`;
}
