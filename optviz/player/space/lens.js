/** Perspective: where points of the surface are on the screen, and which of them lies under a pixel. */

import { clipped } from "../plane/polyline.js";
import { held, local } from "./relief.js";

/** @import {Lens as Seen} from "../plane/frame.js" */
/** @import {Box} from "../look/box.js" */
/** @import {Relief} from "./relief.js" */

/** Places at which a ray is compared with the surface. */
const PLACES = 240;
/** A straight line of the plane becomes as many pieces, at most, as would be so long across the window. */
const PIECE = 1 / 60;
/** Nearer than this to the last point that was looked at, in pixels, a point is as well hidden. */
const NEAR = 3;

export class Lens {
  /**
   * @param {any} scene  Plotly's, drawn at least once
   * @param {Relief} relief
   * @param {Box} box  of the scene, in CSS pixels of the stage
   */
  constructor({ glplot, dataScale }, relief, box) {
    const { projection, view, model } = glplot.cameraParams;
    const [first, ...others] = [projection, view, model].map((matrix) => new DOMMatrix(Array.from(matrix)));
    const matrix = others.reduce((product, next) => product.multiply(next), first).scale(...dataScale);
    this.matrix = matrix.toFloat64Array();
    this.inverse = matrix.inverse();
    const [x, y, z] = finite(this.inverse.transformPoint({ x: 0, y: 0, z: 1, w: 0 }));
    this.eye = { x, y, z };
    this.relief = relief;
    this.box = box;
  }

  /**
   * Return the pixel of a point of the plane, lifted to the surface; outside the window, that of the
   * nearest point of its border.
   *
   * @type {Seen["toPixels"]}
   */
  toPixels(point) {
    const [x, y] = this.#local(point);
    return this.#lifted(held(x), held(y));
  }

