/** Numbers that are fetched when somebody first looks at them: the newest wanted, once. */

import { newest } from "./newest.js";

/**
 * Return a function that gives what belongs to a key, or null and fetches it.
 *
 * @template T
 * @param {(key: string) => Promise<T>} ask
 * @param {{onReady: () => void, onError: (error: unknown) => void}} told  what is told when it has come
 *   or could not; after an error it is asked for again the next time
 * @returns {(key: string) => T | null}
 */
export function pulled(ask, { onReady, onError }) {
  /** @type {{key: string, value: T} | null} */
  let held = null;
  let asked = "";
  const fetchNewest = newest(async (/** @type {string} */ key) => {
    try {
      held = { key, value: await ask(key) };
      onReady();
    } catch (error) {
      asked = "";
      onError(error);
    }
  });
  return (key) => {
    if (held?.key === key) return held.value;
    if (asked !== key) {
      asked = key;
      fetchNewest(key);
    }
    return null;
  };
}
