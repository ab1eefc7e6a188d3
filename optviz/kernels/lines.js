/*helpers*/
/*along*/
const DEFAULTS = /*defaults*/;
const SHAPE = /*shape*/;
/** Of each line of the rule: what it assigns, what it is in the picture, and the shape of its value. */
export const lines = /*lines*/;

/**
 * What every line computed in a run of so many steps, and what each step was made of, see
 * optviz/inspection/inspector.py. `theta` (steps + 1, 2) and `memory` are what the run returned, the rest is
 * what it was given. `values` has a row for every step, line after line; `parts` (steps, 4, 2) are what the
 * memory, this step's gradient, the position and the rest contribute to the step.
 */
export function inspect({ steps, theta, memory, values, shape, multipliers, noise }) {
  const own = { ...DEFAULTS, ...values };
  const form = { ...SHAPE, ...shape };
  const made = /*made*/;
  /*given*/
  /*before*/
  for (let k = 0; ; k += 1) {
    /*point*/
    if (k === steps) break;
    /*now*/
    /*step*/
  }
  return made;
}
