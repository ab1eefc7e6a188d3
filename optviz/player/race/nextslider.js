/** Leads with a key from slider to slider, also to those that are closed away: it opens what they are in. */

import { TYPED } from "../controls/numberfield.js";
import { showExperiment } from "../controls/presenting.js";

/** What is set with arrow keys: the chosen optimizer's own, and the experiment's. */
const SLIDERS = ":is(.ov-card.ov-chosen, .ov-experiment) .ov-range";

/** @param {HTMLElement} root  the page's */
export function slidersOf(root) {
  /** Whether the experiment was brought before an audience for a slider's sake. */
  let brought = false;

  /** Lead to a slider, wherever it is. @param {HTMLElement} range @returns {string | undefined}  what is shown for its sake */
  function lead(range) {
    const section = range.closest("details");
    if (section) section.open = true;
    const back = brought && range.closest(".ov-card") !== null;
    if (back) brought = showExperiment(root, false);
    else if (!range.checkVisibility()) brought = showExperiment(root);
    range.focus();
    if (back) return "Table and chart";
    return brought ? "The experiment" : undefined;
  }

  return {
    lead,
    /** Lead to the slider so many places from the present one. @param {number} places */
    by(places) {
      const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(SLIDERS)]);
      const ranges = all.filter((one) => !one.closest("[hidden]"));
      const at = ranges.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      // The next value called from the seats is of the same slider.
      if (ranges[at]?.hasAttribute(TYPED)) {
        ranges[at].removeAttribute(TYPED);
        return lead(ranges[at]);
      }
      const next = at < 0 && places < 0 ? ranges.length - 1 : at + places;
      return lead(ranges[(next + ranges.length) % ranges.length]);
    },
  };
}
