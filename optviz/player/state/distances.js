/** How far every step of every lane is from the nearest known minimum. */

/** @import {Result} from "./types.js" */

/**
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
