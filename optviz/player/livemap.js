/** Keeps a map of one lane up to date with the race: coarse while a value is dragged, fine at rest. */

import { decodeMap, sentences } from "./client.js";
import { newest } from "./newest.js";
import { toQuery } from "./query.js";

/** @import {Store} from "./store.js" */
/** @import {Api, MapReply, Race} from "./types.js" */

/**
 * @typedef {object} Wish  Which map is needed.
 * @property {[string, string]} over  its axes
 * @property {[number, number]} [across]  limits of the first axis, if not the usual ones
 * @property {[number, number]} [up]  limits of the second axis
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
 * @param {(reply: MapReply) => void} options.arrived  it may be an older one than the race by now
 * @returns {{look: () => void, destroy: () => void}}  `look` after the wish has changed otherwise
 *   than with the race and the view
 */
export function liveMap(store, api, { name, wish, arrived }) {
  let size = 0;
  let had = "";
  let closing = new AbortController();
  const fetchNewest = newest(async (/** @type {{query: string, held: boolean, steps: number}} */ asked) => {
    const { query, held, steps } = asked;
    try {
      const begun = performance.now();
      await ask(query, COARSE[size], steps);
      const took = performance.now() - begun;
      if (took > SLOW) size = Math.min(size + 1, COARSE.length - 1);
      else if (took < FAST) size = Math.max(size - 1, 0);
      if (!held && query === wanted()) await ask(query, FINE, steps);
    } catch (error) {
      if (closing.signal.aborted) return;
      had = "";
      store.complain(sentences(error), name);
    }
  });

  /** @param {string} query @param {number} side @param {number} steps */
  async function ask(query, side, steps) {
    const n = Math.min(side, Math.floor(Math.sqrt(MAX_CELL_STEPS / steps)));
    const reply = decodeMap(await api.map(`${query}&n=${n}`, closing.signal));
    store.complain([], name);
    arrived(reply);
  }

  /** The query of the map that is needed now, without its size; empty if none is. */
  function wanted() {
    const wished = wish();
    return wished ? mapQuery(store.race, store.view.chosen, wished) : "";
  }

  function look() {
    const query = wanted();
    const key = `${query} ${store.held}`;
    if (!query || key === had) return;
    had = key;
    // A fine map that is still being made is not wanted any more: the server stops it.
    closing.abort();
    closing = new AbortController();
    fetchNewest({ query, held: store.held, steps: store.race.steps });
  }

  for (const type of ["race", "view"]) store.addEventListener(type, look);
  look();
  return {
    look,
    destroy() {
      for (const type of ["race", "view"]) store.removeEventListener(type, look);
      closing.abort();
      store.complain([], name);
    },
  };
}

/**
 * Return the query of a map of one lane; what concerns other lanes is left out.
 *
 * @param {Race} race
 * @param {number} lane
 * @param {Wish} wish
 */
export function mapQuery(race, lane, { over, across, up }) {
  const changes = race.changes
    .filter((change) => change.lane === undefined || change.lane === lane)
    .map((change) => (change.lane === undefined ? change : { ...change, lane: 0 }));
  const parts = [toQuery({ ...race, lanes: [race.lanes[lane]], changes }), `over=${over.join(",")}`];
  if (across) parts.push(`across=${across.join(",")}`);
  if (up) parts.push(`up=${up.join(",")}`);
  return parts.join("&");
}
