/** What a finger has tapped: the cell in words below its map, and the way to its race. */

import { h } from "../base/dom.js";

export function cellCard() {
  const words = h("div", {});
  const race = h("a", { class: "ov-tile-race" }, "Race from here");
  const element = h("div", { class: "ov-tip ov-tile-card", role: "group", "aria-label": "Cell" }, words, race);
  return {
    /** @param {HTMLAnchorElement} plot  the map, whose link is that of the cell @param {string[]} lines */
    show(plot, lines) {
      words.replaceChildren(...lines.map((line) => h("div", {}, line)));
      race.href = plot.href;
      if (plot.nextElementSibling !== element) plot.after(element);
    },
    hide: () => element.remove(),
    /** Whether something lies in it. @param {EventTarget | null} target */
    holds: (target) => element.contains(/** @type {Node | null} */ (target)),
  };
}
