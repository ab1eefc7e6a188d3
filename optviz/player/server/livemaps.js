/**
 * Keeps a map of one lane up to date with the race: coarse while a value is dragged, fine at rest.
 *
 * The mark "ov:mapped" tells, in `detail`, how many cells along a side of the map that was just drawn.
 */

import { follow, together } from "../base/listening.js";
import { mark } from "../base/marks.js";
import { Asking } from "./asking.js";
import { decodeMap } from "./client.js";
import { alone } from "../state/laneedits.js";
import { toQuery } from "../state/query.js";

/** @import {Api, MapReply, Race, Store} from "../state/types.js" */

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
/** Cells along a side at rest, and what the server computes for one map at most. */
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
  let begun = 0;
  /** The queries of the last coarse map, and of the fine one that came after it. */
  let rough = "";
  let fine = "";

  /** The query of the map that is needed now, without its size; empty if none is. */
  function wanted() {
    const wished = wish();
    return wished ? mapQuery(store.race, store.view.chosen, wished) : "";
  }

  const asking = new Asking({
    wanted() {
      const query = wanted();
      if (!query) rough = fine = "";
      const asked = { query, race: store.race, lane: store.view.chosen };
      if (query !== rough) return [{ ...asked, coarse: true }];
      return store.held || query === fine ? [] : [{ ...asked, coarse: false }];
    },
    ask({ query, race, coarse }, signal) {
      begun = performance.now();
      return api.map(`${query}&n=${sideWithin(coarse ? COARSE[size] : FINE, race.steps)}`, signal);
    },
    take(reply, { coarse, ...asked }) {
      const map = decodeMap(reply);
      arrived(map, asked);
      mark("ov:mapped", map.n);
      if (!coarse) return void (fine = asked.query);
      rough = asked.query;
      fine = "";
      adapt(performance.now() - begun);
    },
    // A fine map of something else, still being made, is not wanted any more: the server stops it.
    // Coarse ones are few and soon there; without them nothing would be seen to follow the thumb.
    keeps: ({ query, coarse }) => coarse || query === wanted(),
    complain: (problems) => store.complain(problems, name),
  });

  /** @param {number} took  by the last coarse map */
  function adapt(took) {
    if (took > SLOW) size = Math.min(size + 1, COARSE.length - 1);
    else if (took < FAST) size = Math.max(size - 1, 0);
  }

  const { look } = asking;
  return { look, wanted, destroy: together(follow(store, ["race", "view"], look), asking.destroy) };
}

/** Cells along a side; fewer where the race has many steps. @param {number} most @param {number} steps */
export function sideWithin(most, steps) {
  return Math.min(most, Math.floor(Math.sqrt(MAX_CELL_STEPS / steps)));
}

/** @param {Race} race @param {number} lane @param {Wish} wish */
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
