/** How far a share that was counted can be trusted: Wilson's interval. */

/** Of the standard normal distribution: 95 % lie within. */
const SPREAD = 1.96;

/**
 * Return the interval that holds the true share with 95 %, by Wilson (1927), Probable inference.
 *
 * @param {number} share  of `count` draws
 * @param {number} count  1 at least
 * @returns {[number, number]}
 */
export function interval(share, count) {
  const square = SPREAD ** 2 / count;
  const centre = (share + square / 2) / (1 + square);
  const half = (SPREAD * Math.sqrt((share * (1 - share)) / count + square / (4 * count))) / (1 + square);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/**
 * Whether two shares of as many draws may be one: their intervals overlap.
 *
 * @param {number} one @param {number} other @param {number} count
 */
export function mayBeOne(one, other, count) {
  const [low, high] = interval(one, count);
  const [least, most] = interval(other, count);
  return low <= most && least <= high;
}
