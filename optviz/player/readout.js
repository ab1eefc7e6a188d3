/** The chosen lane in full: its equation and source, its hyperparameters, its numbers at the play-head. */

import { fill, h, parsed, setText } from "./dom.js";
import { equationOf, symbolOf } from "./notation.js";
import { readable, typeable } from "./numbers.js";
import { markerSvg } from "./palette.js";
import { laneResult } from "./results.js";

/** @import {Store} from "./store.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @returns {() => void}  takes the panel down
 */
export function readoutPanel(store, element) {
  const rule = ruleBox(store);
  const numbers = numbersBox(store);
  const surface = surfaceBox(store);
  const panel = h("div", { class: "ov-panel" }, ...rule.parts, numbers.element, surface.element);
  const parts = [rule, numbers, surface];
  const all = () => parts.forEach((part) => part.update());

  for (const type of ["race", "view"]) store.addEventListener(type, all);
  for (const type of ["result", "step"]) store.addEventListener(type, numbers.update);
  element.append(panel);
  all();
  return () => {
    for (const type of ["race", "view"]) store.removeEventListener(type, all);
    for (const type of ["result", "step"]) store.removeEventListener(type, numbers.update);
    panel.remove();
  };
}

/** @param {Store} store */
function ruleBox(store) {
  const swatch = h("span", { class: "ov-swatch-hold" });
  const name = h("h2", {});
  const source = h("p", { class: "ov-source" });
  const equation = h("div", { class: "ov-equation", tabIndex: 0, role: "group", "aria-label": "Equation" });
  const values = h("p", { class: "ov-values" });
  return {
    parts: [h("header", { class: "ov-panel-head" }, swatch, name), equation, values, source],
    update() {
      const { rule: slug, label, values: set } = store.lane(store.view.chosen);
      const rule = store.rule(slug);
      const named = label.startsWith(rule.name) ? label : `${label} (${rule.name})`;
      fill(swatch, String(store.view.chosen), () => [parsed(markerSvg(store.view.chosen))]);
      setText(name, named);
      name.title = rule.about;
      setText(source, rule.source);
      fill(equation, `${slug} ${store.view.notation}`, () => [parsed(equationOf(store, rule.equation))]);
      fill(values, `${slug} ${store.view.notation} ${Object.values(set)}`, () =>
        rule.hyperparameters.map((one) =>
          h(
            "span",
            { class: "ov-value", title: one.meaning },
            parsed(symbolOf(store, one.name, slug)) ?? one.name,
            ` = ${typeable(set[one.name] ?? one.default)}`,
          ),
        ),
      );
    },
  };
}

/** @param {Store} store */
function numbersBox(store) {
  const cells = ["Step", "Position", "Rate", "Loss"].map((term) => ({ term, value: h("dd", {}) }));
  const element = h(
    "dl",
    { class: "ov-numbers" },
    ...cells.map(({ term, value }) => h("div", {}, h("dt", {}, term), value)),
  );
  let shown = "";
  return {
    element,
    update() {
      const texts = numbersAt(store);
      if (texts.join() === shown) return;
      shown = texts.join();
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
  if (Number.isNaN(x)) return [at, lane.status.text, "–", "–"];
  const rate = result.race.lanes[view.chosen].values.lr * result.schedule[Math.min(step, result.steps - 1)];
  const loss = result.excess[point] + (result.floor ?? 0);
  return [at, `(${readable(x, 4)}, ${readable(y, 4)})`, typeable(Number(rate.toPrecision(3))), readable(loss, 4)];
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
      const surface = store.surface();
      fill(element, surface.slug, () => [parsed(surface.equation)]);
      element.title = `${surface.name}. ${surface.about}`;
    },
  };
}
