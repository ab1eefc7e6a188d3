/** The chosen lane in full: its equation or its lines in numbers, its values, what it is at the play-head. */

import { follow, listen, together } from "../base/listening.js";
import { press } from "../controls/switch.js";
import { inForce, isScheduled } from "../state/changes.js";
import { besideBox } from "./beside.js";
import { curvatureBox } from "../step/curvature.js";
import { fill, h, parsed, setText } from "../base/dom.js";
import { inspector } from "../step/inspector.js";
import { toggleShown } from "../state/viewedits.js";
import { explained } from "../state/glossary.js";
import { equationOf, symbolOf } from "../state/notation.js";
import { fitting, readable, typeable } from "../scales/numbers.js";
import { markerSvg } from "../look/palette.js";
import { laneResult, lossAt, multiplierAt } from "../state/results.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Inspections} from "../server/inspections.js" */
/** @import {Substeps} from "../step/substeps.js" */
/** @import {Parameter, Shown, Store} from "../state/types.js" */

/** @type {[Shown, string, string][]} */
const SWITCHES = [
  ["numbers", "Numbers", "What every line computes at this step (i)"],
  ["arrows", "Arrows", "What the step is made of, on the picture (a)"],
  ["curvature", "Curvature", "How the surface curves at this point (c)"],
];

/** What is told of the chosen lane at the play-head, and what it is. */
const NUMBERS = {
  Step: "How many updates have been made at the play-head",
  Position: "Where the chosen optimizer is at this step: x and y",
  "Learning rate": "What the next step takes: the slider's value times the schedule",
  Loss: "The height of the surface at this position",
};
const NOISY = "With noise, the gradient is that of f and a random part.";

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {{inspections: Inspections, substeps: Substeps, root: HTMLElement, keys: Keys}} options
 * @returns {() => void}  ends it
 */
export function readoutPanel(store, element, { inspections, substeps, root, keys }) {
  const lines = inspector(store, inspections, substeps);
  const rule = ruleBox(store, lines.element, besideBox(store, keys));
  const numbers = numbersBox(store);
  const curvature = curvatureBox(store, inspections, root);
  const surface = surfaceBox(store);
  const boxes = [...rule.parts, numbers.element, curvature.element, surface.element];
  element.append(h("div", { class: "ov-panel" }, ...boxes));
  const parts = [rule, lines, numbers, curvature, surface];
  const all = () => parts.forEach((part) => part.update());
  const seek = () => {
    numbers.update();
    if (store.race.changes.length || isScheduled(store.race, store.view.chosen)) rule.showValues();
  };

  const deaf = [follow(store, ["panels", "view"], all), listen(store, "step", seek)];
  return together(...deaf, lines.destroy, curvature.destroy);
}

/** What is shown besides the paths. @param {Store} store */
function switches(store) {
  const buttons = SWITCHES.map(([what, name, title]) => ({
    what,
    button: h("button", { type: "button", class: "ov-toggle", title, on: { click: () => toggleShown(store, what) } }, name),
  }));
  return {
    element: h("div", { class: "ov-toggles", role: "group", "aria-label": "Look closer" }, ...buttons.map(({ button }) => button)),
    update() {
      for (const { what, button } of buttons) press(button, store.view.show.includes(what));
    },
  };
}

/**
 * @param {Store} store
 * @param {HTMLElement} lines  stands where the equation does while the numbers are shown
 * @param {ReturnType<typeof besideBox>} beside
 */
