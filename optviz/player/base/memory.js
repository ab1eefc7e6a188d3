/** What this browser remembers of its user, from one visit to the next or for this one. */

/** Where it is kept. @param {boolean} visit */
const shelf = (visit) => (visit ? sessionStorage : localStorage);

/**
 * @param {string} name
 * @param {boolean} [visit]  whether it was for this visit only
 * @returns {string | null}  null also where the browser keeps nothing for this page
 */
export function recalled(name, visit = false) {
  try {
    return shelf(visit).getItem(name);
  } catch {
    return null;
  }
}

/**
 * Remember something, or no more; where the browser keeps nothing it holds for this page.
 *
 * @param {string} name
 * @param {string | null} what
 * @param {boolean} [visit]  whether it is for this visit only
 */
export function remember(name, what, visit = false) {
  try {
    if (what === null) shelf(visit).removeItem(name);
    else shelf(visit).setItem(name, what);
  } catch {
    // It is so for this page.
  }
}
