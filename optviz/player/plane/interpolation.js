/** The value of a surface between the points of a grid. */

/** @import {Grid} from "../state/types.js" */

/**
 * Return the value at a point of the plane, from the 16 points of the grid around it: straight lines
 * between them would miss the floor of a narrow valley.
 *
 * @param {Grid} grid
 * @param {readonly [number, number]} point
 * @returns {number}  not-a-number outside the grid, or where the surface has no finite value nearby
 */
export function valueAt(grid, [u, v]) {
  const across = weights(grid.x, grid.n, u);
  const up = weights(grid.y, grid.n, v);
  let sum = 0;
  up.shares.forEach((q, j) => {
    across.shares.forEach((p, i) => (sum += p * q * valueOf(grid, (up.first + j) * grid.n + across.first + i)));
  });
  // Between two points it may swing a little below what lies between them.
  return Math.max(sum, grid.floor ?? -Infinity);
}

/** The value at a point of the grid. @param {Grid} grid @param {number} index */
function valueOf({ height, scale, base, offset, floor }, index) {
  const scaled = height[index] + base;
  return scale === "log" ? (floor ?? 0) + 10 ** scaled - offset : scaled;
}

/**
 * Return what each of four neighbours along an axis contributes: the cubic through them.
 *
 * @param {readonly [number, number]} range
 * @param {number} n
 * @param {number} value
 */
function weights([low, high], n, value) {
  const place = ((value - low) / (high - low)) * (n - 1);
  if (!(place >= 0 && place <= n - 1)) return { first: 0, shares: [NaN] };
  const first = Math.min(Math.max(Math.floor(place) - 1, 0), n - 4);
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => place - first - i);
  return { first, shares: [(b * c * d) / -6, (a * c * d) / 2, (a * b * d) / -2, (a * b * c) / 6] };
}
