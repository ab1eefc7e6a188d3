/** Asks for the verdicts that are missing, one after the other; a changed experiment ends the old request. */

import { Refused } from "../server/client.js";
import { comparisonQuery } from "./links.js";

/** @import {Api} from "../state/types.js" */
/** @import {State} from "./state.js" */

const RETRY = 3000;
const SILENT = "The server does not answer. What stands here was computed before; it is asked again every few seconds.";

/**
 * @param {State} state
 * @param {Api} api
 * @returns {() => void}  stops asking
 */
export function tuning(state, api) {
  let ended = false;
  let busy = false;
  /** The query that was refused: it is not asked again. */
  let refused = "";
  /** What is under way. */
  let asked = "";
  let closing = new AbortController();
  let again = 0;

  function begin() {
    clearTimeout(again);
    refused = "";
    state.complain([], "server");
    const wanted = state.comparison.rules.map((rule) => comparisonQuery(state.comparison, rule));
    if (busy && !wanted.includes(asked)) closing.abort();
    run();
  }

  async function run() {
    if (busy) return;
    busy = true;
    for (let query = next(); query; query = next()) if (!(await tuned(query))) break;
    busy = false;
  }

  function next() {
    const rule = ended || refused ? undefined : state.missing[0];
    return rule && comparisonQuery(state.comparison, rule);
  }

  /** @param {string} query @returns {Promise<boolean>}  whether to go on */
  async function tuned(query) {
    asked = query;
    const { signal } = (closing = new AbortController());
    try {
      const reply = JSON.parse(new TextDecoder().decode(await api.compare(query, signal)));
      state.complain([], "server");
      state.take(query, reply.verdicts[0]);
      return true;
    } catch (error) {
      if (signal.aborted) return true;
      if (error instanceof Refused) refused = query;
      else again = window.setTimeout(run, RETRY);
      state.complain(error instanceof Refused ? error.problems : [SILENT], "server");
      return false;
    }
  }

  state.addEventListener("comparison", begin);
  begin();
  return () => {
    ended = true;
    state.removeEventListener("comparison", begin);
    clearTimeout(again);
    closing.abort();
  };
}
