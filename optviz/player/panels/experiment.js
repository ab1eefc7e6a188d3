/** The panel of the experiment: the surface's shape, start, steps, learning-rate schedule and gradient noise. */

import { follow, together } from "../base/listening.js";
import { h } from "../base/dom.js";
import { isKept } from "../state/only.js";
import { noiseSection } from "./noise.js";
import { scheduleSection } from "./schedule.js";
import { raceSlider } from "./raceslider.js";
import { shapeSection } from "../controls/sections.js";
import { startRow } from "./startrow.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Parameter, Store} from "../state/types.js" */

/** @type {Parameter} */
const STEPS = { name: "steps", default: 500, low: 10, high: 1000, log: false, integer: true, meaning: "Steps" };

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {Keys} keys
 * @returns {() => void}  ends it
 */
export function experimentPanel(store, element, keys) {
  const shape = shapeSection(true, () => store.surface(), (parameter) => shapeSlider(store, parameter));
  const start = startRow(store);
  const parts = [shape, start, stepsSlider(store), scheduleSection(store, keys), noiseSection(store)];
  const head = h("header", { class: "ov-panel-head" }, h("h2", {}, "Experiment"));
  element.append(h("div", { class: "ov-panel" }, head, ...parts.map((part) => part.element)));
  const update = () =>
    parts.forEach((part) => {
      part.element.hidden = false;
      part.update();
      if (isKept(store.view, part === start ? "start" : "run")) part.element.hidden = true;
    });
  const ends = parts.flatMap((part) => part.destroy ?? []);
  return together(follow(store, ["panels", "view"], update), ...ends);
}

/** @param {Store} store @param {Parameter} parameter  of the surface's shape */
export function shapeSlider(store, parameter) {
  return raceSlider(store, parameter, {
    get: (race) => race.shape[parameter.name],
    set: (race, value) => ({ ...race, shape: { ...race.shape, [parameter.name]: value } }),
    // Beyond, the minima that are marked would be false.
    bounds: { least: parameter.low, most: parameter.high },
  });
}

/** @param {Store} store */
export function stepsSlider(store) {
  const bounds = { least: 1, most: store.catalogue.limits.steps };
  return raceSlider(store, STEPS, { get: (race) => race.steps, set: (race, steps) => ({ ...race, steps }), bounds });
}
