/** The menu of surfaces with their pictures, for the page's bar, for a key, and where the bar is not seen. */

import { follow, listen, together } from "../base/listening.js";
import { h, setText } from "../base/dom.js";
import { findMenu } from "../controls/findmenu.js";
import { keepers } from "../state/moving.js";
import { isKept, keptSaid } from "../state/only.js";
import { thumbnail } from "../controls/thumbnail.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

/** The bar's own menu, which has names alone. */
const IN_BAR = ".st-key-surface [role=group]";

/**
 * @param {Store} store
 * @param {Keys} keys
 * @param {HTMLElement} place  takes its button
 * @param {string} base  path of the data plane
 * @returns {() => void}  ends it
 */
export function surfaceMenu(store, keys, place, base) {
  const button = h("button", { type: "button", class: "ov-glyph ov-word ov-landscape", "aria-haspopup": "dialog", title: "Another surface (u)" });
  const popup = findMenu({
    name: "Surface",
    search: "Find a surface",
    noun: ["surface", "surfaces"],
    entries: () =>
      store.catalogue.surfaces.map(({ slug, name, kind, about }) => {
        return { slug, name, about: `${kind}: ${about}`, picture: thumbnail(base, slug), current: slug === store.race.surface };
      }),
    choose(slug) {
      const before = store.surface();
      store.moveTo(slug);
      const kept = keepers(store, before);
      if (kept.length) keys.say(`${kept.join(", ")}: the values that you set stay; ↺ beside a slider takes what suits ${store.surface().name}`);
    },
    keys,
    beside: () => document.querySelector(IN_BAR),
  });
  button.popoverTargetElement = popup;
  // Beside the page's parts: they may be enlarged, or hidden.
  keys.root.append(h("div", { class: "ov-panel ov-menus" }, popup));
  place.append(button);
  keys.add("Change", { keys: ["u"], does: "Another surface: type its name or kind, then Enter", act: () => (isKept(store.view, "surface") ? keptSaid("surface") : popup.showPopover()) });
  return together(
    follow(store, "race", () => setText(button, store.surface().name)),
    follow(store, "view", () => (button.disabled = isKept(store.view, "surface"))),
    insteadOf(IN_BAR, popup),
  );
}

/**
 * What is pressed opens the popup instead of what it would have opened; its keys stay its own.
 *
 * @param {string} selector  of what is pressed
 * @param {HTMLElement} popup
 * @returns {() => void}  ends it
 */
function insteadOf(selector, popup) {
  let open = false;
  const taken = (/** @type {MouseEvent} */ event) => {
    if (!(event.target instanceof Element && event.target.closest(selector))) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return together(
    // A press beside an open popup closes it, before the click.
    listen(document, "pointerdown", (event) => taken(event) && (open = popup.matches(":popover-open")), { capture: true }),
    listen(document, ["pointerup", "mousedown"], taken, { capture: true }),
    listen(document, "click", (event) => taken(event) && !open && popup.showPopover(), { capture: true }),
  );
}
