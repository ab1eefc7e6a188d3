/** A window onto the plane: the part that the axes show. */

/** @typedef {{x: [number, number], y: [number, number]}} Window */

/** So many digits tell the sides of a window apart. */
const DIGITS = 4;

/**
 * @param {[number, number]} range
 * @param {number} factor
 * @param {number} [about]  what stays where it is, by default the centre
 * @returns {[number, number]} the range, its length times `factor`
 */
function scaled([low, high], factor, about = (low + high) / 2) {
  return [about + factor * (low - about), about + factor * (high - about)];
}

/** @param {Window} window @param {number} factor @param {readonly [number, number] | null} [about]  a point that stays where it is @returns {Window} */
export function zoomed({ x, y }, factor, about) {
  return { x: scaled(x, factor, about?.[0]), y: scaled(y, factor, about?.[1]) };
}

/** @param {Window} window @param {readonly [number, number]} shares  of its lengths by which it moves @returns {Window} */
export function shifted({ x, y }, [across, up]) {
  const moved = (/** @type {[number, number]} */ [low, high], /** @type {number} */ share) =>
    /** @type {[number, number]} */ ([low + share * (high - low), high + share * (high - low)]);
  return { x: moved(x, across), y: moved(y, up) };
}

/** @param {Window} window @param {readonly [number, number]} point */
export function holds({ x, y }, [u, v]) {
  return x[0] <= u && u <= x[1] && y[0] <= v && v <= y[1];
}

/** @param {Window} window @param {number} share  of the length, added at every side @returns {Window} */
export function padded(window, share) {
  return zoomed(window, 1 + 2 * share);
}

/** @param {Window} a @param {Window} b */
export function same(a, b) {
  return JSON.stringify([a.x, a.y]) === JSON.stringify([b.x, b.y]);
}

/**
 * Return the window that lies to `to` as `window` lies to `from`.
 *
 * @param {Window} window
 * @param {Window} from
 * @param {Window} to
 * @returns {Window}
 */
export function transferred(window, from, to) {
  const along = (/** @type {"x" | "y"} */ axis) => {
    const [[low, high], [first, last], [left, right]] = [window[axis], from[axis], to[axis]];
    const factor = (right - left) / (last - first);
    return /** @type {[number, number]} */ ([left + factor * (low - first), left + factor * (high - first)]);
  };
  return { x: along("x"), y: along("y") };
}

/** @param {Window} outer @param {Window} inner */
export function covers(outer, inner) {
  return ["x", "y"].every((axis) => {
    const [low, high] = outer[/** @type {"x" | "y"} */ (axis)];
    const [from, to] = inner[/** @type {"x" | "y"} */ (axis)];
    return low <= from && to <= high;
  });
}

/** @param {Window} window @returns {number} the longer of the two lengths, relative to nothing */
export function span({ x, y }) {
  return Math.max(x[1] - x[0], y[1] - y[0]);
}

/** @param {Window} window @returns {number} the largest coordinate in it, without its sign */
export function reach({ x, y }) {
  return Math.max(...[...x, ...y].map(Math.abs));
}

/**
 * Return what the axes show at first: the surface's domain, extended where the start is outside.
 *
 * @param {Window} surface
 * @param {[number, number]} start
 * @returns {Window}
 */
export function domain({ x, y }, [u, v]) {
  return { x: holding(x, u), y: holding(y, v) };
}

/** @param {[number, number]} range @param {number} value @returns {[number, number]} */
function holding([low, high], value) {
  const beyond = (/** @type {number} */ end) => value + 0.06 * (value - end);
  return [value < low ? beyond(high) : low, value > high ? beyond(low) : high];
}

/**
 * Return the smallest window with some room around all of the points.
 *
 * @param {Iterable<[number, number]>} points
 * @returns {Window | null} null where there are none
 */
export function around(points) {
  const x = [Infinity, -Infinity];
  const y = [Infinity, -Infinity];
  for (const [u, v] of points) {
    x[0] = Math.min(x[0], u);
    x[1] = Math.max(x[1], u);
    y[0] = Math.min(y[0], v);
    y[1] = Math.max(y[1], v);
  }
  if (x[0] > x[1]) return null;
  // A path along an axis has no width of its own: it gets a tenth of its length.
  const least = Math.max(0.1 * Math.max(x[1] - x[0], y[1] - y[0]), 1e-9);
  return padded({ x: widened(x, least), y: widened(y, least) }, 0.08);
}

/** @param {number[]} range @param {number} least @returns {[number, number]} */
function widened([low, high], least) {
  const missing = Math.max(0, least - (high - low)) / 2;
  return [low - missing, high + missing];
}

/** Left, right, low and high, with as many digits as tell them apart. @param {Window} window @returns {[number, number, number, number]} */
export function corners({ x, y }) {
  return [...rounded(x), ...rounded(y)];
}

/** @param {[number, number]} side @returns {[number, number]} */
function rounded([from, to]) {
  const unit = 10 ** (Math.floor(Math.log10(to - from)) - DIGITS + 1);
  return [exactly(Math.round(from / unit) * unit), exactly(Math.round(to / unit) * unit)];
}

/** Without the digits that a binary fraction leaves behind. @param {number} value */
function exactly(value) {
  return Number(value.toPrecision(15));
}
