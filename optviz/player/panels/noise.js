/** The section of the gradient noise: its strength, its decay, its seed. */

import { freshId, h, setText } from "../base/dom.js";
import { switchOf } from "../controls/switch.js";
import { toggleSeeds, UNIFORM } from "../state/viewedits.js";
import { around, numberField } from "../controls/numberfield.js";
import { typeable } from "../scales/numbers.js";
import { raceSlider } from "./raceslider.js";
import { section } from "../controls/sections.js";

/** @import {Part} from "../base/dom.js" */
/** @import {Parameter, Store} from "../state/types.js" */

const FROM_ZERO = { default: 0, low: 0, log: true, integer: false };
/** @type {(Parameter & {name: "noise" | "noise_decay"})[]} */
const SLIDERS = [
  { name: "noise", meaning: "σ, standard deviation", high: 10, ...FROM_ZERO },
  { name: "noise_decay", meaning: "decay of σ per step", high: 0.1, ...FROM_ZERO },
];
const SEEDS = 10000;

/** @param {Store} store @returns {Part} */
export function noiseSection(store) {
  const sliders = SLIDERS.map((parameter) =>
    raceSlider(store, parameter, {
      get: (race) => race[parameter.name],
      set: (race, value) => ({ ...race, [parameter.name]: value }),
      bounds: { least: 0 },
    }),
  );
  const seed = seedRow(store);
  const many = manySeeds(store);
  const { element, say } = section("Gradient noise", store.view.show.includes("seeds"), ...sliders.map((one) => one.element), seed.element, many.element);
  element.classList.add("ov-noise");
  return {
    element,
    update() {
      say(store.race.noise ? `σ = ${typeable(store.race.noise)}` : "none");
      for (const part of [...sliders, seed, many]) part.update();
    },
  };
}

/** @param {Store} store @returns {Part} */
function seedRow(store) {
  const take = (/** @type {number} */ seed) => store.change((race) => ({ ...race, seed }));
  const bounds = { least: 0, most: Number.MAX_SAFE_INTEGER, integer: true };
  const words = h("span", { class: "ov-meaning ov-cut" }, "seed");
  const element = around("Seed", "ov-row ov-wrap ov-seed-row ov-served", words);
  const { field, problem, show } = numberField({ label: "Seed of the noise", name: "seed", home: element, bounds, take });
  const click = () => take(Math.floor(Math.random() * SEEDS));
  const title = "Draw other noise: a new seed";
  const again = h("button", { type: "button", class: "ov-button", title, on: { click } }, "New noise");
  element.append(field, again, problem);
  return {
    element,
    update: () => show(store.race.seed),
  };
}

/** The switch that shows the chosen lane under many seeds at once. @param {Store} store @returns {Part} */
function manySeeds(store) {
  const note = h("p", { class: "ov-note", id: freshId() });
  const names = { title: "Many seeds of the noise (s)", "aria-label": "Many seeds" };
  const properties = { ...names, "aria-describedby": note.id };
  const { element, input } = switchOf("Many seeds", () => toggleSeeds(store), properties);
  return {
    element: h("div", { class: "ov-many-seeds ov-served" }, element, note),
    update() {
      const { race, view } = store;
      const { label } = store.lane(view.chosen);
      input.checked = view.show.includes("seeds");
      // What is on can be switched off.
      input.disabled = race.noise === 0 && !input.checked;
      setText(note, noteOf(race.noise, input.checked, view.show.includes("space"), label));
    },
  };
}

/** @param {number} noise @param {boolean} on @param {boolean} inSpace @param {string} label  of the chosen lane */
function noteOf(noise, on, inSpace, label) {
  if (noise === 0) return UNIFORM;
  if (!on) return `Shows where ${label} ends with 256 seeds, and how its losses spread.`;
  const dots = inSpace ? "The end points are on the contour: leave 3-D to see them." : `Dots show where ${label} ends; they grow where seeds meet.`;
  return `${dots} The chart of the loss shows how its losses spread.`;
}
