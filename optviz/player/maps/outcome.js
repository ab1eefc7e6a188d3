/** How robust an optimizer is, by one map: the shares of its cells, in numbers and in words. */

/** @import {MapReply} from "../state/types.js" */

/**
 * @typedef {object} Outcome
 * @property {number} reached  share of the cells that come to a global minimum
 * @property {number} diverged  share of the cells
 * @property {number} rests  share of the cells that come to any place, and stay there
 * @property {number} cells  how many there are
 * @property {number} after  the steps that those need which arrive, on average
 */

/** @param {MapReply} map @returns {Outcome} */
export function outcomeOf({ place, places, step }) {
  const cells = place.length;
  let [reached, diverged, rests, steps] = [0, 0, 0, 0];
  for (let cell = 0; cell < cells; cell += 1) {
    const at = place[cell];
    if (at === -2) diverged += 1;
    if (at >= 0) rests += 1;
    if (at < 0 || places[at].kind !== "minimum") continue;
    reached += 1;
    steps += step[cell];
  }
  return { reached: reached / cells, diverged: diverged / cells, rests: rests / cells, cells, after: reached ? steps / reached : Infinity };
}

/** The more robust first; of equals the quicker one. @param {Outcome | null} a @param {Outcome | null} b */
export function moreRobust(a, b) {
  if (!a || !b) return Number(!a) - Number(!b);
  return b.reached - a.reached || a.diverged - b.diverged || (a.after < b.after ? -1 : Number(a.after > b.after));
}
