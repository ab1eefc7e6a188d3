/** The section of the learning-rate schedule: which one, its parameters, a plot of its multipliers. */

import { fill, h, parsed, setText } from "./dom.js";
import { equationOf } from "./notation.js";
import { schedulePlot } from "./scheduleplot.js";
import { raceSlider, section, sliderGroup } from "./sections.js";

/** @import {Part} from "./sections.js" */
/** @import {Store} from "./store.js" */
/** @import {Parameter, ScheduleEntry} from "./types.js" */

/**
 * @param {Store} store
 * @returns {Part}
 */
export function scheduleSection(store) {
  const { schedules } = store.catalogue;
  const options = schedules.map(({ slug, name, about }) => h("option", { value: slug, title: about }, name));
  const select = h("select", { class: "ov-select", "aria-label": "Learning-rate schedule" }, ...options);
  const chosen = () => find(schedules, store.race.schedule.slug);
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
    const { slug, hyperparameters } = find(schedules, select.value);
    const values = Object.fromEntries(hyperparameters.map((one) => [one.name, one.default]));
    store.change((race) => ({ ...race, schedule: { slug, values } }));
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

/**
 * @param {ScheduleEntry[]} schedules
 * @param {string} slug
 */
function find(schedules, slug) {
  return schedules.find((one) => one.slug === slug) ?? schedules[0];
}

/**
 * @param {Store} store
 * @param {Parameter} parameter
 */
function scheduleSlider(store, parameter) {
  return raceSlider(
    store,
    parameter,
    (race) => race.schedule.values[parameter.name],
    (race, value) => {
      const { slug, values } = race.schedule;
      return { ...race, schedule: { slug, values: { ...values, [parameter.name]: value } } };
    },
    parameter.integer ? { least: 1 } : {},
  );
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
