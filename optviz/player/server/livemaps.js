/**
 * Keeps a map of one lane up to date with the race: coarse while a value is dragged, fine at rest.
 *
 * The mark "ov:mapped" tells, in `detail`, how many cells along a side of the map that was just drawn.
 */

import { decodeMap, sentences } from "./client.js";
import { alone } from "../state/laneedits.js";
import { newest } from "../base/newest.js";
import { toQuery } from "../state/query.js";

/** @import {Store} from "../state/store.js" */
/** @import {Api, MapReply, Race} from "../state/types.js" */

/**
 * @typedef {object} Wish  Which map is needed.
 * @property {[string, string]} over  its axes
 * @property {[number, number]} [across]  limits of the first axis, if not the usual ones
 * @property {[number, number]} [up]  limits of the second axis
 * @property {[number, number]} [start]  instead of the race's, where the map does not depend on it
 *
 * @typedef {object} Asked  What a map was asked for with.
 * @property {string} query  of the map, without its size
 * @property {Race} race
 * @property {number} lane
 */

/** Cells along a side of a map that follows a thumb: as many as the server answers fast enough. */
const COARSE = [64, 48, 32, 24];
/** A coarse map that takes longer, in ms, is the last one of its size; one much faster asks for more. */
const SLOW = 60;
const FAST = 20;
/** Cells along a side at rest; fewer where the race has many steps. */
const FINE = 256;
const MAX_CELL_STEPS = FINE * FINE * 2000;

/**
 * @param {Store} store
 * @param {Api} api
 * @param {object} options
 * @param {string} options.name  who complains when it fails
 * @param {() => Wish | null} options.wish  which map is needed now, none while nothing is shown
 * @param {(reply: MapReply, asked: Asked) => void} options.arrived  it may be an older one than the
 *   race by now
 * @returns {{look: () => void, wanted: () => string, destroy: () => void}}  `look` after the wish has
 *   changed otherwise than with the race and the view; `wanted` is the query of the map needed now
 */
export function liveMap(store, api, { name, wish, arrived }) {
  let size = 0;
  /** The query of what is there or on its way, and whether the fine map of it is. */
  let had = "";
  let fine = false;
  /** The query of the last coarse map that arrived. */
  let rough = "";
  const closing = new AbortController();
  let sharpening = new AbortController();

  const fetchNewest = newest(async (/** @type {{asked: Asked, held: boolean}} */ { asked, held }) => {
    const { signal } = sharpening;
    try {
      if (asked.query !== rough) await followThumb(asked);
      if (!held) await ask(asked, FINE, signal);
    } catch (error) {
      if (closing.signal.aborted || signal.aborted) return;
      if (had === asked.query) had = "";
      store.complain(sentences(error), name);
    }
  });

  /** @param {Asked} asked */
  async function followThumb(asked) {
    const begun = performance.now();
    await ask(asked, COARSE[size], closing.signal);
    rough = asked.query;
    const took = performance.now() - begun;
    if (took > SLOW) size = Math.min(size + 1, COARSE.length - 1);
    else if (took < FAST) size = Math.max(size - 1, 0);
  }

  /** @param {Asked} asked @param {number} side @param {AbortSignal} signal */
  async function ask(asked, side, signal) {
    const n = Math.min(side, Math.floor(Math.sqrt(MAX_CELL_STEPS / asked.race.steps)));
    const reply = decodeMap(await api.map(`${asked.query}&n=${n}`, signal));
    store.complain([], name);
    arrived(reply, asked);
    performance.mark("ov:mapped", { detail: n });
  }

  /** The query of the map that is needed now, without its size; empty if none is. */
  function wanted() {
    const wished = wish();
    return wished ? mapQuery(store.race, store.view.chosen, wished) : "";
  }

  function look() {
    const query = wanted();
    if (query === had && (fine || store.held || !query)) return;
    // A fine map of something else, still being made, is not wanted any more: the server stops it.
    // Coarse ones are few and soon there; without them nothing would be seen to follow the thumb.
    if (query !== had) {
      sharpening.abort();
      sharpening = new AbortController();
    }
    had = query;
    fine = !store.held;
    if (!query) rough = "";
    else fetchNewest({ asked: { query, race: store.race, lane: store.view.chosen }, held: store.held });
  }

  for (const type of ["race", "view"]) store.addEventListener(type, look);
  look();
  return {
    look,
    wanted,
    destroy() {
      for (const type of ["race", "view"]) store.removeEventListener(type, look);
      closing.abort();
      sharpening.abort();
      store.complain([], name);
    },
  };
}

/**
 * Return the query of a map of one lane.
 *
 * @param {Race} race
 * @param {number} lane
 * @param {Wish} wish
 */
export function mapQuery(race, lane, { over, across, up, start = race.start }) {
  const parts = [laneQuery({ ...race, start }, lane, over), `over=${over.join(",")}`];
  if (across) parts.push(`across=${across.join(",")}`);
  if (up) parts.push(`up=${up.join(",")}`);
  return parts.join("&");
}

/**
 * Return the query of a race of one lane; what concerns other lanes, its name only, or what is varied
 * is left out.
 *
 * @param {Race} race
 * @param {number} lane
 * @param {string[]} varied  names of hyperparameters; others are passed over
 */
export function laneQuery(race, lane, varied) {
  const one = alone(race, lane);
  const others = Object.entries(one.lanes[0].values).filter(([name]) => !varied.includes(name));
  return toQuery({ ...one, lanes: [{ ...one.lanes[0], values: Object.fromEntries(others) }] });
}
