/** What this browser remembers of its user from one visit to the next. */

/** @param {string} name @returns {string | null} null also where it keeps nothing for this page */
export function recalled(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remember something, or no more; where the browser keeps nothing it holds for this visit. @param {string} name @param {string | null} what */
export function remember(name, what) {
  try {
    if (what === null) localStorage.removeItem(name);
    else localStorage.setItem(name, what);
  } catch {
    // It is so for this visit.
  }
}
