/** Keeping a part of the page up to date with the state. */

/** @import {State} from "../compare/state.js" */

/**
 * Call `update` now and whenever one of these events has happened.
 *
 * @param {State} state
 * @param {("comparison" | "sort" | "verdicts")[]} events
 * @param {() => void} update
 * @returns {() => void}  stops it
 */
export function follow(state, events, update) {
  events.forEach((event) => state.addEventListener(event, update));
  update();
  return () => events.forEach((event) => state.removeEventListener(event, update));
}
