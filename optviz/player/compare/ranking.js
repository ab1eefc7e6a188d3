/** The order of the optimizers: the ranking of the comparison, and that of a column of the table. */

/** @import {Verdict} from "./types.js" */

/**
 * @typedef {object} Entry  An optimizer of the comparison and what is known of it.
 * @property {string} rule
 * @property {string} name
 * @property {number} look  the number of its look
 * @property {Verdict | null} verdict
 * @property {boolean} current  whether the verdict is of the present experiment, and not of one before
 * @property {number} rank  from 1, among those that are current; infinite for the others
 * @property {boolean} shared  whether another one has the same rank
 */
/** @typedef {"rank" | "name" | "reached" | "median" | "diverged" | "works"} Column */

/** What comes first in each column: less of this, or an earlier name. @type {Record<Column, (entry: Entry) => number | string>} */
const FIRST = {
  rank: ({ rank }) => rank,
  name: ({ name }) => name.toLowerCase(),
  reached: ({ verdict }) => -(verdict?.reached ?? -1),
  median: ({ verdict }) => verdict?.median ?? Infinity,
  diverged: ({ verdict }) => verdict?.diverged ?? Infinity,
  works: ({ verdict }) => -(verdict?.works ?? -1),
};

/** What verdicts are ranked by, as in the library: one after the other, less is better. @param {Verdict} verdict */
function score({ reached, median, loss }) {
  return [-reached, median ?? Infinity, loss ?? Infinity];
}

/** @param {Verdict} a @param {Verdict} b */
export function better(a, b) {
  const other = score(b);
  return score(a).map((part, i) => compare(part, other[i])).find(Boolean) ?? 0;
}

/** Whether two verdicts have the same rank: what decides between them then is not seen. @param {Verdict} one @param {Verdict} other */
export function level(one, other) {
  return one.reached === other.reached && one.median === other.median;
}

/** Give the entries, the best one first, their ranks; level ones share theirs. @param {Entry[]} entries  with a verdict each */
export function rank(entries) {
  const verdicts = entries.map(({ verdict }) => /** @type {Verdict} */ (verdict));
  entries.forEach((entry, i) => {
    const alike = verdicts.filter((verdict) => level(verdict, verdicts[i])).length;
    entry.rank = verdicts.findIndex((verdict) => level(verdict, verdicts[i])) + 1;
    entry.shared = alike > 1;
  });
}

/**
 * Return the entries as they stand in the table; what has no number in its column comes last.
 *
 * @param {Entry[]} entries
 * @param {string} sort  a column, after a minus if its last one comes first
 */
export function ordered(entries, sort) {
  const [column, turned] = sortOf(sort);
  const key = FIRST[column];
  const way = turned ? -1 : 1;
  const absent = (/** @type {Entry} */ entry) => !entry.verdict || key(entry) === Infinity;
  return [...entries].sort(
    (a, b) => Number(absent(a)) - Number(absent(b)) || way * compare(key(a), key(b)) || compare(a.rank, b.rank) || (a.verdict && b.verdict ? better(a.verdict, b.verdict) : 0),
  );
}

/** @param {string} sort @returns {[Column, boolean]}  the column, and whether its order is turned round */
export function sortOf(sort) {
  return [/** @type {Column} */ (sort.replace(/^-/, "")), sort.startsWith("-")];
}

/** @template {number | string} T @param {T} a @param {T} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
