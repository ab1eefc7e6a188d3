/** Keeping a part of the page up to date with the state. */

/**
 * Call `update` now and whenever one of these events has happened.
 *
 * @param {EventTarget} state
 * @param {string[]} events
 * @param {() => void} update
 * @returns {() => void}  stops it
 */
export function follow(state, events, update) {
  events.forEach((event) => state.addEventListener(event, update));
  update();
  return () => events.forEach((event) => state.removeEventListener(event, update));
}
