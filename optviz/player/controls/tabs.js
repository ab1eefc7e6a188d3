/** A row of tabs: one is chosen, by a click or with the arrow keys. */

import { freshId, h } from "../base/dom.js";

/** How wide the row fades at an end, in px, as the style sheet has it. */
const FADE = 24;
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
  /** At an end where there are more the row fades. */
  function fade() {
    const { scrollLeft, scrollWidth, clientWidth } = element;
    element.toggleAttribute("data-more-before", scrollLeft > 1);
    element.toggleAttribute("data-more-after", scrollLeft + clientWidth < scrollWidth - 1);
  }
  /** Scroll the row, and nothing around it, to the chosen one. */
  function reveal() {
    const { left, right } = element.getBoundingClientRect();
    const one = element.querySelector("[aria-selected=true]")?.getBoundingClientRect();
    if (one) element.scrollLeft += Math.max(0, one.right + FADE - right) - Math.max(0, left - (one.left - FADE));
    fade();
  }
  element.addEventListener("scroll", fade, { passive: true });
  const sizes = new ResizeObserver(reveal);
  sizes.observe(element);
  let before = "";

  return {
    element,
    /** @param {T} chosen */
    update(chosen) {
      if (chosen === before) return;
      before = chosen;
      choices.forEach(({ slug }, i) => {
        buttons[i].setAttribute("aria-selected", String(slug === chosen));
        buttons[i].tabIndex = slug === chosen ? 0 : -1;
      });
      reveal();
    },
    destroy: () => sizes.disconnect(),
  };
}
