/** The places where cells of a map end, in few entries: a shade, what it is and where. */

import { h } from "../base/dom.js";
import { LOST, placeName, pointName } from "./fates.js";

/** @import {Fate} from "./fates.js" */
/** @import {Place} from "../state/types.js" */

const MOST = 6;
const LOWEST = "minimum";
/** A place of a smaller share, if it is not a lowest one, has no line of its own. */
const LEAST = 0.01;

/** @typedef {Pick<Fate, "share"> & Partial<Fate> & {kind: string, point?: string, colors?: string[]}} Entry  `colors` of several places */

/**
 * Return the most frequent places, but the lowest ones first, then how many more there are.
 *
 * @param {Fate[]} all
 * @param {Place[]} known
 * @returns {Entry[]}
 */
export function placesInBrief(all, known) {
  const others = all.filter(({ place }) => place < 0).map((fate) => ({ ...fate, kind: fate.label }));
  const places = all
    .filter(({ place }) => place >= 0)
    .map((fate) => ({ ...fate, ...inParts(known[fate.place]) }))
    .sort((a, b) => Number(b.kind === LOWEST) - Number(a.kind === LOWEST));
  const worth = places.filter(({ kind, share }, i) => i === 0 || kind === LOWEST || share >= LEAST);
  const named = worth.slice(0, MOST - others.length);
  const more = places.length - named.length;
  if (more === 0) return [...named, ...others];
  const rest = places.filter((one) => !named.includes(one));
  if (more === 1) return [...named, ...rest, ...others];
  const share = rest.reduce((sum, one) => sum + one.share, 0);
  const colors = [...new Set(rest.map(({ color }) => color))];
  return [...named, { kind: `and ${more} more places`, share, colors }, ...others];
}

/** A place's kind, and where it is if it has a point of its own. @param {Place} place */
function inParts(place) {
  return place.point ? { kind: place.kind, point: pointName(place.point) } : { kind: placeName(place) };
}

/** @param {Entry} entry @param {string} [share]  in words, if it is told */
export function placeItem({ kind, point, shades, colors }, share) {
  const swatch = h("span", { class: "ov-shade", "aria-hidden": "true" });
  if (shades) swatch.style.background = `linear-gradient(to right, ${shades.join(", ")})`;
  if (colors) swatch.style.background = `linear-gradient(to right, ${stripes(colors)})`;
  const noun = h("span", { class: kind === LOWEST ? "ov-lowest" : "" }, `${kind} `);
  return h("li", { title: kind === "diverged" ? LOST : "" }, swatch, h("span", {}, noun, point && `${point} `), share && h("b", {}, share));
}

/** As many equal stripes, for a gradient. @param {string[]} colors */
function stripes(colors) {
  return colors.map((color, i) => `${color} ${(100 * i) / colors.length}% ${(100 * (i + 1)) / colors.length}%`).join(", ");
}
