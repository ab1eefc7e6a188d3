/** Asks for the verdicts that are missing, one after the other; a changed experiment ends the old request. */

import { follow, together } from "../base/listening.js";
import { Asking } from "../server/asking.js";

/** @import {Api} from "../state/types.js" */
/** @import {State} from "./state.js" */

const SILENT = "The server does not answer. What stands here was computed before; it is asked again every few seconds.";

/** @param {State} state @param {Api} api @returns {() => void}  stops asking */
export function tuning(state, api) {
  const asking = new Asking({
    wanted: () => state.missing.map((query) => ({ query })),
    ask: ({ query }, signal) => api.compare(query, signal),
    take: (reply, { query }) => state.take(query, JSON.parse(new TextDecoder().decode(reply)).verdicts[0]),
    keeps: ({ query }) => state.missing.includes(query),
    complain: (problems) => state.complain(problems, "server"),
    silent: SILENT,
  });
  return together(follow(state, ["comparison", "everywhere"], asking.look), asking.destroy);
}
