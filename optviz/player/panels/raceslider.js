/** A live slider for one number of the race: the store hears of every movement, and of the next one. */

import { symbolOf } from "../state/notation.js";
import { slider } from "../controls/slider.js";

/** @import {Part} from "../base/dom.js" */
/** @import {Bounds} from "../scales/numbers.js" */
/** @import {Parameter, Race, Store} from "../state/types.js" */

/**
 * @typedef {object} Target  The number of the race that a slider moves.
 * @property {(race: Race) => number | undefined} get  undefined stands for the default
 * @property {(race: Race, value: number) => Race} set
 * @property {() => number | undefined} [standard]  what the reset restores; else the declared default
 * @property {Bounds} [bounds]  of typed values; else the declared ones
 * @property {(value: number) => string} [remark]  what there is to say of a value
 * @property {string} [rule]  whose hyperparameter it is
 * @property {() => string} [owner]  said before the meaning, e.g. "Adam"
 */

/** @param {Store} store @param {Parameter} parameter @param {Target} target @returns {Part} */
export function raceSlider(store, parameter, { get, set, standard, bounds, remark, rule, owner }) {
  const edit = (/** @type {number} */ value) => (/** @type {Race} */ race) => set(race, value);
  const one = slider({
    parameter,
    bounds,
    remark,
    onAhead: (value) => store.foresee(edit(value)),
    onInput: (value) => store.change(edit(value), { commit: false }),
    onCommit: (value) => store.change(edit(value)),
    onCancel: () => store.restore(),
  });
  return {
    element: one.element,
    update: () =>
      one.update({
        value: get(store.race) ?? parameter.default,
        standard: standard?.() ?? parameter.default,
        symbol: symbolOf(store, parameter.name, rule),
        owner: owner?.(),
      }),
  };
}
