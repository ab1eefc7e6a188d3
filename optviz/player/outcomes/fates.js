/** How a map's cells look: a hue for each place where they end, lighter where they arrive sooner. */

import { cellAt, cellImage } from "./cells.js";

/** @import {MapReply, Place} from "../state/types.js" */

/**
 * @typedef {object} Fate  One entry of a map's legend.
 * @property {number} place  index of a place, -1 on its way, -2 diverged
 * @property {string} label
 * @property {string} color  of cells that arrive in the middle of the range of steps
 * @property {[string, string]} shades  of cells that arrive at once, and last
 * @property {number} share  of all cells
 */

/** Hues in OKLCH that colour-blind eyes tell apart best next to each other, in this order. */
const HUES = [250, 70, 165, 330, 110, 295, 210, 30];
const SHADES = 32;
/** Lightness from the fastest to the slowest, and chroma; saddles and maxima are paler. */
const INK = {
  light: { fast: 0.93, slow: 0.55, chroma: 0.12, running: "#c3c8cf", diverged: "#3b4048" },
  dark: { fast: 0.78, slow: 0.32, chroma: 0.11, running: "#59616d", diverged: "#07090c" },
};
/** Explains the one word that the page says of what is in no place any more. */
export const LOST = "left all bounds or became not a number";
/** @type {Record<string, string>} */
const PLURALS = { minimum: "other minima", "local minimum": "other local minima", saddle: "other saddles", maximum: "other maxima" };
const RUNNING = -1;
const DIVERGED = -2;

/**
 * @param {MapReply} map
 * @param {number} steps  of the race
 * @param {boolean} dark
 */
export function fateImage(map, steps, dark) {
  const { n, place, step, places } = map;
  const table = shadeTable(places, dark);
  return cellImage(n, (cell) => {
    // The root, because most cells arrive early in a race.
    const late = place[cell] < 0 ? 0 : Math.sqrt(step[cell] / steps);
    const shade = Math.min(SHADES - 1, Math.floor(SHADES * late));
    return table[(place[cell] - DIVERGED) * SHADES + shade];
  });
}

/**
 * Return what cells of a map come to, with the shares of it; the most frequent first, and what is no
 * place last.
 *
 * @param {MapReply} map
 * @param {boolean} dark
 * @returns {Fate[]}
 */
export function fates({ place, places }, dark) {
  const counts = new Array(places.length - DIVERGED).fill(0);
  for (const one of place) counts[one - DIVERGED] += 1;
  const named = counts.map((count, index) => {
    const at = index + DIVERGED;
    const [first, color, last] = [0, 0.5, 1].map((late) => shadeOf(places, at, late, dark));
    /** @type {[string, string]} */
    const shades = [first, last];
    return { place: at, label: labelOf(places, at), color, shades, share: count / place.length };
  });
  return named.filter(({ share }) => share > 0).sort((a, b) => Number(b.place >= 0) - Number(a.place >= 0) || b.share - a.share);
}

/**
 * Say what becomes of a start, as the cell nearest to it tells.
 *
 * @param {MapReply} map  over starts
 * @param {readonly [number, number]} start
 * @returns {string}  nothing for a start outside of the map
 */
export function fateOf(map, [u, v]) {
  const { x, y, n } = map;
  const shares = [(u - x[0]) / (x[1] - x[0]), (v - y[0]) / (y[1] - y[0])];
  if (shares.some((share) => !(Math.abs(share - 0.5) <= 0.5 + 0.5 / (n - 1)))) return "";
  return became(map, cellAt(n, shares).cell, (place, step) => `${endName(place)} at step ${step}`);
}

/**
 * Say what became of a cell. Where it came to rest, and since when, is what a map knows: whether steps
 * get shorter there only its race tells.
 *
 * @param {Pick<MapReply, "place" | "step" | "places">} map
 * @param {number} cell
 */
export function fateWords(map, cell) {
  return became(map, cell, (place, step) => `at ${endName(place)} since step ${step}`);
}

/**
 * Say what became of the cell at shares of a map's sides, in few words.
 *
 * @param {MapReply} map
 * @param {[number, number]} shares
 */
export function fateInBrief(map, shares) {
  const name = (/** @type {Place} */ one) => (one.kind === "minimum" && one.point ? pointName(one.point) : endName(one));
  return became(map, cellAt(map.n, shares).cell, (place, step) => `step ${step}: ${name(place)}`);
}

