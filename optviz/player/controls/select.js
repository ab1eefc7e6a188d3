/** A small menu of the browser's own kind. */

import { fill, h } from "../base/dom.js";

/**
 * Make a small menu; its sign is seen before it, its name heard.
 *
 * @param {string} name
 * @param {string} sign
 * @param {(value: string) => void} take
 */
export function smallMenu(name, sign, take) {
  const select = h("select", { class: "ov-select", "aria-label": name, title: name, on: { change: () => take(select.value) } });
  const seen = sign && h("span", { "aria-hidden": "true" }, sign);
  return {
    element: h("label", { class: "ov-row ov-choice" }, seen, select),
    value: () => select.value,
    /** @param {[string, string][]} options  values and texts @param {string} chosen */
    update(options, chosen) {
      fill(select, JSON.stringify(options), () => options.map(([value, text]) => h("option", { value }, text)));
      select.value = chosen;
    },
  };
}
