/** The curvature at the play-head's point in numbers, and the largest stable rate beside its slider. */

import { listen, together } from "../base/listening.js";
import { largestStableRate, principalAxes, shapeOf } from "./eigen.js";
import { h, setText } from "../base/dom.js";
import { multiplierAt } from "../state/results.js";
import { readable } from "../scales/numbers.js";
import { scaleOf } from "../scales/sliderscale.js";

/** @import {Axis} from "./eigen.js" */
/** @import {Inspected, Inspections} from "../server/inspections.js" */
/** @import {Store} from "../state/types.js" */

const TERMS = ["Curvatures λ₁, λ₂", "Condition number", "Largest stable rate"];
/** Of a rule without a known limit the baseline's is told: that of plain gradient descent. */
const BASELINE = { stable: 2, term: "Largest stable rate of SGD" };
const ABOUT = [
  "Eigenvalues of the surface's Hessian at this point",
  "λ₁ / λ₂: how much steeper the valley's walls are than its floor",
  "With a higher rate, it moves away from a minimum of this shape; for SGD it is 2/λ₁",
];
/** Why there is no condition number. */
const NONE = {
  bowl: "",
  ravine: "none: flat one way here",
  saddle: "none: saddle-shaped here",
  dome: "none: bends down here",
  plane: "none: flat here",
};

/** @param {Inspected} found @param {number} step @returns {[Axis, Axis]} */
export function curvatureAt({ seen: { hessian } }, step) {
  return principalAxes(hessian.subarray(4 * step, 4 * step + 4));
}

/**
 * @param {Store} store
 * @param {Inspections} inspections
 * @param {HTMLElement} root  of the player, where the sliders are
 */
export function curvatureBox(store, inspections, root) {
  const cells = ABOUT.map((about) => ({ about, value: h("dd", {}) }));
  const terms = TERMS.map((term) => h("dt", {}, term));
  const rows = cells.map(({ about, value }, i) => h("div", { title: about }, terms[i], value));
  const element = h("dl", { class: "ov-numbers ov-curvature" }, ...rows);
  const mark = h("span", { class: "ov-stable", "aria-hidden": "true" });
  const open = () => store.view.show.includes("curvature");

  function update() {
    element.hidden = !open();
    const found = open() ? inspections.of() : null;
    const axes = axesNow(store, found);
    const stable = stableNow(store, found);
    const limit = axes ? largestStableRate(axes, stable ?? BASELINE.stable) : Infinity;
    if (open()) texts(axes, limit).forEach((text, i) => setText(cells[i].value, text));
    setText(terms[2], found && stable === null ? BASELINE.term : TERMS[2]);
    placeMark(store, root, mark, stable === null ? Infinity : limit);
  }

  const seek = () => open() && update();
  const stop = inspections.use({ lanes: () => (open() ? [store.view.chosen] : []), arrived: () => store.held || update() });
  return {
    element,
    update,
    destroy: together(stop, listen(store, "step", seek)),
  };
}

/** @param {Store} store @param {Inspected | null} found @returns {[Axis, Axis] | null} null where the lane has left */
function axesNow(store, found) {
  const step = Math.floor(store.step);
  if (!found || step > found.result.steps) return null;
  const axes = curvatureAt(found, step);
  return axes.every(({ value }) => Number.isFinite(value)) ? axes : null;
}

/** What the rule's limit is at the play-head, times the curvature; null if none is known. @param {Store} store @param {Inspected | null} found */
function stableNow(store, found) {
  const { stable } = found?.seen ?? {};
  return stable ? stable[Math.min(Math.floor(store.step), stable.length - 1)] : null;
}

/** @param {[Axis, Axis] | null} axes @param {number} limit @returns {string[]} */
function texts(axes, limit) {
  if (!axes) return ["–", "–", "–"];
  const none = NONE[shapeOf(axes)];
  const [high, low] = axes.map(({ value }) => value);
  return [
    `${readable(high)}, ${readable(low)}`,
    none || readable(high / low),
    Number.isNaN(limit) ? none : limit === Infinity ? "any" : readable(limit),
  ];
}

/**
 * Put the mark on the chosen lane's slider for the learning rate, if the limit is on it. The schedule
 * multiplies what the slider says: the mark is where the product is the limit.
 *
 * @param {Store} store
 * @param {HTMLElement} root
 * @param {HTMLElement} mark
 * @param {number} limit
 */
function placeMark(store, root, mark, limit) {
  const slider = root.querySelector(".ov-card.ov-chosen .ov-slider.ov-rate");
  const { result, step, view } = store;
  const parameter = store.rule(store.lane(view.chosen).rule).hyperparameters.find(({ name }) => name === "lr");
  const value = limit / (multiplierAt(result, view.chosen, step) || 1);
  if (!slider || !parameter || !(value >= parameter.low && value <= parameter.high)) return mark.remove();
  const scale = scaleOf(parameter);
  mark.style.setProperty("--ov-share", (scale.position(value) / scale.last).toFixed(4));
  mark.title = `Largest stable rate here: ${readable(value)}`;
  if (mark.parentElement !== slider) slider.append(mark);
}
