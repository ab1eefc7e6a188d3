/*helpers*/
const DEFAULTS = /*defaults*/;

/** The multiplier of the learning rate at every step, with the schedule's `values`. */
export function multipliers({ steps, values }) {
  const own = { ...DEFAULTS, ...values };
  const made = new Float64Array(steps);
  /*given*/
  /*before*/
  for (let k = 0; k < steps; k += 1) {
    /*now*/
  }
  return made;
}
