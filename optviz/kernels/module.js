/*helpers*/
/*along*/
const DEFAULTS = /*defaults*/;
const SHAPE = /*shape*/;
/** The places that are known, how near is at one, and what the lane's own may be. */
export const places = /*places*/;
export const near = /*near*/;
export const kinds = /*kinds*/;

/** The loss at a point. */
function value(/*value inputs*/) {
  /*value*/
}

/** Where a point is, see optviz/verdict.py: the number of a place, that of the lane's own rest after them. */
function whereabouts(/*whereabouts inputs*/) {
  /*whereabouts*/
}

/** The slopes and curvatures at a point. */
function curved(/*curved inputs*/) {
  /*curved*/
}

/** The slopes at a point. */
const slopes = (...given) => curved(...given).slice(0, 2);

/** Where a step of Newton's method leads to. */
function nearer(/*nearer inputs*/) {
  /*nearer*/
}

/** Where the last one has led to, from (bx, by), and what kind of place that is; not-a-number if none. */
function settled(/*settled inputs*/) {
  /*settled*/
}

function staying(/*staying inputs*/) {
  /*staying*/
}

/** The loss (n, n) flattened on a grid of the window x by y, row = y. */
export function heights({ x, y, n, shape }) {
  const form = { ...SHAPE, ...shape };
  /*shaped*/
  const made = new Float64Array(n * n);
  const at = ([low, high], k) => (k === n - 1 ? high : low + k * ((high - low) / (n - 1)));
  for (let row = 0; row < n; row += 1) {
    const v = at(y, row);
    for (let column = 0; column < n; column += 1) made[row * n + column] = value(at(x, column), v/*shape inputs*/);
  }
  return made;
}

/**
 * The largest stable learning rate (n,) where the hyperparameter `other` has the values `along`; null where
 * theory does not know it, see optviz/maps/stability.py.
 */
export function stable({ values, shape, other, along }) {
  const own = { ...DEFAULTS, ...values };
  const form = { ...SHAPE, ...shape };
  /*shaped*/
  /*stable*/
}

/** What became of a path of so many steps, of which it must be where it is since step `late`. */
function judged(theta, loss, steps, late, far, shape) {
  const [ex, ey] = [theta[2 * steps], theta[2 * steps + 1]];
  let q = [ex, ey];
  for (let turn = 1; turn < /*turns*/; turn += 1) q = nearer(...q, ...curved(...q, ...shape));
  const last = curved(...q, ...shape);
  let [rx, ry, kind] = settled(...nearer(...q, ...last), ...q, ...last, ...shape);
  // One that is known goes by its own number.
  if (whereabouts(rx, ry, 0, Infinity, NaN, NaN) !== /*nowhere*/) rx = ry = NaN;
  const at = (k) => whereabouts(theta[2 * k], theta[2 * k + 1], loss[k], far, rx, ry);
  const place = at(steps);
  let since = steps;
  while (since > 0 && at(since - 1) === place) since -= 1;
  const [tx, ty] = places[place]?.point ?? (place < 0 ? [ex, ey] : [rx, ry]);
  const stays = staying(place, since, late, ex, ey, theta[2 * late], theta[2 * late + 1], tx, ty);
  return { place, since, stays, rest: [rx, ry], kind };
}

/**
 * Run a lane: `steps` times the rule from `start`, [x, y]. `values` are its hyperparameters, each a
 * number or one for every step; `shape` those of the surface. `multipliers` (steps) act on the learning
 * rate and `noise` (2 steps) on the gradient. After the step at which the path has `left_at` all bounds
 * for good there are no numbers. Where it is it must have been since step `late` to stay.
 */
export function run({ steps, start, values, shape, multipliers, noise }) {
  const own = { ...DEFAULTS, ...values };
  const form = { ...SHAPE, ...shape };
  const theta = new Float64Array(2 * steps + 2);
  const loss = new Float64Array(steps + 1);
  const grad = new Float64Array(2 * steps + 2);
  const memory = /*memory*/;
  /*given*/
  /*before*/
  for (let k = 0; ; k += 1) {
    /*look*/
    if (k === steps) break;
    /*now*/
    /*advance*/
  }
  const late = steps - Math.min(Math.max(/*few*/, Math.ceil(/*share*/ * steps)), steps);
  const verdict = judged(theta, loss, steps, late, far, /*form*/);
  const left_at = verdict.place === /*outside*/ && verdict.stays ? verdict.since : steps + 1;
  for (const part of [theta, loss, grad, ...Object.values(memory)]) {
    part.fill(NaN, (left_at + 1) * (part.length / (steps + 1)));
  }
  return { theta, loss, grad, memory, ...verdict, late, left_at };
}