/**
 * @param {Pick<MapReply, "place" | "step" | "places">} map
 * @param {number} cell
 * @param {(place: Place, step: number) => string} arrived  says it of a cell that ends at a place
 */
function became({ place, step, places }, cell, arrived) {
  const at = place[cell];
  if (at === DIVERGED) return `diverged at step ${step[cell]}`;
  return at === RUNNING ? onItsWay(places) : arrived(places[at], step[cell]);
}

/** What a cell is that is in no place: where there is no minimum, it has none to come to. @param {Place[]} places */
function onItsWay(places) {
  return places.some(isMinimum) ? "not there yet" : "not at rest";
}

/** @param {Place[]} places @param {number} at */
function labelOf(places, at) {
  if (at === DIVERGED) return "diverged";
  return at === RUNNING ? onItsWay(places) : placeName(places[at]);
}

/** Name a place; one without a point stands for all of its kind that have no name. @param {Place} place */
export function placeName({ kind, point }) {
  return point ? `${kind} ${pointName(point)}` : (PLURALS[kind] ?? `a ${kind}`);
}

/** Name where one cell ends. @param {Place} place */
function endName(place) {
  return place.point ? placeName(place) : `a ${place.kind}`;
}

/** Whether nothing nearby is lower: a valley of minima is a place, too. @param {Place} place */
export function isMinimum({ kind }) {
  return /minim(um|a)$/.test(kind);
}

/** @param {[number, number]} point */
export function pointName(point) {
  // Beside the other coordinate, what was found by rounding only is zero.
  const least = 1e-6 * Math.max(1e-3, ...point.map(Math.abs));
  const shown = point.map((value) => (Math.abs(value) < least ? 0 : Number(value.toPrecision(3))));
  return `(${shown.join(", ")})`.replaceAll("-", "−");
}

/**
 * Return the colours of all shades of all places as pixels, those of DIVERGED and RUNNING first.
 *
 * @param {Place[]} places
 * @param {boolean} dark
 */
function shadeTable(places, dark) {
  const table = new Uint32Array((places.length - DIVERGED) * SHADES);
  for (let at = DIVERGED; at < places.length; at += 1) {
    const row = pixels(shadeOf(places, at, 0, dark), shadeOf(places, at, 1, dark));
    table.set(row, (at - DIVERGED) * SHADES);
  }
  return table;
}

/** What was made before: there are few hues. @type {Map<string, Uint32Array>} */
const made = new Map();

/** Return all shades between two colours as pixels. @param {string} first @param {string} last */
function pixels(first, last) {
  const key = `${first} ${last}`;
  const known = made.get(key);
  if (known) return known;
  const canvas = new OffscreenCanvas(SHADES, 1);
  const ctx = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  for (let shade = 0; shade < SHADES; shade += 1) {
    ctx.fillStyle = first === last ? first : `color-mix(in oklch, ${last} ${(100 * shade) / (SHADES - 1)}%, ${first})`;
    ctx.fillRect(shade, 0, 1, 1);
  }
  const row = new Uint32Array(ctx.getImageData(0, 0, SHADES, 1).data.buffer);
  made.set(key, row);
  return row;
}

/** The colour of cells that diverged. @param {boolean} dark */
export function lostColor(dark) {
  return INK[dark ? "dark" : "light"].diverged;
}

/**
 * Return the colour of a place; `late` from 0, arrived at once, to 1, at the race's last step.
 *
 * @param {Place[]} places
 * @param {number} at
 * @param {number} late
 * @param {boolean} dark
 */
function shadeOf(places, at, late, dark) {
  const { fast, slow, chroma, running } = INK[dark ? "dark" : "light"];
  if (at < 0) return at === DIVERGED ? lostColor(dark) : running;
  const pale = isMinimum(places[at]) ? 1 : 0.3;
  return `oklch(${fast + (slow - fast) * late} ${pale * chroma} ${hueOf(places, at)})`;
}

/**
 * Where there are more places than hues, other places share theirs, but not with the lowest ones.
 *
 * @param {Place[]} places
 * @param {number} at
 */
function hueOf(places, at) {
  // They come first.
  const lowest = places.filter(({ kind }) => kind === "minimum").length;
  const others = HUES.slice(lowest);
  return at < lowest || others.length === 0 ? HUES[at % HUES.length] : others[(at - lowest) % others.length];
}
