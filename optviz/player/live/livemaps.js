/**
 * Keeps a map of one lane up to date with the race: made here while a value is dragged, fine at rest.
 *
 * The mark "ov:mapped" tells, in `detail`, how many cells along a side of the map that was just drawn.
 */

import { follow, together } from "../base/listening.js";
import { mark } from "../base/marks.js";
import { Asking } from "../server/asking.js";
import { decodeMap, Refused } from "../server/client.js";
import { FINE, mapQuery, sideWithin } from "../server/mapquery.js";

/** @import {OwnMaps} from "./ownmaps.js" */
/** @import {Wish} from "../server/mapquery.js" */
/** @import {Api, MapReply, Race, Store} from "../state/types.js" */

/**
 * @typedef {object} Asked  What a map was asked for with.
 * @property {string} query  of the map, without its size
 * @property {Race} race
 * @property {number} lane
 */

/** Cells along a side of a map that follows a thumb, if the server makes it: as many as it answers fast enough. */
const COARSE = [64, 48, 32, 24];
/** A coarse map that takes longer, in ms, is the last one of its size; one much faster asks for more. */
const SLOW = 60;
const FAST = 20;

/**
 * @param {Store} store
 * @param {Api} api
 * @param {object} options
 * @param {OwnMaps} options.own  makes maps here
 * @param {string} options.name  who complains when it fails
 * @param {(lane: number) => Wish | null} options.wish  which map of a lane is needed now, or would be if it
 *   were chosen; none while nothing is shown
 * @param {(reply: MapReply, asked: Asked) => void} options.arrived  it may be an older one than the
 *   race by now
 * @returns {{look: () => void, wanted: () => string, destroy: () => void}}  `look` after the wish has
 *   changed otherwise than with the race and the view; `wanted` is the query of the map needed now
 */
export function liveMap(store, api, { own, name, wish, arrived }) {
  let size = 0;
  /** The queries of the last coarse map, and of the fine one that came after it. */
  let rough = "";
  let fine = "";
  /** What is seen. @type {{query: string, reply: MapReply} | null} */
  let seen = null;

  /** The query of the map that is needed now, without its size; empty if none is. */
  function wanted() {
    const wished = wish(store.view.chosen);
    return wished ? mapQuery(store.race, store.view.chosen, wished) : "";
  }

  /** @param {string} query @param {Race} race @param {AbortSignal} signal */
  async function coarseFrom(query, race, signal) {
    const begun = performance.now();
    const reply = await api.map(`${query}&n=${sideWithin(COARSE[size], race.steps)}`, signal);
    adapt(performance.now() - begun);
    return decodeMap(reply);
  }

  /** A server that does not answer: what can be made without waiting is better than nothing. @param {unknown} error @param {Race} race @param {number} lane @param {Wish} wished */
  async function insteadOf(error, race, lane, wished) {
    const made = error instanceof Refused ? null : await own.map(race, lane, wished, { patient: false });
    if (!made) throw error;
    return made;
  }

  const asking = new Asking({
    wanted() {
      const query = wanted();
      if (!query) rough = fine = "";
      const [race, lane] = [store.race, store.view.chosen];
      const asked = { query, race, lane, wished: wish(lane) };
      if (query !== rough) return [{ ...asked, coarse: true }];
      return store.held || query === fine ? [] : [{ ...asked, coarse: false }];
    },
    async ask({ query, race, lane, wished, coarse }, signal) {
      if (!coarse || !wished) return decodeMap(await api.map(`${query}&n=${sideWithin(FINE, race.steps)}`, signal));
      const made = await own.map(race, lane, wished, { patient: !store.held });
      return made ?? coarseFrom(query, race, signal).catch((error) => insteadOf(error, race, lane, wished));
    },
    take(map, { coarse, query, race, lane }) {
      if (coarse) {
        rough = query;
        fine = "";
      } else {
        fine = query;
      }
      if (!coarse && seen?.query === query && !replaces(map, seen.reply)) return;
      seen = { query, reply: map };
      arrived(map, { query, race, lane });
      mark("ov:mapped", map.n);
    },
    // A fine map of something else, still being made, is not wanted any more: the server stops it.
    // Coarse ones are few and soon there; without them nothing would be seen to follow the thumb.
    keeps: ({ query, coarse }) => coarse || query === wanted(),
    complain: (problems) => store.complain(problems, name),
  });

  /** @param {number} took  by the last coarse map of the server */
  function adapt(took) {
    if (took > SLOW) size = Math.min(size + 1, COARSE.length - 1);
    else if (took < FAST) size = Math.max(size - 1, 0);
  }

  /** What would be needed if a value of any lane were dragged next. */
  function foresee() {
    if (store.held) return;
    const { lanes } = store.race;
    lanes.forEach((_, lane) => {
      const wished = wish(lane);
      if (wished) own.foresee(store.race, lane, wished);
    });
  }

  const look = () => {
    asking.look();
    foresee();
  };
  return { look, wanted, destroy: together(follow(store, ["race", "view"], look), own.whenMore(foresee), asking.destroy) };
}

/** Whether the server's map tells more than the one that was made here. @param {MapReply} map @param {MapReply} seen */
function replaces(map, seen) {
  return !seen.own || map.n >= seen.n || map.precision === "float64" || map.places.length > seen.places.length;
}
