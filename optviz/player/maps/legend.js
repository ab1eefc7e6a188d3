/** The legend of all maps together: which colour says what, once. */

import { fill, h } from "../base/dom.js";
import { LOST, fates, lostColor } from "../outcomes/fates.js";
import { lossBar } from "../outcomes/losscolors.js";
import { placeItem, placesInBrief } from "../outcomes/placelist.js";
import { precisionNote } from "../outcomes/precision.js";

/** @import {Fate} from "../outcomes/fates.js" */
/** @import {Exponents} from "../outcomes/losscolors.js" */
/** @import {MapReply} from "../state/types.js" */

/** @param {HTMLElement} list */
export function mapsLegend(list) {
  return {
    /** @param {MapReply[]} maps  whose places have shared numbers @param {boolean} dark */
    showPlaces(maps, dark) {
      const found = pooled(maps, dark);
      const entries = placesInBrief(found, maps[0]?.places ?? []);
      const note = found.some(({ place }) => place >= 0) && "Lighter: sooner";
      const exact = maps.length ? precisionNote(maps[0]) : null;
      fill(list, JSON.stringify([entries, note, exact !== null]), () => [
        ...entries.map((entry) => placeItem(entry)),
        note && h("li", { class: "ov-muted" }, note),
        exact && h("li", { class: "ov-muted" }, exact),
      ]);
    },
    /** @param {Exponents} range @param {string} what  the losses are counted from @param {boolean} dark */
    showLosses(range, what, dark) {
      fill(list, JSON.stringify([range, what, dark]), () => {
        const style = `background: ${lostColor(dark)}`;
        const shade = h("span", { class: "ov-shade", "aria-hidden": "true", style });
        return [h("li", { class: "ov-loss-scale" }, h("span", {}, what), ...lossBar(range)), h("li", { title: LOST }, shade, "diverged")];
      });
    },
  };
}

/**
 * Return what cells of all maps come to, with their shares of all of them.
 *
 * @param {MapReply[]} maps
 * @param {boolean} dark
 * @returns {Fate[]}
 */
function pooled(maps, dark) {
  /** @type {Map<number, Fate>} */
  const all = new Map();
  for (const map of maps)
    for (const fate of fates(map, dark)) {
      const share = (all.get(fate.place)?.share ?? 0) + fate.share / maps.length;
      all.set(fate.place, { ...fate, share });
    }
  return [...all.values()].sort((a, b) => Number(b.place >= 0) - Number(a.place >= 0) || b.share - a.share);
}
