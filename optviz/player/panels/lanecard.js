/** The card of one lane: swatch, name, visibility, removal, and a live slider per hyperparameter. */

import { press } from "../controls/switch.js";
import { inForce, withValue } from "../state/changes.js";
import { fill, h, parsed, setText } from "../base/dom.js";
import { glyph, glyphButton } from "../look/glyphs.js";
import { LONGEST, labelOf } from "../state/label.js";
import { outside, typeable } from "../scales/numbers.js";
import { namesApart } from "../state/laneedits.js";
import { isKept } from "../state/only.js";
import { toggleLane } from "../state/viewedits.js";
import { markerSvg } from "../look/palette.js";
import { raceSlider } from "./raceslider.js";

/** @import {Part, Store} from "../state/types.js" */

/**
 * Make the card of the lane at `index`; it stays valid while that lane keeps its rule.
 *
 * @param {Store} store
 * @param {number} index
 */
export function laneCard(store, index) {
  const lane = store.lane(index);
  const head = cardHead(store, index);
  const sliders = cardSliders(store, index);
  const others = h("p", { class: "ov-card-values ov-muted ov-cut" });
  const element = h(
    "li",
    { class: "ov-card", tabIndex: -1, "data-lane": String(index), on: { click: chooseFrom(store, index) } },
    head.element,
    h("div", { class: "ov-card-sliders" }, ...sliders.map(({ element }) => element)),
    others,
  );
  const moveSliders = () => {
    for (const one of sliders) {
      one.element.hidden = isKept(store.view, one.part);
      one.update();
    }
    setText(others, othersOf(store, index));
  };
  return {
    rule: lane.rule,
    element,
    moveSliders,
    update() {
      element.classList.toggle("ov-chosen", store.view.chosen === index);
      element.classList.toggle("ov-hidden-lane", store.view.hidden.includes(index));
      head.update();
      moveSliders();
    },
  };
}

/** What a card has no sliders of: while it is not chosen all but the rate, and what the link keeps. @param {Store} store @param {number} index */
function othersOf(store, index) {
  const chosen = store.view.chosen === index;
  const hasSlider = (/** @type {string} */ name) => !isKept(store.view, partOf(name)) && (chosen || name === "lr");
  const { text, hyperparameters } = store.rule(store.lane(index).rule);
  const symbols = text[store.view.notation] ?? {};
  const rest = hyperparameters.filter(({ name }) => !hasSlider(name));
  const told = rest.map(({ name, default: usual, low, high }) => {
    const value = inForce(store.race, index, name, store.pinned) ?? usual;
    return `${symbols[name] ?? name} = ${typeable(value)}${low <= value && value <= high ? "" : " (outside its range)"}`;
  });
  return told.join(", ");
}

/** @param {string} name  of a hyperparameter @returns {Part} */
function partOf(name) {
  return name === "lr" ? "rates" : "values";
}

/** A click beside the controls chooses the lane. @param {Store} store @param {number} index */
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
  const swatch = h("span", { class: "ov-swatch-hold" });
  const choose = h("button", { type: "button", class: "ov-card-name ov-cut", on: { click: () => store.look({ chosen: index }) } });
  const name = h("input", {
    type: "text",
    class: "ov-card-name ov-rename ov-cut",
    maxLength: LONGEST,
    spellcheck: false,
    title: "Rename",
    "aria-label": "Name of this optimizer",
    on: { change: () => rename(store, index, name) },
  });
  const eye = h("button", { type: "button", class: "ov-icon", on: { click: () => toggleLane(store, index) } });
  const look = "ov-icon ov-remove";
  const remove = glyphButton("close", "Remove", () => drop(store, index, element), { look });
  const element = h("div", { class: "ov-row ov-card-head" }, swatch, choose, name, eye, remove);
  let shown = "";

  return {
    element,
    update() {
      const label = namesApart(store.race)[index];
      const look = store.lookOf(index);
      fill(swatch, String(look), () => [parsed(markerSvg(look))]);
      const hidden = store.view.hidden.includes(index);
      const alone = store.race.lanes.length === 1;
      const focused = document.activeElement === choose;
      choose.hidden = store.view.chosen === index;
      name.hidden = !choose.hidden;
      name.readOnly = isKept(store.view, "lanes");
      // Not into the name's field, where the next key would be typed.
      if (focused && choose.hidden) focusCard(element);
      setText(choose, label);
      choose.title = `${store.rule(store.lane(index).rule).name}: show its equation and its sliders`;
      // A name that is being typed is left alone.
      if (document.activeElement !== name || name.value === shown) name.value = label;
      shown = label;
      fill(eye, String(hidden), () => [glyph(hidden ? "eyeOff" : "eye")]);
      press(eye, !hidden);
      eye.setAttribute("aria-label", `${label}, visible`);
      eye.title = `${hidden ? "Show" : "Hide"} the path${choose.hidden ? " (h)" : ""}`;
      remove.disabled = alone;
      remove.setAttribute("aria-label", `Remove ${label}`);
      remove.title = alone ? "A race needs at least one optimizer" : "Remove";
    },
  };
}

/** @param {Store} store @param {number} index @param {HTMLInputElement} field */
function rename(store, index, field) {
  const label = labelOf(field.value) || store.rule(store.lane(index).rule).name;
  field.value = label;
  if (label === namesApart(store.race)[index]) return;
  const renamed = store.race.lanes.map((lane, i) => (i === index ? { ...lane, label } : lane));
  store.change((race) => ({ ...race, lanes: renamed }));
}

/** Remove the lane; the focus goes to the card that takes its place. @param {Store} store @param {number} index @param {HTMLElement} head */
function drop(store, index, head) {
  const list = head.closest("ol");
  const left = store.race.lanes.length - 1;
  store.removeLane(index);
  focusCard(list?.children[Math.min(index, left - 1)]);
}

/** The card itself has no use for keys: all of the player's count there. @param {Element | undefined} part */
function focusCard(part) {
  /** @type {HTMLElement | null | undefined} */ (part?.closest(".ov-card"))?.focus({ preventScroll: true });
}

/** @param {Store} store @param {number} index */
function cardSliders(store, index) {
  const rule = store.lane(index).rule;
  return store.rule(rule).hyperparameters.map((parameter) => {
    const one = raceSlider(store, parameter, {
      get: (race) => inForce(race, index, parameter.name, store.pinned),
      set: (race, value) => withValue(store, race, index, parameter.name, value),
      standard: () => store.suggested(rule)[parameter.name],
      // A lecture may want it, knowing that it is.
      remark: (value) => outside(value, [parameter.low, parameter.high], "its range"),
      rule,
      owner: () => store.lane(index).label,
    });
    one.element.classList.toggle("ov-rate", parameter.name === "lr");
    return { ...one, part: partOf(parameter.name) };
  });
}
