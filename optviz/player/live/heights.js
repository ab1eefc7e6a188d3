/** The heights of a surface as the server sends them, see optviz/heights.py and optviz/api/single.py: computed here. */

/** @import {Grid, LaneKernel, SurfaceEntry} from "../state/types.js" */

/** Heights so skewed that the highest is this many times the middle one are drawn logarithmically. */
const SKEWED = 4;
const LOWEST = 0.005;
const LEVELS = 16;
/** Heights that differ by less than this share of their size are counted from the lowest of them on. */
const NARROW = 0.01;
/** What differs by less than this share of it is flat. */
const ROUNDING = 1e-13;

/**
 * @param {LaneKernel} kernel  of any rule on the surface
 * @param {SurfaceEntry} surface
 * @param {Record<string, number>} shape
 * @param {{x: [number, number], y: [number, number]}} window
 * @param {number} n  points along each side
 * @returns {Grid}
 */
export function gridOf(kernel, surface, shape, { x, y }, n) {
  const { minimum, minima, local_minima, saddles } = surface;
  const values = kernel.heights({ x, y, n, shape });
  const finite = values.filter(Number.isFinite).sort();
  const lowest = minimum ?? Math.min(0, finite[0] ?? 0);
  const above = (/** @type {number} */ share) => Math.max(quantile(finite, share) - lowest, 0);
  const offset = finite.length ? above(LOWEST) : 0;
  const logarithmic = minimum !== null && offset > 0 && above(1) >= SKEWED * above(0.5);
  const scaled = (/** @type {number} */ value) => (logarithmic ? Math.log10(Math.max(value - lowest, 0) + offset) : value);
  const [low, high] = finite.length ? [scaled(finite[0]), scaled(finite[finite.length - 1])] : [NaN, NaN];
  const base = high - low < NARROW * Math.max(Math.abs(low), Math.abs(high)) ? low : 0;
  return {
    x: [x[0], x[1]],
    y: [y[0], y[1]],
    n,
    scale: logarithmic ? "log" : "linear",
    offset: logarithmic ? offset : 0,
    floor: minimum,
    base,
    height_range: [low - base, high - base],
    levels: levels(low, high).map((level) => level - base),
    minima,
    local_minima,
    saddles,
    height: Float32Array.from(values, (value) => scaled(value) - base),
  };
}

/** The value that a share of sorted numbers does not exceed, between two of them if need be. @param {Float64Array} sorted @param {number} share */
function quantile(sorted, share) {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const next = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (next - sorted[below]) * (at - below);
}

/** The heights of the contour lines: equal distances over what the grid holds, none where that is flat. @param {number} low @param {number} high */
function levels(low, high) {
  if (!(high - low > ROUNDING * Math.max(Math.abs(low), Math.abs(high)))) return [];
  const made = Array.from({ length: LEVELS - 1 }, (_, k) => (k + 1.5) / LEVELS).map((share) => low * (1 - share) + high * share);
  return [low, ...made, high].every((level, k, all) => k === 0 || all[k - 1] < level) ? made : [];
}
