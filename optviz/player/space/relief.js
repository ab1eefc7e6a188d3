/** The surface in the units in which it is drawn in space: its heights, and what it hides. */

/** @import {Grid} from "../state/types.js" */

/** What lies on the surface is drawn this share of its height above it, so that it is seen. */
const LIFT = 0.012;
/** Places, at most, at which a line of sight is compared with the surface. */
const PLACES = 64;

/**
 * The surface fills x and y from -1 to 1 and z from 0 to 1, whatever its window: the graphics card
 * counts in float32, which has no room for a narrow window far from zero.
 *
 * @param {[number, number]} range
 * @param {number} value
 */
export function local([low, high], value) {
  return (2 * (value - low)) / (high - low) - 1;
}

/** @param {Grid} grid @param {number} height  as the grid gives it */
export function localHeight({ height_range: [low, high] }, height) {
  return high > low ? (height - low) / (high - low) : 0;
}

export class Relief {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    this.cells = grid.n - 1;
    this.heights = grid.height.map((height) => localHeight(grid, height));
  }

  /** Where something lies that is to be seen on the surface. @param {number} x @param {number} y  -1 .. 1 */
  above(x, y) {
    return this.#height(x, y) + LIFT;
  }

  /**
   * Whether the surface is between the eye and what lies on it.
   *
   * @param {number} x  -1 .. 1
   * @param {number} y  -1 .. 1
   * @param {{x: number, y: number, z: number}} eye
   */
  hides(x, y, eye) {
    const z = this.above(x, y);
    const [across, up, high] = [eye.x - x, eye.y - y, eye.z - z];
    const far = Math.min(1, until(x, across, -1, 1), until(y, up, -1, 1), until(z, high, -Infinity, 1));
    const cells = (far * Math.max(Math.abs(across), Math.abs(up)) * this.cells) / 2;
    const places = Math.min(Math.max(Math.ceil(cells), 1), PLACES);
    for (let k = 1; k <= places; k += 1) {
      const t = (far * k) / places;
      if (z + t * high < this.#height(held(x + t * across), held(y + t * up))) return true;
    }
    return false;
  }

  /** Between the points of the grid. @param {number} x @param {number} y  -1 .. 1 */
  #height(x, y) {
    const { cells, heights } = this;
    const [right, up] = [((x + 1) / 2) * cells, ((y + 1) / 2) * cells];
    const i = Math.min(Math.floor(right), cells - 1);
    const j = Math.min(Math.floor(up), cells - 1);
    const at = j * (cells + 1) + i;
    const next = at + cells + 1;
    const low = heights[at] + (right - i) * (heights[at + 1] - heights[at]);
    const high = heights[next] + (right - i) * (heights[next + 1] - heights[next]);
    return low + (up - j) * (high - low);
  }
}

/** Place on the border, or inside it. @param {number} place */
export function held(place) {
  return Math.min(Math.max(place, -1), 1);
}

/** After which share of the way a place leaves a range. @param {number} place @param {number} way @param {number} low @param {number} high */
function until(place, way, low, high) {
  if (way === 0) return 1;
  return ((way > 0 ? high : low) - place) / way;
}
