/**
 * Keeps what every learning rate of the chosen lane comes to up to date with the race.
 *
 * While a value is dragged it is computed roughly. The mark "ov:rates" tells that some were drawn.
 */

import { follow, together } from "../base/listening.js";
import { mark } from "../base/marks.js";
import { Asking } from "./asking.js";
import { decodeRates } from "./client.js";
import { laneQuery } from "./mapquery.js";

/** @import {Api, RatesReply, Store} from "../state/types.js" */

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
  /** What came last, and whether it is exact. */
  let came = "";
  let exact = false;

  const asking = new Asking({
    wanted() {
      const { race, view, held } = store;
      // The lane's own rate plays no part: it may be dragged, and nothing is asked.
      const query = wanted() ? laneQuery(race, view.chosen, ["lr"]) : "";
      if (!query || (query === came && (exact || held))) return [];
      return [{ query, rough: held, lane: view.chosen, about: aboutOf(store) }];
    },
    ask: ({ query, rough }, signal) => api.rates(rough ? `${query}&rough=1` : query, signal),
    take(reply, asked) {
      arrived(decodeRates(reply), asked);
      came = asked.query;
      exact = !asked.rough;
      mark("ov:rates", asked.rough);
    },
    complain: (problems) => store.complain(problems, "finder"),
  });
  return together(follow(store, ["race", "view"], asking.look), asking.destroy);
}

/** Which surface and rule the chosen lane has: rates of another say nothing about it. @param {Store} store */
export function aboutOf({ race, view }) {
  return `${race.surface} ${race.lanes[view.chosen].rule}`;
}
