/** A menu of many things, found by typing: words of the name or of what is said of it. */

import { h, setText } from "../base/dom.js";

const GAP = 6;
/** px: narrower, a line of what is said breaks after each word. */
const NARROWEST = 340;

/** @import {Keys} from "./keys.js" */

/** @typedef {{slug: string, name: string, about: string, picture?: HTMLElement, current?: boolean}} Entry  `current`: it is what there is now */

/**
 * @param {object} options
 * @param {string} options.name  of the menu
 * @param {string} options.search  what is typed, in words
 * @param {[string, string]} options.noun  what is found, one and many
 * @param {string} [options.foot]  a sentence below the list
 * @param {() => Entry[]} options.entries  asked whenever it opens
 * @param {(slug: string) => void} options.choose
 * @param {Keys} options.keys  of the page
 * @param {() => Element | null} options.beside  where it opens; where that is not seen, in the middle
 */
export function findMenu({ name, search: words, noun: [one, many], foot = "", entries, choose, keys, beside }) {
  const list = h("div", { class: "ov-menu-list" });
  const count = h("p", { class: "ov-hidden", role: "status" });
  const none = h("p", { class: "ov-note", hidden: true }, `No ${one} has these words. Try fewer letters.`);
  const search = h("input", { type: "search", class: "ov-menu-search", placeholder: words, "aria-label": words, autofocus: true });
  const below = foot ? [h("p", { class: "ov-menu-foot ov-muted" }, foot)] : [];
  const popup = h("div", { class: "ov-menu", popover: "auto", role: "dialog", "aria-label": name }, search, list, count, ...below);
  /** @type {HTMLButtonElement[]} */
  let items = [];

  function show() {
    items = filter(items, search.value);
    list.prepend(...items);
    const found = items.filter((item) => !item.hidden).length;
    none.hidden = found > 0;
    setText(count, found > 0 ? `${found} ${found > 1 ? many : one}` : none.textContent);
  }

  popup.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    items = entries().map((entry, at) =>
      menuItem(entry, at, () => {
        popup.hidePopover();
        // Not in a field, where the next key would be typed.
        if (document.activeElement?.matches("input, select")) keys.rest?.focus({ preventScroll: true });
        choose(entry.slug);
      }),
    );
    list.replaceChildren(...items, none);
    search.value = "";
    show();
    place(popup, beside());
  });
  popup.addEventListener("keydown", (event) => walk(event, [search, ...items.filter((item) => !item.hidden)]));
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    // The browser would empty the field first, and close the menu only at the second press.
    if (event.key === "Escape") popup.hidePopover();
    if (event.key !== "Enter") return;
    // The focus goes back to where it was, which the same key might press.
    event.preventDefault();
    items.find((item) => !item.hidden)?.click();
  });
  return popup;
}

/** @param {Entry} entry @param {number} at  its place among all @param {() => void} choose */
function menuItem({ slug, name, about, picture, current = false }, at, choose) {
  return h(
    "button",
    { type: "button", class: "ov-menu-item", "data-slug": slug, "data-place": String(at), "aria-current": String(current), on: { click: choose } },
    h("span", { class: "ov-menu-name" }, name),
    h("span", { class: "ov-muted" }, about),
    picture,
  );
}

/**
 * Show the items whose text holds every word typed: those first whose name begins so, then those whose
 * name holds it, then those of which it is said first.
 *
 * @param {HTMLButtonElement[]} items
 * @param {string} typed
 * @returns {HTMLButtonElement[]}  in their order
 */
function filter(items, typed) {
  const said = typed.trim().toLowerCase();
  for (const item of items) {
    const text = `${item.dataset.slug} ${item.textContent}`.toLowerCase();
    item.hidden = !said.split(/\s+/).every((word) => text.includes(word));
  }
  const rank = (/** @type {HTMLElement} */ item) => {
    const [name, about] = [...item.children].map((part) => (part.textContent ?? "").toLowerCase());
    const at = name.indexOf(said);
    if (at >= 0) return at === 0 ? 0 : 1;
    return about.startsWith(said) ? 2 : 3;
  };
  const place = (/** @type {HTMLElement} */ item) => Number(item.dataset.place);
  return [...items].sort((a, b) => (said ? rank(a) - rank(b) : 0) || place(a) - place(b));
}

/** Put the popup beside an element, on the side with more room. @param {HTMLElement} popup @param {Element | null} element */
function place(popup, element) {
  if (!element?.checkVisibility()) {
    return Object.assign(popup.style, { left: "20%", width: "60%", top: "10%", bottom: "auto", maxHeight: "80%" });
  }
  const box = element.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - 2 * GAP;
  const above = box.top - 2 * GAP;
  const width = Math.min(Math.max(box.width, NARROWEST), window.innerWidth - 2 * GAP);
  return Object.assign(popup.style, {
    left: `${Math.min(box.left, window.innerWidth - width - GAP)}px`,
    width: `${width}px`,
    maxHeight: `${Math.max(above, below)}px`,
    top: below >= above ? `${box.bottom + GAP}px` : "auto",
    bottom: below >= above ? "auto" : `${window.innerHeight - box.top + GAP}px`,
  });
}

/** Arrow keys walk through the stops. @param {KeyboardEvent} event @param {HTMLElement[]} stops */
function walk(event, stops) {
  event.stopPropagation();
  const direction = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (direction === 0) return;
  event.preventDefault();
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  stops[(at + direction + stops.length) % stops.length].focus();
}
