/**
 * Keeps what every learning rate of the chosen lane comes to up to date with the race.
 *
 * While a value is dragged fewer are tried, here, and nobody judges them. The mark "ov:rates" tells that
 * some were drawn.
 */

import { follow, listen, together } from "../base/listening.js";
import { mark } from "../base/marks.js";
import { Asking } from "../server/asking.js";
import { decodeRates } from "../server/client.js";
import { laneQuery } from "../server/mapquery.js";
import { alone } from "../state/laneedits.js";
import { OwnRates } from "./ownrates.js";

/** @import {Sources} from "./conditions.js" */
/** @import {Api, RatesReply, Store} from "../state/types.js" */

/** @typedef {{query: string, lane: number, about: string}} Asked  `about` which surface and rule */

/**
 * @param {Sources} sources
 * @param {Api} api
 * @param {object} options
 * @param {() => boolean} options.wanted  whether they are shown now
 * @param {(reply: RatesReply, asked: Asked) => void} options.arrived  it may be an older one than the
 *   race by now
 * @returns {() => void}  stops asking
 */
export function liveRates(sources, api, { wanted, arrived }) {
  const { store, kernels } = sources;
  const own = new OwnRates(sources);
  /** What came last, and whether it is exact. */
  let came = "";
  let exact = false;
  /** What the server has said last, and about which surface and rule. @type {{reply: RatesReply, about: string} | null} */
  let known = null;

  const asking = new Asking({
    wanted() {
      const { race, view, held } = store;
      // The lane's own rate plays no part: it may be dragged, and nothing is asked.
      const query = wanted() ? laneQuery(race, view.chosen, ["lr"]) : "";
      if (!query || (query === came && (exact || held))) return [];
      return [{ query, rough: held, race: alone(race, view.chosen), lane: view.chosen, about: aboutOf(store) }];
    },
    async ask({ query, rough, race, about }, signal) {
      const here = rough && known?.about === about ? await own.find(race, known.reply) : null;
      return here ?? decodeRates(await api.rates(rough ? `${query}&rough=1` : query, signal));
    },
    take(reply, asked) {
      if (!reply.own) known = { reply, about: asked.about };
      arrived(reply, asked);
      came = asked.query;
      exact = !asked.rough;
      mark("ov:rates", asked.rough);
    },
    complain: (problems) => store.complain(problems, "finder"),
  });
  const look = () => {
    asking.look();
    foresee();
  };
  function foresee() {
    if (wanted() && !store.held) own.foresee(alone(store.race, store.view.chosen));
  }
  return together(follow(store, ["race", "view"], look), listen(kernels, "arrived", foresee), asking.destroy, own.destroy);
}

/** Which surface and rule the chosen lane has: rates of another say nothing about it. @param {Store} store */
export function aboutOf({ race, view }) {
  return `${race.surface} ${race.lanes[view.chosen].rule}`;
}
