/** What the last result says of a lane of the present race, and how far it is from a minimum. */

/** @import {LaneResult, Result, Store} from "./types.js" */

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

/**
 * Return by what a lane's learning rate is multiplied at `step`; 1 before anything is known.
 *
 * @param {Result | null} result
 * @param {number} lane
 * @param {number} step
 */
export function multiplierAt(result, lane, step) {
  if (!result || lane >= result.lanes.length) return 1;
  return result.schedule[lane * result.steps + Math.min(Math.floor(step), result.steps - 1)];
}

/**
 * Return the loss of lane `index` at a step; at the last one also where a float32 would take it for zero.
 *
 * @param {Result} result
 * @param {number} index
 * @param {number} step
 */
export function lossAt({ lanes, excess, floor, steps }, index, step) {
  const last = step === steps ? lanes[index].final_loss : null;
  return last ?? excess[index * (steps + 1) + step] + (floor ?? 0);
}

/**
 * Return how far every step of every lane is from the nearest known minimum.
 *
 * @param {Result} result
 * @param {[number, number][]} minima
 * @returns {Float32Array}  (L, T+1) flattened; not-a-number once a lane has diverged
 */
export function distances({ theta }, minima) {
  const away = new Float32Array(theta.length / 2);
  for (let i = 0; i < away.length; i += 1) {
    let least = Infinity;
    for (const [x, y] of minima) least = Math.min(least, Math.hypot(theta[2 * i] - x, theta[2 * i + 1] - y));
    away[i] = least;
  }
  return away;
}
