/** The menu that adds an optimizer: every rule of the catalogue, in its order, found by typing. */

import { h, setText } from "../base/dom.js";
import { glyph } from "../look/glyphs.js";

/** @import {RuleEntry, Store} from "../state/types.js" */

const GAP = 6;
const TUNED = "Learning rates begin tuned to the surface, and anew on another one. A rate that you have set stays.";
const NONE = "No optimizer has these words. Try fewer letters.";

/** @param {Store} store */
export function addMenu(store) {
  const full = h("p", { class: "ov-note", role: "status" });
  const button = h(
    "button",
    { type: "button", class: "ov-button ov-add", "aria-haspopup": "dialog" },
    glyph("plus"),
    "Add optimizer",
  );
  const list = h("div", { class: "ov-menu-list" });
  const count = h("p", { class: "ov-hidden", role: "status" });
  const search = h("input", {
    type: "search",
    class: "ov-menu-search",
    placeholder: "Find a rule",
    "aria-label": "Find a rule",
  });
  const popup = h(
    "div",
    { class: "ov-menu", popover: "auto", role: "dialog", "aria-label": "Add optimizer" },
    search,
    list,
    count,
    h("p", { class: "ov-menu-foot ov-muted" }, TUNED),
  );
  const none = h("p", { class: "ov-note", hidden: true }, NONE);
  const items = store.catalogue.rules.map((rule) => menuItem(rule, () => choose(rule)));
  list.append(...items, none);
  const show = () => {
    filter(items, search.value);
    const found = items.filter((item) => !item.hidden).length;
    none.hidden = found > 0;
    setText(count, found > 0 ? `${found} optimizer${found > 1 ? "s" : ""}` : NONE);
  };
  button.popoverTargetElement = popup;

  const choose = (/** @type {RuleEntry} */ rule) => {
    popup.hidePopover();
    store.addLane(rule.slug);
  };
  popup.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    search.value = "";
    show();
    place(popup, button);
  });
  popup.addEventListener("toggle", () => popup.matches(":popover-open") && search.focus());
  popup.addEventListener("keydown", (event) => walk(event, [search, ...items.filter((item) => !item.hidden)]));
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    // The browser would empty the field first, and close the menu only at the second press.
    if (event.key === "Escape") popup.hidePopover();
    if (event.key !== "Enter") return;
    // The focus goes back to the button, which the same key would press.
    event.preventDefault();
    items.find((item) => !item.hidden)?.click();
  });

  return {
    element: h("div", { class: "ov-adding" }, button, full, popup),
    update() {
      const most = store.catalogue.limits.lanes;
      button.disabled = store.race.lanes.length >= most;
      setText(full, button.disabled ? `A race holds at most ${most} optimizers. Remove one to add another.` : "");
    },
  };
}

/** @param {RuleEntry} rule @param {() => void} choose */
function menuItem(rule, choose) {
  return h(
    "button",
    { type: "button", class: "ov-menu-item", "data-rule": rule.slug, on: { click: choose } },
    h("span", { class: "ov-menu-name" }, rule.name),
    h("span", { class: "ov-muted" }, rule.about),
  );
}

/** Show the items whose text holds every word typed. @param {HTMLElement[]} items @param {string} typed */
function filter(items, typed) {
  const words = typed.toLowerCase().split(/\s+/);
  for (const item of items) {
    const text = `${item.dataset.rule} ${item.textContent}`.toLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
}

/** Put the popup beside its button, on the side with more room. @param {HTMLElement} popup @param {HTMLElement} button */
function place(popup, button) {
  const box = button.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - 2 * GAP;
  const above = box.top - 2 * GAP;
  Object.assign(popup.style, {
    left: `${box.left}px`,
    width: `${box.width}px`,
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
