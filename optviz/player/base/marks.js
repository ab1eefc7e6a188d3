/** Marks of the browser's own clock, for who measures the page: so many of a name are kept at most. */

const KEPT = 1000;
/** @type {Map<string, number>} */
const made = new Map();

/** Nobody else empties the browser's list of marks. @param {string} name @param {unknown} detail */
export function mark(name, detail) {
  const count = made.get(name) ?? 0;
  if (count === KEPT) performance.clearMarks(name);
  made.set(name, (count % KEPT) + 1);
  performance.mark(name, { detail });
}