function ruleBox(store, lines, beside) {
  const closer = switches(store);
  const swatch = h("span", { class: "ov-swatch-hold" });
  const name = h("h2", {});
  const source = h("p", { class: "ov-source ov-muted" });
  const noisy = h("p", { class: "ov-muted" }, NOISY);
  const equation = h("div", { class: "ov-equation", tabIndex: 0, role: "group", "aria-label": "Equation" });
  const equations = h("div", { class: "ov-equations" }, equation, beside.parts.box);
  const values = h("p", { class: "ov-wrap ov-values" });

  /** The values that are in force at the play-head. */
  function showValues() {
    const { race, view } = store;
    const { slug, hyperparameters } = store.rule(store.lane(view.chosen).rule);
    const held = (/** @type {Parameter} */ one) => inForce(race, view.chosen, one.name, store.step) ?? one.default;
    const valueOf = (/** @type {Parameter} */ one) => (one.name === "lr" ? multiplied(held(one), store) : held(one));
    fill(values, `${slug} ${view.notation} ${hyperparameters.map(valueOf)}`, () =>
      hyperparameters.map((one) =>
        h(
          "span",
          { class: "ov-value", title: explained(one.meaning) },
          parsed(symbolOf(store, one.name, slug)) ?? one.name,
          ` = ${typeable(valueOf(one))}`,
        ),
      ),
    );
  }

  return {
    showValues,
    parts: [h("header", { class: "ov-panel-head ov-readout-head" }, swatch, name, closer.element), equations, beside.parts.words, noisy, lines, values, source],
    update() {
      closer.update();
      beside.update();
      equation.hidden = source.hidden = store.view.show.includes("numbers");
      noisy.hidden = equation.hidden || !(store.race.noise > 0);
      const { rule: slug, label } = store.lane(store.view.chosen);
      const rule = store.rule(slug);
      const named = label.startsWith(rule.name) ? label : `${label} (${rule.name})`;
      const look = store.lookOf(store.view.chosen);
      fill(swatch, String(look), () => [parsed(markerSvg(look))]);
      setText(name, named);
      name.title = rule.about;
      setText(source, rule.source);
      fill(equation, `${slug} ${store.view.notation}`, () => [parsed(equationOf(store, rule.equation))]);
      showValues();
    },
  };
}

/** A learning rate as the step at the play-head takes it. @param {number} rate @param {Store} store */
function multiplied(rate, { result, step, view }) {
  const multiplier = multiplierAt(result, view.chosen, step);
  return multiplier === 1 ? rate : Number((rate * multiplier).toPrecision(3));
}

/** @param {Store} store */
function numbersBox(store) {
  const cells = Object.entries(NUMBERS).map(([term, title]) => ({ term, title, value: h("dd", {}) }));
  const rows = cells.map(({ term, title, value }) => h("div", { title }, h("dt", {}, term), value));
  const element = h("dl", { class: "ov-numbers" }, ...rows);
  return {
    element,
    update() {
      const texts = numbersAt(store);
      cells.forEach(({ value }, i) => setText(value, texts[i]));
    },
  };
}

/**
 * The chosen lane's numbers at the last whole step before the play-head.
 *
 * @param {Store} store
 * @returns {string[]}  step, position, learning rate of the step that follows, loss
 */
function numbersAt(store) {
  const { result, view } = store;
  const step = Math.floor(store.step);
  const at = `${step} of ${store.race.steps}`;
  const lane = laneResult(store, view.chosen);
  if (!result || !lane || step > result.steps) return [at, "–", "–", "–"];
  const point = view.chosen * (result.steps + 1) + step;
  const [x, y] = result.theta.subarray(2 * point, 2 * point + 2);
  // What else there is to say of it has no room here: the table says it.
  if (Number.isNaN(x)) return [at, lane.status.text.split(";")[0], "–", "–"];
  const next = Math.min(step, result.steps - 1);
  const rate = multiplied(inForce(result.race, view.chosen, "lr", next) ?? NaN, store);
  return [at, `(${readable(x, 4)}, ${readable(y, 4)})`, fitting(rate), readable(lossAt(result, view.chosen, step), 4)];
}

/** @param {Store} store */
function surfaceBox(store) {
  const element = h("div", {
    class: "ov-equation ov-small-equation",
    tabIndex: 0,
    role: "group",
    "aria-label": "Equation of the surface",
  });
  return {
    element,
    update() {
      element.hidden = store.view.show.includes("numbers");
      const surface = store.surface();
      fill(element, surface.slug, () => [parsed(surface.equation)]);
      element.title = `${surface.name}. ${surface.about}`;
    },
  };
}
