/** One value of a lane as a control sets it: of linked lanes too, of the whole run or from a step on. */

import { withChange } from "./changes.js";

/** @import {Race, Store} from "./types.js" */

/**
 * Set a hyperparameter of a lane, from the pinned step on if there is one; if sliders are linked, of
 * every lane that has one of that name.
 *
 * @param {Store} store
 * @param {Race} race
 * @param {number} index
 * @param {string} name
 * @param {number} value
 * @returns {Race}
 */
export function withValue({ pinned, view }, race, index, name, value) {
  const touched = (/** @type {number} */ i) => i === index || (view.linked && name in race.lanes[i].values);
  if (pinned !== null) {
    const indices = race.lanes.map((_, i) => i).filter(touched);
    return indices.reduce((changed, i) => withChange(changed, pinned, i, name, value), race);
  }
  const lanes = race.lanes.map((lane, i) => (touched(i) ? { ...lane, values: { ...lane.values, [name]: value } } : lane));
  return { ...race, lanes };
}
