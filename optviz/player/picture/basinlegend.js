/** Names the places of the start map with their shares, in a corner of the picture and in words. */

import { cornerLegend } from "./cornerlegend.js";
import { fill, h } from "../base/dom.js";
import { fates } from "../outcomes/fates.js";
import { placeItem, placesInBrief } from "../outcomes/placelist.js";
import { precisionKey, precisionNote } from "../outcomes/precision.js";
import { FINE } from "../server/mapquery.js";
import { percent } from "../scales/numbers.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {MapReply, Store} from "../state/types.js" */

/** One that was made here has fewer cells than the server's, and its shares are so rough. @param {number} share @param {MapReply} map */
function shareText(share, { own }) {
  return own ? `≈ ${percent(share)}` : percent(share);
}

/**
 * @param {Store} store
 * @param {HTMLElement} element  the picture
 * @param {HTMLElement} place  within it
 */
export function basinLegend(store, element, place) {
  const list = h("ul");
  const note = h("p", { class: "ov-basins-note" });
  const { box, ...legend } = cornerLegend(store, place, "ov-basins", words, list, note);

  function words() {
    const entries = [...list.children].map((entry) => entry.textContent).join(", ");
    return `${list.getAttribute("aria-label")}: ${entries}.`;
  }

  function hide() {
    legend.hide();
    delete list.dataset.key;
  }

  return {
    hide,
    destroy: legend.destroy,
    /** At the top, on the right. @param {Frame} frame */
    place({ left, top, width }) {
      box.style.top = `${top + 6}px`;
      box.style.right = `${element.clientWidth - left - width + 6}px`;
      box.style.maxWidth = `${width - 12}px`;
    },
    /** @param {MapReply} map @param {boolean} dark @param {boolean} fading  it is not of the chosen lane */
    show(map, dark, fading) {
      box.hidden = false;
      box.classList.toggle("ov-fading", fading);
      if (fading) return;
      const { chosen } = store.view;
      const { label } = store.lane(chosen);
      legend.entitle(chosen, `Where ${label} goes`);
      list.setAttribute("aria-label", `Where ${label} goes from every start`);
      const exact = precisionNote(map);
      fill(note, precisionKey(map), () => ["Lighter is sooner", ...(exact ? [" · ", exact] : [])]);
      const entries = placesInBrief(fates(map, dark), map.places);
      const key = JSON.stringify([label, entries, map.own]);
      if (list.dataset.key === key) return;
      fill(list, key, () => entries.map((entry) => placeItem(entry, shareText(entry.share, map))));
      legend.say({ rough: map.own || map.n < FINE });
    },
  };
}
