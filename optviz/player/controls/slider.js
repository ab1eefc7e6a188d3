/** A live slider for one declared parameter: symbol and meaning, range, number field, reset. */

import { fill, h, parsed } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";
import { numberField } from "./numberfield.js";
import { readable, typeable } from "../scales/numbers.js";
import { scaleOf } from "../scales/sliderscale.js";
import { explained } from "../state/glossary.js";
import { holding, showThumb } from "./thumb.js";

/** @import {Bounds} from "../scales/numbers.js" */
/** @import {Parameter} from "../state/types.js" */

/**
 * @typedef {object} SliderState
 * @property {number} value
 * @property {number} [standard]  what double-click and reset restore; else the declared default
 * @property {string} [symbol]  MathML of the parameter's symbol in the chosen notation
 * @property {string} [owner]  said before the meaning to those who hear the page, e.g. "Adam"
 */

/**
 * @typedef {object} Slider
 * @property {HTMLElement} element
 * @property {(state: SliderState) => void} update  shows the state, but leaves a held thumb alone
 */

/**
 * Make a slider. `onInput` hears every movement, `onAhead` what the next one will be, as soon as it is
 * known, `onCommit` the end of each, `onCancel` that one was broken off: the value before it holds again.
 *
 * @param {object} options
 * @param {Parameter} options.parameter
 * @param {Bounds} [options.bounds]  of typed values, which may lie outside the range; else the declared ones
 * @param {(value: number) => string} [options.remark]  what there is to say of a value
 * @param {(value: number) => void} options.onAhead
 * @param {(value: number) => void} options.onInput
 * @param {(value: number) => void} options.onCommit
 * @param {() => void} [options.onCancel]
 * @returns {Slider}
 */
export function slider({ parameter, bounds, remark = () => "", onAhead, onInput, onCommit, onCancel }) {
  const scale = scaleOf(parameter);
  const meaning = parameter.meaning || parameter.name;
  const nodes = build(parameter.name, meaning, scale.last, reset);
  const number = numberField({
    label: `${meaning}, number`,
    name: parameter.name,
    home: nodes.range,
    bounds: { ...(bounds ?? { least: parameter.least, most: parameter.most }), integer: parameter.integer },
    remark,
    take: (value) => emit(value, onCommit),
  });
  nodes.element.append(nodes.label, nodes.range, number.field, nodes.reset, number.problem);
  const speakOf = (/** @type {string} */ spoken) => {
    nodes.range.setAttribute("aria-label", spoken);
    nodes.reset.setAttribute("aria-label", `${spoken}, restore the default`);
    number.field.setAttribute("aria-label", `${spoken}, number`);
  };
  let spoken = "";
  let value = NaN;
  let standard = parameter.default;
  /** The value before the movement that goes on, if one does. @type {number | null} */
  let before = null;
  function reset() {
    nodes.range.focus();
    emit(standard, onCommit);
  }
  const held = holding(nodes.range, {
    onAhead: (position) => onAhead(scale.value(position)),
    onRelease: () => emit(value, onCommit),
    onCancel: () => emit(before ?? value, onCancel ?? (() => {})),
  });

  const show = () => {
    number.show(value);
    const heard = [typeable(value), remark(value)].filter(Boolean).join(", ");
    showThumb(nodes.range, heard, held() ? nodes.range.valueAsNumber : scale.position(value));
    nodes.reset.style.visibility = value === standard ? "hidden" : "visible";
  };
  /** @param {number} next @param {(value: number) => void} tell */
  const emit = (next, tell) => {
    before = tell === onInput ? (before ?? value) : null;
    value = next;
    show();
    tell(next);
  };
  nodes.range.addEventListener("input", () => emit(scale.value(nodes.range.valueAsNumber), onInput));
  nodes.range.addEventListener("dblclick", () => emit(standard, onCommit));

  return {
    element: nodes.element,
    update(state) {
      const symbol = state.symbol ?? "";
      fill(nodes.symbol, symbol, () => [parsed(symbol)]);
      const name = state.owner ? `${state.owner}: ${meaning}` : meaning;
      if (name !== spoken) speakOf((spoken = name));
      const usual = state.standard ?? parameter.default;
      if (state.value === value && usual === standard) return;
      [value, standard] = [state.value, usual];
      nodes.reset.title = `Back to ${readable(standard)}`;
      show();
    },
  };
}

/** @param {string} name @param {string} meaning @param {number} last @param {() => void} onReset */
function build(name, meaning, last, onReset) {
  const symbol = h("span", { class: "ov-symbol", "aria-hidden": "true" });
  const words = h("span", { class: "ov-meaning ov-cut" }, meaning);
  const label = h("span", { class: "ov-slider-label", title: explained(meaning) }, symbol, words);
  const range = h("input", {
    type: "range",
    min: "0",
    max: String(last),
    step: "1",
    class: "ov-range",
    title: `${explained(meaning)} (double-click for the default)`,
    "data-name": name,
  });
  const reset = glyphButton("reset", meaning, onReset, { look: "ov-reset ov-icon" });
  return { element: h("div", { class: "ov-slider" }), symbol, label, range, reset };
}
