/**
 * Keeps what every learning rate of the chosen lane comes to up to date with the race.
 *
 * While a value is dragged it is computed roughly. The mark "ov:rates" tells that some were drawn.
 */

import { decodeRates, sentences } from "./client.js";
import { laneQuery } from "./livemaps.js";
import { newest } from "../base/newest.js";

/** @import {Store} from "../state/store.js" */
/** @import {Api, RatesReply} from "../state/types.js" */

/** @typedef {{query: string, lane: number, about: string}} Asked  `about` which surface and rule */

/**
 * @param {Store} store
 * @param {Api} api
 * @param {object} options
 * @param {() => boolean} options.wanted  whether they are shown now
 * @param {(reply: RatesReply, asked: Asked) => void} options.arrived  it may be an older one than the
 *   race by now
 * @returns {() => void}  stops asking
 */
export function liveRates(store, api, { wanted, arrived }) {
  /** What is there or on its way, and whether it is exact. */
  let had = "";
  let exact = false;
  const closing = new AbortController();

  const fetchNewest = newest(async (/** @type {{asked: Asked, rough: boolean}} */ { asked, rough }) => {
    try {
      const reply = decodeRates(await api.rates(rough ? `${asked.query}&rough=1` : asked.query, closing.signal));
      store.complain([], "finder");
      arrived(reply, asked);
      performance.mark("ov:rates", { detail: rough });
    } catch (error) {
      if (closing.signal.aborted) return;
      had = "";
      store.complain(sentences(error), "finder");
    }
  });

  function look() {
    const { race, view, held } = store;
    // The lane's own rate plays no part: it may be dragged, and nothing is asked.
    const query = wanted() ? laneQuery(race, view.chosen, ["lr"]) : "";
    if (query === had && (exact || held || !query)) return;
    had = query;
    exact = !held;
    if (query) fetchNewest({ asked: { query, lane: view.chosen, about: aboutOf(store) }, rough: held });
  }

  for (const type of ["race", "view"]) store.addEventListener(type, look);
  look();
  return () => {
    for (const type of ["race", "view"]) store.removeEventListener(type, look);
    closing.abort();
    store.complain([], "finder");
  };
}

/** Which surface and rule the chosen lane has: rates of another say nothing about it. @param {Store} store */
export function aboutOf({ race, view }) {
  return `${race.surface} ${race.lanes[view.chosen].rule}`;
}
