/** Listening to events, and keeping up to date with them, each ended by the function that it returns. */

/**
 * Call `listener` on each of these events.
 *
 * @param {EventTarget} target
 * @param {string | string[]} types
 * @param {(event: any) => void} listener
 * @param {AddEventListenerOptions} [options]
 * @returns {() => void}  ends it
 */
export function listen(target, types, listener, options) {
  for (const type of [types].flat()) target.addEventListener(type, listener, options);
  return () => [types].flat().forEach((type) => target.removeEventListener(type, listener, options));
}

/**
 * Call `update` now and on each of these events.
 *
 * @param {EventTarget} target
 * @param {string | string[]} types
 * @param {() => void} update
 * @param {AddEventListenerOptions} [options]
 * @returns {() => void}  ends it
 */
export function follow(target, types, update, options) {
  update();
  return listen(target, types, update, options);
}

/** Return the end of several things. @param {...(() => void)} ends @returns {() => void} */
export function together(...ends) {
  return () => ends.forEach((end) => end());
}