  /** Return where a point of the plane is seen, if it is in the window. @type {Seen["spot"]} */
  spot(point) {
    const [x, y] = this.#local(point);
    return within(x, y) ? { at: this.#lifted(x, y), behind: this.relief.hides(x, y, this.eye) } : null;
  }

  /** Return a line of the plane, bent by the surface, within the window. @type {Seen["line"]} */
  line(from, to) {
    const [u, v] = this.#local(from);
    const [x, y] = this.#local(to);
    const shares = cut(u, v, x, y);
    if (!shares) return null;
    const [enter, leave] = shares;
    const pieces = Math.ceil(((leave - enter) * Math.hypot(x - u, y - v)) / 2 / PIECE) || 1;
    const places = Array.from({ length: pieces + 1 }, (_, k) => {
      const t = enter + (k / pieces) * (leave - enter);
      return [held(u + t * (x - u)), held(v + t * (y - v))];
    });
    return {
      points: places.map(([a, b]) => this.#lifted(a, b)),
      behind: places.map(([a, b]) => this.relief.hides(a, b, this.eye)),
      ends: leave === 1,
    };
  }

  /**
   * Return where on the border a point is gone to that is outside the window, and in which
   * direction on the screen that is.
   *
   * @type {Seen["exit"]}
   */
  exit(point) {
    const [x, y] = this.#local(point);
    const [u, v] = [held(x), held(y)];
    const z = this.relief.above(u, v);
    const far = 10 * Math.hypot(x - u, y - v);
    const at = this.#pixel(u, v, z);
    const next = this.#pixel(u + (x - u) / far, v + (y - v) / far, z);
    return { at, turn: Math.atan2(next[1] - at[1], next[0] - at[0]) };
  }

  /**
   * Return the point under a pixel: where the line of sight meets the surface first, otherwise where
   * it meets the plane below it.
   *
   * @type {Seen["toPlane"]}
   */
  toPlane([u, v]) {
    const { left, top, width, height } = this.box;
    const [a, b] = [-1, 1].map((depth) =>
      finite(this.inverse.transformPoint({ x: (2 * (u - left)) / width - 1, y: 1 - (2 * (v - top)) / height, z: depth })),
    );
    const at = (/** @type {number} */ t) => a.map((from, i) => from + t * (b[i] - from));
    const ground = at(a[2] / (a[2] - b[2]));
    const [x, y] = this.#meets(at, a[2], b[2]) ?? ground;
    const { x: across, y: up } = this.relief.grid;
    return [global(across, held(x)), global(up, held(y))];
  }

  /**
   * Return the pixels of all steps of all lanes, lifted to the surface; no numbers outside the window.
   *
   * @type {Seen["paths"]}
   */
  paths(theta, count) {
    const points = new Float32Array(theta.length);
    const behind = new Uint8Array(theta.length / 2);
    const cuts = new Map();
    const { x: across, y: up } = this.relief.grid;
    let [u, v, inside] = [NaN, NaN, false];
    /** Pixel of the last point for which the surface was asked whether it hides it. */
    let [right, down] = [NaN, NaN];
    for (let i = 0; i < behind.length; i += 1) {
      const [x, y] = [local(across, theta[2 * i]), local(up, theta[2 * i + 1])];
      const before = inside && i % count > 0;
      inside = within(x, y);
      if (inside) {
        this.#put(points, 2 * i, x, y, this.relief.above(x, y));
        const [a, b] = [points[2 * i], points[2 * i + 1]];
        if (before && Math.abs(a - right) < NEAR && Math.abs(b - down) < NEAR) behind[i] = behind[i - 1];
        else {
          behind[i] = Number(this.relief.hides(x, y, this.eye));
          [right, down] = [a, b];
        }
      } else points.fill(NaN, 2 * i, 2 * i + 2);
      if (!(inside && before) && i % count > 0) {
        const shares = cut(u, v, x, y);
        if (shares) {
          const [[a, b], [c, d]] = shares.map((t) => [held(u + t * (x - u)), held(v + t * (y - v))]);
          cuts.set(i, [this.#lifted(a, b), this.#lifted(c, d)]);
          behind[i] = Number(this.relief.hides(c, d, this.eye));
        }
      }
      [u, v] = [x, y];
    }
    return { points, behind, cuts };
  }

  /** @param {readonly [number, number]} point @returns {[number, number]} */
  #local([u, v]) {
    const { x, y } = this.relief.grid;
    return [local(x, u), local(y, v)];
  }

  /** @param {number} x @param {number} y  -1 .. 1 */
  #lifted(x, y) {
    return this.#pixel(x, y, this.relief.above(x, y));
  }

  /** @param {number} x @param {number} y @param {number} z @returns {[number, number]} */
  #pixel(x, y, z) {
    const pixel = /** @type {[number, number]} */ ([0, 0]);
    this.#put(pixel, 0, x, y, z);
    return pixel;
  }

  /** @param {Float32Array | number[]} pixels @param {number} at @param {number} x @param {number} y @param {number} z */
  #put(pixels, at, x, y, z) {
    const { matrix: m, box } = this;
    const w = m[3] * x + m[7] * y + m[11] * z + m[15];
    const across = (m[0] * x + m[4] * y + m[8] * z + m[12]) / w;
    const up = (m[1] * x + m[5] * y + m[9] * z + m[13]) / w;
    pixels[at] = box.left + (0.5 + 0.5 * across) * box.width;
    pixels[at + 1] = box.top + (0.5 - 0.5 * up) * box.height;
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
      if (within(x, y) && z <= this.relief.above(x, y)) return [x, y];
    }
    return null;
  }
}

/** Whether a place is in the window; no number is not. @param {number} x @param {number} y */
function within(x, y) {
  return Math.abs(x) <= 1 && Math.abs(y) <= 1;
}

/** @param {number} u @param {number} v @param {number} x @param {number} y */
function cut(u, v, x, y) {
  return Number.isFinite(u + v + x + y) ? clipped([u, v], [x, y], -1, -1, 1, 1) : null;
}

/** @param {[number, number]} range @param {number} place */
function global([low, high], place) {
  return low + ((place + 1) / 2) * (high - low);
}

/** @param {DOMPoint} point */
function finite({ x, y, z, w }) {
  return [x / w, y / w, z / w];
}
