/** The stated budget, which is the same for every optimizer, and the shape of the surface. */

import { h } from "../base/dom.js";
import { around, numberField } from "../controls/numberfield.js";
import { section, shapeSection } from "../controls/sections.js";
import { slider } from "../controls/slider.js";
import { follow } from "../base/listening.js";

/** @import {Bounds} from "../scales/numbers.js" */
/** @import {Parameter} from "../state/types.js" */
/** @import {State} from "./state.js" */

/** What the sliders reach, so that nobody waits long; more may be typed. @type {Parameter[]} */
const SLIDERS = [
  { name: "steps", meaning: "Steps of every run", default: 1000, low: 10, high: 2000, log: false, integer: true },
  { name: "trials", meaning: "Trials for each optimizer", default: 256, low: 1, high: 1024, log: true, integer: true },
  { name: "starts", meaning: "Starts for the verdict", default: 256, low: 1, high: 1024, log: true, integer: true },
];

/**
 * @param {State} state
 * @param {HTMLElement} element
 * @param {{steps: number, trials: number, starts: number}} limits
 * @param {boolean} open
 * @returns {() => void}  takes it down
 */
export function budget(state, element, limits, open) {
  const sliders = SLIDERS.map((parameter) => {
    const name = /** @type {keyof typeof limits} */ (parameter.name);
    const take = (/** @type {number} */ value) => state.change({ [name]: value });
    return part(parameter, { least: 1, most: limits[name] }, take, () => state.comparison[name]);
  });
  const seedRow = around("Seed", "ov-row ov-wrap ov-seed-row", h("span", { class: "ov-meaning ov-cut" }, "Seed"));
  const seed = numberField({
    label: "Seed, number",
    name: "seed",
    home: seedRow,
    bounds: { least: 0, most: Number.MAX_SAFE_INTEGER, integer: true },
    take: (value) => state.change({ seed: value }),
  });
  seedRow.append(seed.field, seed.problem);
  const own = section("Budget", open, ...sliders.map((one) => one.element), seedRow);
  const shape = shapeSection(open, () => state.surface, (parameter) => shapeSlider(state, parameter));
  element.append(shape.element, own.element);

  return follow(state, ["comparison"], () => {
    const { steps, trials } = state.comparison;
    sliders.forEach((one) => one.update());
    seed.show(state.comparison.seed);
    own.say(`${trials} trials, ${steps} steps`);
    shape.update();
  });
}

/** @param {State} state @param {Parameter} parameter */
function shapeSlider(state, parameter) {
  const { name, low, high } = parameter;
  const take = (/** @type {number} */ value) => state.change({ shape: { ...state.comparison.shape, [name]: value } });
  // Beyond, the minima that are to be reached would be false.
  return part(parameter, { least: low, most: high }, take, () => state.comparison.shape[name]);
}

/**
 * A slider that tells of the end of a movement only: nothing is computed on the way.
 *
 * @param {Parameter} parameter
 * @param {Bounds} bounds
 * @param {(value: number) => void} take
 * @param {() => number} get
 */
function part(parameter, bounds, take, get) {
  const one = slider({ parameter, bounds, onAhead: () => {}, onInput: () => {}, onCommit: (value) => value !== get() && take(value) });
  return { element: one.element, update: () => one.update({ value: get() }) };
}
