/** A row of tabs: one is chosen, by a click or with the arrow keys. */

import { freshId, h } from "../base/dom.js";

const KEYS = /** @type {Record<string, (at: number, last: number) => number>} */ ({
  ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
  ArrowRight: (at, last) => (at === last ? 0 : at + 1),
  Home: () => 0,
  End: (_, last) => last,
});

/**
 * @template {string} T
 * @param {string} name  of the row, for those who hear it
 * @param {{slug: T, name: string, tab?: string, about?: string}[]} choices  `tab` a shorter name, `about` what it shows
 * @param {HTMLElement} panel  what the tabs change
 * @param {(slug: T) => void} choose
 */
export function tabs(name, choices, panel, choose) {
  panel.id ||= freshId();
  const buttons = choices.map(({ slug, name: called, tab = called, about: title = called }) => {
    const properties = { type: "button", class: "ov-tab", role: "tab", title, "aria-controls": panel.id };
    return h("button", { ...properties, on: { click: () => choose(slug) } }, tab);
  });
  const element = h("div", { class: "ov-tabs", role: "tablist", "aria-label": name }, ...buttons);
  element.addEventListener("keydown", (event) => {
    const move = KEYS[event.key];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (!move || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    // These keys also move the play-head.
    event.preventDefault();
    event.stopPropagation();
    const next = move(at, buttons.length - 1);
    choose(choices[next].slug);
    buttons[next].focus();
  });
  return {
    element,
    /** @param {T} chosen */
    update(chosen) {
      choices.forEach(({ slug }, i) => {
        buttons[i].setAttribute("aria-selected", String(slug === chosen));
        buttons[i].tabIndex = slug === chosen ? 0 : -1;
      });
    },
  };
}
