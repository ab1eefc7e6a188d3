/** Faults of our own: they are logged, and told as ours. */

/** Log an error of this program and return the sentence about it. @param {unknown} error */
export function faultOf(error) {
  console.error(error);
  const what = error instanceof Error ? error.message : String(error);
  return `This page has a fault: ${what}. What it shows may be wrong; please reload it.`;
}

/**
 * Return `draw`, but its errors do not leave it: the page around `element` is sent a `fault` event
 * (detail: a sentence), once until another error comes.
 *
 * @template {unknown[]} Arguments
 * @param {Element} element
 * @param {(...args: Arguments) => void} draw
 * @returns {(...args: Arguments) => void}
 */
export function guarded(element, draw) {
  let last = "";
  return (...args) => {
    try {
      draw(...args);
    } catch (error) {
      if (String(error) === last) return;
      last = String(error);
      element.dispatchEvent(new CustomEvent("fault", { bubbles: true, detail: faultOf(error) }));
    }
  };
}
