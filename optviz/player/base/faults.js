/** Faults of our own: they are logged, and told as ours. */

/** Log an error of this program and return the sentence about it. @param {unknown} error */
export function faultOf(error) {
  console.error(error);
  const what = error instanceof Error ? error.message : String(error);
  return `This page has a fault: ${what}. What it shows may be wrong; please reload it.`;
}
