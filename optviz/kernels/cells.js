/*helpers*/
const DEFAULTS = /*defaults*/;
const SHAPE = /*shape*/;
/** The places that are known, and how near is at one. */
export const places = /*places*/;
export const near = /*near*/;

/** The fragment program, see cells.glsl. */
export const source = /*source*/;
/** How many vectors of four it gets for every step, for how many it has room, and how many its state takes. */
export const stride = /*stride*/;
export const room = /*room*/;
export const depth = /*depth*/;
/** What the place of a cell is counted from in what it writes, and the bit that says that the cell stays there. */
export const least = /*least*/;
export const stays = /*stays*/;

/** The step from which on a cell must be where it is to stay there. */
export const late = (steps) => steps - Math.min(Math.max(/*few*/, Math.ceil(/*share*/ * steps)), steps);

/** What stays the same in all steps of all cells (C, 4), flattened: all that depends on no cell is computed here. */
export function constants({ values, shape }) {
  const own = { ...DEFAULTS, ...values };
  const form = { ...SHAPE, ...shape };
  const made = new Float32Array(4 * /*constants*/);
  /*given*/
  /*constant*/
  return made;
}

/** What is the same for all cells at every step (steps, stride, 4), flattened; for what it is given see module.js. */
export function along({ steps, values, shape, multipliers, noise }) {
  const own = { ...DEFAULTS, ...values };
  const form = { ...SHAPE, ...shape };
  const made = new Float32Array(4 * stride * steps);
  /*given*/
  /*first*/
  for (let k = 0; k < steps; k += 1) {
    const base = 4 * stride * k;
    /*now*/
    /*told*/
  }
  return made;
}

function value(/*value inputs*/) {
  /*value*/
}

/** The loss (N,) at points (N, 2) flattened. */
export function losses(points, shape) {
  const form = { ...SHAPE, ...shape };
  /*shaped*/
  const made = new Float64Array(points.length / 2);
  for (let i = 0; i < made.length; i += 1) made[i] = value(points[2 * i], points[2 * i + 1]/*shape inputs*/);
  return made;
}
