/** Which optimizers are compared: a box for each of the catalogue; plain SGD is always among them. */

import { h } from "../base/dom.js";
import { section } from "../controls/sections.js";
import { follow } from "../base/listening.js";
import { BASELINE } from "./state.js";

/** @import {RuleEntry} from "../state/types.js" */
/** @import {State} from "./state.js" */

/**
 * @param {State} state
 * @param {HTMLElement} element
 * @param {string[]} usual  slugs of the well-known rules
 * @param {boolean} open
 * @returns {() => void}  takes it down
 */
export function checklist(state, element, usual, open) {
  const { rules } = state.catalogue;
  const box = (/** @type {string} */ slug) =>
    h("input", { type: "checkbox", value: slug, disabled: slug === BASELINE });
  const boxes = new Map(rules.map(({ slug }) => [slug, box(slug)]));
  const checked = () => rules.map(({ slug }) => slug).filter((slug) => boxes.get(slug)?.checked);
  /** @param {string} name @param {string} title @param {string[]} slugs */
  const shortcut = (name, title, slugs) =>
    h("button", { type: "button", class: "ov-button", title, on: { click: () => state.choose(slugs) } }, name);
  const buttons = h(
    "div",
    { class: "ov-wrap ov-compare-groups", role: "group", "aria-label": "Groups of optimizers" },
    shortcut("Well-known", "Those that everybody has heard of", usual),
    shortcut("All", "All of the catalogue", rules.map(({ slug }) => slug)),
    shortcut("None", "None but SGD", []),
  );
  const list = h("ul", { class: "ov-compare-list" }, ...rules.map(item));
  list.addEventListener("change", () => state.choose(checked()));
  const { element: whole, say } = section("Optimizers", open, buttons, list);
  element.append(whole);

  /** @param {RuleEntry} rule */
  function item({ slug, name, about }) {
    const note = slug === BASELINE && h("span", { class: "ov-summary ov-cut" }, "always in it");
    const parts = [boxes.get(slug), h("span", {}, name), note];
    return h("li", {}, h("label", { class: "ov-row ov-compare-choice", title: about }, ...parts));
  }

  return follow(state, ["comparison"], () => {
    const chosen = state.comparison.rules;
    boxes.forEach((one, slug) => (one.checked = chosen.includes(slug)));
    say(`${chosen.length} of ${rules.length}`);
  });
}
