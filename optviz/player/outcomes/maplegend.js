/** The legend of a hyperparameter map: which colour says what, and how many cells came to it. */

import { fill, h } from "../base/dom.js";
import { LOST, fates, placeName } from "./fates.js";
import { lossBar } from "./losscolors.js";
import { precisionKey, precisionNote } from "./precision.js";
import { percent } from "../scales/numbers.js";

/** @import {Exponents} from "./losscolors.js" */
/** @import {MapReply, Place} from "../state/types.js" */

/** @typedef {{label: string, color: string, share: number}} Entry  Of no colour of its own if empty. */

/** More places than these are told together. */
const MOST_PLACES = 3;
const MIXED = "dotted: the cells on both sides end elsewhere";

/**
 * Return what cells of a map come to, in few words: the only minimum of a surface has no need of its
 * coordinates.
 *
 * @param {MapReply} map
 * @param {boolean} dark
 * @returns {Entry[]}
 */
function entries(map, dark) {
  const found = fates(map, dark);
  const named = (/** @type {Place | undefined} */ place) => place?.kind === "minimum" && place.point !== null;
  const only = map.places.filter(named).length === 1;
  for (const fate of found.filter(({ place }) => named(map.places[place])))
    fate.label = only ? "at the minimum" : fate.label.replace("minimum", "at");
  const places = found.filter(({ place }) => place >= 0);
  const few = places.length > MOST_PLACES ? places.slice(0, MOST_PLACES - 1) : places;
  const rest = places.slice(few.length);
  const share = rest.reduce((sum, one) => sum + one.share, 0);
  const kinds = new Set(rest.map(({ place }) => map.places[place].kind));
  const label = kinds.size === 1 ? placeName({ kind: map.places[rest[0].place].kind, point: null }) : "elsewhere";
  const other = rest.length ? [{ label, color: "", share }] : [];
  return [...few, ...other, ...found.filter(({ place }) => place < 0)];
}

/** Return the shares of a map in words. @param {MapReply} map */
export function sharesOf(map) {
  return entries(map, false).map(({ label, share }) => `${label} ${percent(share)}`).join(", ");
}

/** @param {HTMLElement} element @param {MapReply} map @param {boolean} dark @param {number} mixed  share of the cells */
export function stepsLegend(element, map, dark, mixed) {
  const after = map.place.some((place) => place >= 0) ? ["lighter: sooner"] : [];
  if (mixed > 0) after.push(`${MIXED} ${percent(mixed)}`);
  show(element, entries(map, dark), after, map);
}

/**
 * @param {HTMLElement} element
 * @param {MapReply} map
 * @param {boolean} dark
 * @param {Exponents} range
 * @param {string} what  the losses are counted from
 */
export function lossLegend(element, map, dark, range, what) {
  const diverged = entries(map, dark).filter(({ label }) => label === "diverged");
  show(element, diverged, [], map, [h("span", { class: "ov-loss-scale" }, ...lossBar(range)), what]);
}

/**
 * @param {HTMLElement} element
 * @param {Entry[]} list
 * @param {string[]} after
 * @param {MapReply} map
 * @param {(string | HTMLElement)[]} [before]
 */
function show(element, list, after, map, before = []) {
  const more = (/** @type {string | HTMLElement} */ part) => h("span", { class: "ov-fate" }, part);
  const texts = before.map((part) => (typeof part === "string" ? part : part.textContent));
  const key = JSON.stringify([texts, list.map(({ color, label, share }) => [color, label, percent(share)]), after, precisionKey(map)]);
  fill(element, key, () => [
    ...before.map(more),
    ...list.map(({ label, color, share }) => {
      const swatch = h("span", { class: "ov-fate-swatch", style: `background: ${color}` });
      return h("span", { class: "ov-fate", title: label === "diverged" ? LOST : "" }, color && swatch, `${label} ${percent(share)}`);
    }),
    ...after.map(more),
    precisionNote(map),
  ].filter((part) => part !== null));
}
