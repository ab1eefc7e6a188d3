/** Names the places of the start map with their shares, in a corner of the picture and in words. */

import { fill, h, parsed, setText } from "./dom.js";
import { fates, pointName } from "./fates.js";
import { markerSvg } from "./palette.js";

/** @import {Frame} from "./contour.js" */
/** @import {Fate} from "./fates.js" */
/** @import {Store} from "./store.js" */
/** @import {MapReply, Place} from "./types.js" */

const MOST = 6;
const LOWEST = "minimum";
/** A place of a smaller share, if it is not a lowest one, has no line of its own. */
const LEAST = 0.01;
/** How long a map must have stayed before it is spoken of, in ms. */
const PAUSE = 700;

/** @param {Store} store @param {HTMLElement} element  the picture */
export function basinLegend(store, element) {
  const title = h("p", { class: "ov-basins-title", "aria-hidden": "true" });
  const list = h("ul");
  const box = h("div", { class: "ov-legend ov-basins", hidden: true }, title, list, h("p", { class: "ov-basins-note" }, "Lighter is sooner"));
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
      const entries = fewer(fates(map, dark), map.places);
      const key = JSON.stringify([label, entries]);
      if (list.dataset.key === key) return;
      fill(list, key, () => entries.map(entry));
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

/** @typedef {Pick<Fate, "share"> & Partial<Fate> & {kind: string, point?: string}} Entry */

/**
 * Return the most frequent places, but the lowest ones first, then how many more there are.
 *
 * @param {Fate[]} all
 * @param {Place[]} known
 * @returns {Entry[]}
 */
function fewer(all, known) {
  const others = all.filter(({ place }) => place < 0).map((fate) => ({ ...fate, kind: fate.label }));
  const places = all
    .filter(({ place }) => place >= 0)
    .map((fate) => ({ ...fate, kind: known[fate.place].kind, point: pointName(known[fate.place].point) }))
    .sort((a, b) => Number(b.kind === LOWEST) - Number(a.kind === LOWEST));
  const worth = places.filter(({ kind, share }, i) => i === 0 || kind === LOWEST || share >= LEAST);
  const named = worth.slice(0, MOST - others.length);
  const more = places.length - named.length;
  if (more === 0) return [...named, ...others];
  const share = places.filter((one) => !named.includes(one)).reduce((sum, one) => sum + one.share, 0);
  return [...named, { kind: `and ${more} more ${more > 1 ? "places" : "place"}`, share }, ...others];
}

/** @param {Entry} entry */
function entry({ kind, point, share, shades }) {
  const swatch = h("span", { class: "ov-shade", "aria-hidden": "true" });
  if (shades) swatch.style.background = `linear-gradient(to right, ${shades.join(", ")})`;
  const noun = h("span", { class: kind === LOWEST ? "ov-lowest" : "" }, `${kind} `);
  return h("li", {}, swatch, h("span", {}, noun, point && `${point} `), h("b", {}, percent(share)));
}

/** @param {number} share */
function percent(share) {
  return share < 0.005 ? "<1 %" : `${Math.round(100 * share)} %`;
}
