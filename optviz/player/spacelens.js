/** Perspective: where points of the surface are on the screen, and which of them lies under a pixel. */

/** @import {Grid, Result} from "./types.js" */

/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** Paths lie this much of the surface's height above it, so that they are seen. */
const LIFT = 0.012;
/** Places at which a ray is compared with the surface. */
const PLACES = 240;

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

export class Lens {
  /**
   * @param {any} scene  Plotly's, drawn at least once
   * @param {Grid} grid
   * @param {Box} box  of the scene, in CSS pixels of the stage
   */
  constructor({ glplot, dataScale }, grid, box) {
    const { projection, view, model } = glplot.cameraParams;
    const [first, ...others] = [projection, view, model].map((matrix) => new DOMMatrix(Array.from(matrix)));
    this.matrix = others.reduce((product, next) => product.multiply(next), first).scale(...dataScale);
    this.grid = grid;
    this.box = box;
  }

  /**
   * Return the pixel of a point of the plane, lifted to the surface; outside the window, that of the
   * nearest point of its border.
   *
   * @param {readonly [number, number]} point
   * @returns {[number, number]}
   */
  toPixels([u, v]) {
    const [x, y] = [held(local(this.grid.x, u)), held(local(this.grid.y, v))];
    return this.#pixel(x, y, this.#heightAt(x, y) + LIFT);
  }

  /**
   * Return the point under a pixel: where the line of sight meets the surface first, otherwise where
   * it meets the plane below it.
   *
   * @param {readonly [number, number]} pixel
   * @returns {[number, number]}
   */
  toPlane([u, v]) {
    const { left, top, width, height } = this.box;
    const inverse = this.matrix.inverse();
    const [a, b] = [-1, 1].map((depth) =>
      finite(inverse.transformPoint({ x: (2 * (u - left)) / width - 1, y: 1 - (2 * (v - top)) / height, z: depth })),
    );
    const at = (/** @type {number} */ t) => a.map((from, i) => from + t * (b[i] - from));
    const ground = at(a[2] / (a[2] - b[2]));
    const [x, y] = this.#meets(at, a[2], b[2]) ?? ground;
    const { x: across, y: up } = this.grid;
    return [global(across, held(x)), global(up, held(y))];
  }

  /**
   * Return the pixels of all steps of all lanes at their own losses; no number outside the window.
   *
   * @param {Result} result
   * @returns {Float32Array}  (L, T+1, 2) flattened
   */
  points({ theta, excess, floor }) {
    const points = new Float32Array(theta.length);
    const { grid } = this;
    const above = (floor ?? 0) - grid.base;
    for (let i = 0; i < excess.length; i += 1) {
      const [x, y] = [local(grid.x, theta[2 * i]), local(grid.y, theta[2 * i + 1])];
      const inside = Math.abs(x) <= 1 && Math.abs(y) <= 1;
      const scaled =
        grid.scale === "log" ? Math.log10(Math.max(excess[i], 0) + grid.offset) - grid.base : excess[i] + above;
      points.set(inside ? this.#pixel(x, y, localHeight(grid, scaled) + LIFT) : [NaN, NaN], 2 * i);
    }
    return points;
  }

  /** @param {number} x @param {number} y @param {number} z @returns {[number, number]} */
  #pixel(x, y, z) {
    const { matrix: m, box } = this;
    const w = m.m14 * x + m.m24 * y + m.m34 * z + m.m44;
    const across = (m.m11 * x + m.m21 * y + m.m31 * z + m.m41) / w;
    const up = (m.m12 * x + m.m22 * y + m.m32 * z + m.m42) / w;
    return [box.left + (0.5 + 0.5 * across) * box.width, box.top + (0.5 - 0.5 * up) * box.height];
  }

  /** Between the points of the grid. @param {number} x @param {number} y  -1 .. 1 */
  #heightAt(x, y) {
    const { n, height } = this.grid;
    const [right, up] = [x, y].map((share) => ((share + 1) / 2) * (n - 1));
    const [i, j] = [right, up].map((place) => Math.min(Math.floor(place), n - 2));
    const [p, q] = [right - i, up - j];
    const row = (/** @type {number} */ k) => (1 - p) * height[k * n + i] + p * height[k * n + i + 1];
    return localHeight(this.grid, (1 - q) * row(j) + q * row(j + 1));
  }

  /**
   * Return where a line of sight goes below the surface first.
   *
   * @param {(t: number) => number[]} at
   * @param {number} high  its height at t = 0
   * @param {number} low  its height at t = 1
   */
  #meets(at, high, low) {
    const [enter, leave] = [1, 0].map((z) => (high - z) / (high - low)).sort((a, b) => a - b);
    for (let k = 0; k <= PLACES; k += 1) {
      const [x, y, z] = at(enter + (k / PLACES) * (leave - enter));
      if (Math.abs(x) <= 1 && Math.abs(y) <= 1 && z <= this.#heightAt(x, y) + LIFT) return [x, y];
    }
    return null;
  }
}

/** @param {number} place */
function held(place) {
  return Math.min(Math.max(place, -1), 1);
}

/** @param {[number, number]} range @param {number} place */
function global([low, high], place) {
  return low + ((place + 1) / 2) * (high - low);
}

/** @param {DOMPoint} point */
function finite({ x, y, z, w }) {
  return [x / w, y / w, z / w];
}
