/** Faults of our own, which are told as ours. */

/** Return the sentence about an error of this program. @param {unknown} error */
export function faultOf(error) {
  const what = error instanceof Error ? error.message : String(error);
  return `This page has a fault: ${what}. What it shows may be wrong; please reload it.`;
}
