/** The card of one lane: swatch, name, visibility, removal, and a live slider per hyperparameter. */

import { fill, h, parsed, setText } from "./dom.js";
import { icon } from "./icons.js";
import { symbolOf } from "./notation.js";
import { markerSvg } from "./palette.js";
import { slider } from "./slider.js";

/** @import {Store} from "./store.js" */
/** @import {Race} from "./types.js" */

/** What the server keeps of a label. */
const LONGEST_LABEL = 40;

/**
 * Make the card of the lane at `index`; it stays valid while that lane keeps its rule.
 *
 * @param {Store} store
 * @param {number} index
 */
export function laneCard(store, index) {
  const lane = store.lane(index);
  const head = cardHead(store, index);
  const sliders = cardSliders(store, index, lane.label);
  const element = h(
    "li",
    { class: "ov-card", "data-lane": String(index), on: { click: chooseFrom(store, index) } },
    head.element,
    h("div", { class: "ov-card-sliders" }, ...sliders.map(({ element }) => element)),
  );
  return {
    rule: lane.rule,
    element,
    update() {
      element.classList.toggle("ov-chosen", store.view.chosen === index);
      element.classList.toggle("ov-hidden-lane", store.view.hidden.includes(index));
      head.update();
      for (const one of sliders) one.update();
    },
  };
}

/**
 * A click beside the controls chooses the lane.
 *
 * @param {Store} store
 * @param {number} index
 */
function chooseFrom(store, index) {
  return (/** @type {MouseEvent} */ event) => {
    // The path, not the target: a button that has changed its icon has let go of what was clicked.
    const path = /** @type {Element[]} */ (event.composedPath().filter((node) => node instanceof Element));
    const control = path.some((node) => node.matches("button, input, .ov-slider"));
    if (!control && store.view.chosen !== index) store.look({ chosen: index });
  };
}

/** @param {Store} store @param {number} index */
function cardHead(store, index) {
  const swatch = h("span", { class: "ov-swatch-hold" }, parsed(markerSvg(index)));
  const choose = h("button", { type: "button", class: "ov-card-name", on: { click: () => pick() } });
  const name = h("input", {
    type: "text",
    class: "ov-card-name ov-rename",
    maxLength: LONGEST_LABEL,
    spellcheck: false,
    title: "Rename",
    "aria-label": "Name of this optimizer",
    on: { change: () => rename(store, index, name) },
  });
  const eye = h("button", { type: "button", class: "ov-icon", on: { click: () => toggle(store, index) } });
  const remove = h(
    "button",
    { type: "button", class: "ov-icon ov-remove", on: { click: () => drop(store, index, element) } },
    parsed(icon("close")),
  );
  const element = h("div", { class: "ov-card-head" }, swatch, choose, name, eye, remove);
  const pick = () => {
    store.look({ chosen: index });
    name.focus({ preventScroll: true });
    name.setSelectionRange(name.value.length, name.value.length);
  };

  return {
    element,
    update() {
      const { label } = store.lane(index);
      const hidden = store.view.hidden.includes(index);
      const alone = store.race.lanes.length === 1;
      choose.hidden = store.view.chosen === index;
      name.hidden = !choose.hidden;
      setText(choose, label);
      choose.title = `${store.rule(store.lane(index).rule).name}: show its equation and its sliders`;
      if (document.activeElement !== name) name.value = label;
      fill(eye, String(hidden), () => [parsed(icon(hidden ? "eyeOff" : "eye"))]);
      eye.setAttribute("aria-pressed", String(!hidden));
      eye.setAttribute("aria-label", `${label}, visible`);
      eye.title = hidden ? "Show the path" : "Hide the path";
      remove.disabled = alone;
      remove.setAttribute("aria-label", `Remove ${label}`);
      remove.title = alone ? "A race needs at least one optimizer" : "Remove";
    },
  };
}

/** @param {Store} store @param {number} index @param {HTMLInputElement} field */
function rename(store, index, field) {
  const label = field.value.trim() || store.rule(store.lane(index).rule).name;
  field.value = label;
  if (label !== store.lane(index).label) store.change((race) => withLabel(race, index, label), { commit: true });
}

/** @param {Store} store @param {number} index */
function toggle(store, index) {
  const { hidden } = store.view;
  const shown = hidden.includes(index);
  store.look({ hidden: shown ? hidden.filter((i) => i !== index) : [...hidden, index].sort((a, b) => a - b) });
}

/** Remove the lane; the focus goes to the one that takes its place. @param {Store} store @param {number} index @param {HTMLElement} head */
function drop(store, index, head) {
  const list = head.closest("ol");
  const left = store.race.lanes.length - 1;
  store.removeLane(index);
  const next = list?.children[Math.min(index, left - 1)];
  /** @type {HTMLElement | null | undefined} */ (next?.querySelector(".ov-card-name:not([hidden])"))?.focus();
}

/** @param {Store} store @param {number} index @param {string} owner */
function cardSliders(store, index, owner) {
  const rule = store.lane(index).rule;
  return store.rule(rule).hyperparameters.map((parameter) => {
    const set = (/** @type {boolean} */ commit) => (/** @type {number} */ value) =>
      store.change((race) => withValue(race, index, parameter.name, value, Boolean(store.view.linked)), { commit });
    const one = slider({ parameter, owner, onInput: set(false), onCommit: set(true) });
    one.element.classList.toggle("ov-rate", parameter.name === "lr");
    return {
      element: one.element,
      update: () =>
        one.update({
          value: store.lane(index).values[parameter.name] ?? parameter.default,
          standard: store.suggested(rule)[parameter.name] ?? parameter.default,
          symbol: symbolOf(store, parameter.name, rule),
        }),
    };
  });
}

/**
 * Set a hyperparameter of a lane; if `linked`, of every lane that has one of that name.
 *
 * @param {Race} race
 * @param {number} index
 * @param {string} name
 * @param {number} value
 * @param {boolean} linked
 * @returns {Race}
 */
function withValue(race, index, name, value, linked) {
  const lanes = race.lanes.map((lane, i) => {
    const touched = i === index || (linked && name in lane.values);
    return touched ? { ...lane, values: { ...lane.values, [name]: value } } : lane;
  });
  return { ...race, lanes };
}

/**
 * @param {Race} race
 * @param {number} index
 * @param {string} label
 * @returns {Race}
 */
function withLabel(race, index, label) {
  return { ...race, lanes: race.lanes.map((lane, i) => (i === index ? { ...lane, label } : lane)) };
}
