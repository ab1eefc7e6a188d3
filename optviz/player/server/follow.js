/** Keeps the store's result up to date with its race. */

import { follow, listen, together } from "../base/listening.js";
import { mark } from "../base/marks.js";
import { toQuery } from "../state/query.js";
import { Asking } from "./asking.js";
import { decodeRace } from "./client.js";

/** @import {Api, Result, Store} from "../state/types.js" */

/** After this long without a reply the page says that it is waiting. */
const PATIENCE = 250;
/** A server that takes longer is not asked for what is only foreseen. */
const PROMPT = 40;

/**
 * Show the result of the store's race, always. A reply is shown in the next animation frame;
 * what was asked meanwhile is fetched without waiting for that frame. A race that is foreseen is asked
 * for at once: its reply is then often there when the frame begins in which the race changes.
 *
 * The marks "ov:input" and "ov:painted" tell, in `detail`, the query that is wanted and the one shown.
 *
 * @param {Store} store
 * @param {Api} api
 * @returns {() => void}  stops asking
 */
export function followRace(store, api) {
  /** @type {{race: string, result: Result} | null} */
  let ready = null;
  /** The race that is wanted, and what the last reply came to. */
  let wanted = "";
  let came = "";
  let begun = 0;
  let took = 0;

  function paint() {
    if (!ready) return;
    const { race, result } = ready;
    ready = null;
    store.show(result);
    mark("ov:painted", race);
  }

  const asking = new Asking({
    wanted() {
      const query = store.precise ? `${wanted}&rest=1` : wanted;
      return query === came ? [] : [{ query, race: wanted }];
    },
    async ask({ query }, signal) {
      const slow = setTimeout(() => store.wait(true), PATIENCE);
      begun = performance.now();
      try {
        return await api.race(query, signal);
      } finally {
        clearTimeout(slow);
        store.wait(false);
      }
    },
    take(reply, { query, race }) {
      const result = decodeRace(reply);
      took = performance.now() - begun;
      if (!ready) requestAnimationFrame(paint);
      ready = { race, result };
      came = query;
    },
    complain: (problems) => store.complain(problems),
  });

  /** @param {string} query */
  function ask(query) {
    wanted = query;
    came = "";
    asking.look();
  }

  const now = () => {
    const query = toQuery(store.race);
    mark("ov:input", query);
    // At the end of a drag it is asked again, to be drawn without haste.
    if (query !== wanted || !store.held) ask(query);
  };
  const foresee = (/** @type {CustomEvent} */ { detail }) => {
    const query = toQuery(detail);
    if (query !== wanted && took < PROMPT) ask(query);
  };
  return together(
    follow(store, "race", now),
    listen(store, "ahead", foresee),
    listen(store, "digits", () => ask(toQuery(store.race))),
    asking.destroy,
    () => (ready = null),
  );
}
