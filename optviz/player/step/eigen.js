/** Eigenvalues and eigenvectors of a symmetric 2 x 2 matrix, and what they say of a surface. */

/** @typedef {{value: number, vector: [number, number]}} Axis  A principal curvature and its direction. */

/** Smaller shares of the largest curvature cannot be told from zero with single precision. */
const FLAT = 1e-6;

/**
 * Return the principal axes, the one with the larger eigenvalue first.
 *
 * @param {ArrayLike<number>} matrix  a, b, b, d
 * @returns {[Axis, Axis]}
 */
export function principalAxes({ 0: a, 1: b, 3: d }) {
  const radius = Math.hypot((a - d) / 2, b);
  const turn = Math.atan2(2 * b, a - d) / 2;
  const [x, y] = [Math.cos(turn), Math.sin(turn)];
  return [
    { value: (a + d) / 2 + radius, vector: [x, y] },
    { value: (a + d) / 2 - radius, vector: [-y, x] },
  ];
}

/**
 * @param {[Axis, Axis]} axes
 * @returns {"bowl" | "ravine" | "saddle" | "dome" | "plane"}  `ravine`: flat in one direction
 */
export function shapeOf([{ value: high }, { value: low }]) {
  const flat = FLAT * Math.max(Math.abs(high), Math.abs(low));
  if (high === 0 && low === 0) return "plane";
  if (low > flat) return "bowl";
  if (high > flat && low >= -flat) return "ravine";
  return high > flat ? "saddle" : "dome";
}

/**
 * Return the largest learning rate that does not move away along any curvature.
 *
 * @param {[Axis, Axis]} axes
 * @param {number} stable  the rule's largest stable rate times the largest curvature
 * @returns {number}  Infinity where the surface is flat, NaN where it curves down: none is stable
 */
export function largestStableRate(axes, stable) {
  const shape = shapeOf(axes);
  if (shape === "saddle" || shape === "dome") return NaN;
  return shape === "plane" ? Infinity : stable / axes[0].value;
}
