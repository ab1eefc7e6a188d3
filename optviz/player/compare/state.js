/** The single source of truth of the compare page: the experiment, the order, the verdicts so far. */

import { Agreement } from "../state/agreement.js";
import { Problems } from "../state/problems.js";
import { comparisonQuery } from "./links.js";
import { better, sortOf } from "./ranking.js";

/** @import {Catalogue, Comparison, Verdict} from "../state/types.js" */
/** @import {Column, Entry} from "./ranking.js" */

/** Verdicts of former experiments are kept: who goes back to one has them at once. */
const MOST_KEPT = 1000;
/** What cannot be taken out of a comparison. */
export const BASELINE = "sgd";

/**
 * Events, each dispatched after the state has changed: `comparison`, `sort`, `verdicts`, `problems`.
 */
export class State extends EventTarget {
  /** Nothing but `problems` is told here as notes. @type {null} */
  result = null;
  /** By the query of what was judged. @type {Map<string, Verdict>} */
  #verdicts = new Map();
  /** The last verdict of every rule, of whichever experiment. @type {Map<string, Verdict>} */
  #last = new Map();
  #problems = new Problems();
  #agreement;
  #onCommit;

  /**
   * @param {object} options
   * @param {Catalogue} options.catalogue
   * @param {Comparison} options.comparison
   * @param {string} options.sort
   * @param {(link: {query: string}) => void} options.onCommit
   */
  constructor({ catalogue, comparison, sort, onCommit }) {
    super();
    this.catalogue = catalogue;
    this.comparison = comparison;
    this.sort = sort;
    this.#onCommit = onCommit;
    this.#agreement = new Agreement(this.#query());
  }

  /** @param {Partial<Comparison>} change  at the end of an act of the user, never during it */
  change(change) {
    this.comparison = { ...this.comparison, ...change };
    this.#emit("comparison");
    this.#tell();
  }

  /** Compare these rules, and the baseline; those that stay keep their looks. @param {string[]} slugs */
  choose(slugs) {
    const wanted = new Set([BASELINE, ...slugs]);
    const kept = this.comparison.rules.filter((rule) => wanted.has(rule));
    this.change({ rules: [...new Set([...kept, ...wanted])] });
  }

  /** Sort by a column; again, and its order turns round. @param {Column} column */
  sortBy(column) {
    const [now, turned] = sortOf(this.sort);
    this.sort = column === now && !turned ? `-${column}` : column;
    this.#emit("sort");
    this.#tell();
  }

  /** Take over what the host says, if it is news. @param {Comparison} comparison @param {string} sort */
  sync(comparison, sort) {
    if (!this.#agreement.hear(this.#query(comparison, sort))) return;
    this.comparison = comparison;
    this.sort = sort;
    this.#emit("comparison");
  }

  /** @param {string} query  what was asked @param {Verdict} verdict */
  take(query, verdict) {
    this.#verdicts.set(query, verdict);
    this.#last.set(verdict.rule, verdict);
    if (this.#verdicts.size > MOST_KEPT) this.#verdicts.delete([...this.#verdicts.keys()][0]);
    this.#emit("verdicts");
  }

  /** The rules that have no verdict yet. */
  get missing() {
    return this.comparison.rules.filter((rule) => !this.#verdicts.has(comparisonQuery(this.comparison, rule)));
  }

  /** All optimizers of the comparison, in its own order. @returns {Entry[]} */
  get entries() {
    const entries = this.comparison.rules.map((rule, look) => {
      const verdict = this.#verdicts.get(comparisonQuery(this.comparison, rule)) ?? null;
      const shown = verdict ?? this.#last.get(rule) ?? null;
      return { rule, name: this.rule(rule).name, look, verdict: shown, current: verdict !== null, rank: Infinity };
    });
    this.#ranked(entries).forEach((entry, i) => (entry.rank = i + 1));
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

  get problems() {
    return this.#problems.all;
  }

  /** @param {string[]} problems @param {string} source */
  complain(problems, source) {
    if (this.#problems.say(problems, source)) this.#emit("problems");
  }

  /** @param {string} slug */
  rule(slug) {
    return known(this.catalogue.rules, slug);
  }

  get surface() {
    return known(this.catalogue.surfaces, this.comparison.surface);
  }

  /** @param {Comparison} [comparison] @param {string} [sort] */
  #query(comparison = this.comparison, sort = this.sort) {
    return `${comparisonQuery(comparison)}&sort=${sort}`;
  }

  #tell() {
    const query = this.#query();
    if (this.#agreement.tell(query)) this.#onCommit({ query });
  }

  /** @param {string} type */
  #emit(type) {
    this.dispatchEvent(new Event(type));
  }
}

/** @template {{slug: string}} T @param {T[]} entries @param {string} slug @returns {T} */
function known(entries, slug) {
  const found = entries.find((entry) => entry.slug === slug);
  if (!found) throw new Error(`The catalogue has no entry called ${slug}.`);
  return found;
}
