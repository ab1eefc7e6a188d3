/** The section of the learning-rate schedule: which one, its parameters, a plot of its multipliers. */

import { scheduleInForce, withSchedule } from "../state/changes.js";
import { fill, h, parsed, setText } from "../base/dom.js";
import { equationOf } from "../state/notation.js";
import { raceSlider } from "./raceslider.js";
import { schedulePlot } from "../charts/scheduleplot.js";
import { section, sliderGroup } from "../controls/sections.js";

/** @import {Part} from "../base/dom.js" */
/** @import {Parameter, Store} from "../state/types.js" */

/** @param {Store} store @returns {Part} */
export function scheduleSection(store) {
  const options = store.catalogue.schedules.map(({ slug, name, about }) =>
    h("option", { value: slug, title: about }, name),
  );
  const select = h("select", { class: "ov-select", "aria-label": "Learning-rate schedule" }, ...options);
  const chosen = () => store.schedule(scheduleInForce(store.race, store.pinned).slug);
  const group = sliderGroup(
    () => chosen().slug,
    () => chosen().hyperparameters.map((parameter) => scheduleSlider(store, parameter)),
  );
  const plot = h("div", { class: "ov-schedule-plot" });
  const about = h("p", { class: "ov-note" });
  const equation = h("div", {
    class: "ov-equation ov-small-equation",
    role: "group",
    "aria-label": "Equation of the schedule",
  });
  const { element, say } = section("Schedule", false, select, about, equation, plot, group.element);
  select.addEventListener("change", () => {
    const { slug, hyperparameters } = store.schedule(select.value);
    const values = Object.fromEntries(hyperparameters.map((one) => [one.name, one.default]));
    store.change((race) => withSchedule(store, race, { slug, values }));
  });
  return {
    element,
    destroy: whileOpen(element, () => schedulePlot(store, plot)),
    update() {
      const { slug, name, about: sentence, equation: equations } = chosen();
      select.value = slug;
      setText(about, sentence);
      fill(equation, `${slug} ${store.view.notation}`, () => [parsed(equationOf(store, equations))]);
      say(name);
      group.update();
    },
  };
}

/** @param {Store} store @param {Parameter} parameter */
function scheduleSlider(store, parameter) {
  return raceSlider(store, parameter, {
    get: (race) => scheduleInForce(race, store.pinned).values[parameter.name],
    set: (race, value) => {
      const { slug, values } = scheduleInForce(race, store.pinned);
      return withSchedule(store, race, { slug, values: { ...values, [parameter.name]: value } });
    },
    bounds: parameter.integer ? { least: 1 } : {},
  });
}

/**
 * Build something when a section opens and take it down when it closes: a closed plot costs nothing.
 *
 * @param {HTMLDetailsElement} details
 * @param {() => () => void} build  returns what takes it down
 * @returns {() => void}  takes it down for good
 */
function whileOpen(details, build) {
  let destroy = () => {};
  details.addEventListener("toggle", () => {
    destroy();
    destroy = details.open ? build() : () => {};
  });
  return () => destroy();
}
