/** Which part of the last result belongs to a lane of the present race. */

/** @import {Store} from "./store.js" */
/** @import {LaneResult} from "./types.js" */

/**
 * Return what the last result says of lane `index`; nothing while it speaks of another lane, because
 * one was added or removed and the new race is still being run.
 *
 * @param {Store} store
 * @param {number} index
 * @returns {LaneResult | undefined}
 */
export function laneResult({ race, result }, index) {
  const same = result?.race.lanes[index]?.rule === race.lanes[index].rule;
  return same ? result?.lanes[index] : undefined;
}
