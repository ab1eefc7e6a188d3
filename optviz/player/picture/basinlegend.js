/** Names the places of the start map with their shares, in a corner of the picture and in words. */

import { fill, h, parsed, setText } from "../base/dom.js";
import { fates } from "../outcomes/fates.js";
import { markerSvg } from "../look/palette.js";
import { placeItem, placesInBrief } from "../outcomes/placelist.js";
import { precisionNote } from "../outcomes/precision.js";
import { percent } from "../scales/numbers.js";

/** @import {Frame} from "./contour.js" */
/** @import {Store} from "../state/store.js" */
/** @import {MapReply} from "../state/types.js" */

/** How long a map must have stayed before it is spoken of, in ms. */
const PAUSE = 700;

/** @param {Store} store @param {HTMLElement} element  the picture */
export function basinLegend(store, element) {
  const title = h("p", { class: "ov-basins-title", "aria-hidden": "true" });
  const list = h("ul");
  const note = h("p", { class: "ov-basins-note" });
  const box = h("div", { class: "ov-legend ov-basins", hidden: true }, title, list, note);
  const said = h("p", { class: "ov-hidden", role: "status" });
  element.append(box, said);
  let timer = 0;

  function speak() {
    if (store.held) return void (timer = window.setTimeout(speak, PAUSE));
    const entries = [...list.children].map((entry) => entry.textContent).join(", ");
    setText(said, `${list.getAttribute("aria-label")}: ${entries}.`);
  }

  function hide() {
    clearTimeout(timer);
    box.hidden = true;
    delete list.dataset.key;
    setText(said, "");
  }

  return {
    hide,
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
      fill(title, `${chosen} ${label}`, () => [parsed(markerSvg(chosen)), h("span", {}, `Where ${label} goes`)]);
      list.setAttribute("aria-label", `Where ${label} goes from every start`);
      const exact = precisionNote(map.precision);
      fill(note, String(map.precision), () => ["Lighter is sooner", ...(exact ? [" · ", exact] : [])]);
      const entries = placesInBrief(fates(map, dark), map.places);
      const key = JSON.stringify([label, entries]);
      if (list.dataset.key === key) return;
      fill(list, key, () => entries.map((entry) => placeItem(entry, percent(entry.share))));
      clearTimeout(timer);
      timer = window.setTimeout(speak, PAUSE);
    },
    destroy() {
      hide();
      box.remove();
      said.remove();
    },
  };
}
