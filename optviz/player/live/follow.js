/** Keeps the store's result up to date with its race: run here, or by the server where that cannot be. */

import { faultOf } from "../base/faults.js";
import { follow, listen, together } from "../base/listening.js";
import { mark } from "../base/marks.js";
import { toQuery } from "../state/query.js";
import { Asking } from "../server/asking.js";
import { decodeRace } from "../server/client.js";
import { suppliesOf } from "./conditions.js";
import { runRace } from "./racing.js";

/** @import {Sources} from "./conditions.js" */
/** @import {Programs} from "./racing.js" */
/** @import {Api, LaneKernel, Race, Result} from "../state/types.js" */

/** After this long without a reply the page says that it is waiting. */
const PATIENCE = 250;
/** A server that takes longer is not asked for what is only foreseen. */
const PROMPT = 40;

/**
 * Show the result of the store's race, always: run in the animation frame after its last change, once
 * all programs that it runs on are here. Until then the server is asked. A reply is shown in the next
 * frame; what was asked meanwhile is fetched without waiting for that frame. A race that is foreseen is
 * asked for at once: its reply is then often there when the frame begins in which the race changes.
 *
 * The marks "ov:input" and "ov:painted" tell, in `detail`, the query that is wanted and the one shown.
 *
 * @param {Sources} sources
 * @param {Api} api
 * @returns {() => void}  stops it
 */
export function followRace(sources, api) {
  const { store, kernels } = sources;
  /** @type {{race: string, result: Result} | null} */
  let ready = null;
  /** The race that is wanted, and what the last reply came to. */
  let wanted = "";
  let came = "";
  /** Whether the server is to run it. */
  let asked = false;
  /** Whether a program has failed here. */
  let broken = false;
  let begun = 0;
  let took = 0;

  /** The frame in which the race is run here, 0 if none is due. */
  let due = 0;

  function paint() {
    if (!ready) return;
    const { race, result } = ready;
    ready = null;
    show(race, result);
  }

  /** @param {string} query @param {Result} result */
  function show(query, result) {
    store.show(result);
    mark("ov:painted", query);
    if (!store.held) kernels.stock(result.race.surface);
  }

  function run() {
    due = 0;
    const { race } = store;
    const programs = programsOf(race);
    if (!programs) return;
    /** @type {Result} */
    let result;
    try {
      const rules = race.lanes.map(({ rule }) => store.rule(rule));
      result = runRace(race, programs, store.surface(), rules);
    } catch (error) {
      // The server can run what this browser cannot.
      faultOf(error);
      broken = true;
      return now();
    }
    show(toQuery(race), result);
  }

  /** All that a race runs on, or null while some of it is missing: then it is fetched. @param {Race} race @returns {Programs | null} */
  function programsOf(race) {
    if (broken) return null;
    const lanes = race.lanes.map(({ rule }) => kernels.ofLane(rule, race.surface));
    const supplies = suppliesOf(race, sources);
    if (!supplies || lanes.includes(null)) return null;
    return { ...supplies, lanes: /** @type {LaneKernel[]} */ (lanes) };
  }

  const asking = new Asking({
    wanted() {
      const query = store.precise ? `${wanted}&rest=1` : wanted;
      return !asked || query === came ? [] : [{ query, race: wanted }];
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
      if (!asked) return;
      const result = decodeRace(reply);
      took = performance.now() - begun;
      if (!ready) requestAnimationFrame(paint);
      ready = { race, result };
      came = query;
    },
    // Nobody waits for a reply once the race is run here.
    keeps: () => asked,
    complain: (problems) => store.complain(problems),
  });

  /** @param {string} query */
  function ask(query) {
    wanted = query;
    came = "";
    asked = true;
    asking.look();
  }

  function now() {
    const query = toQuery(store.race);
    mark("ov:input", query);
    if (programsOf(store.race)) {
      wanted = query;
      asked = false;
      ready = null;
      asking.look();
      due ||= requestAnimationFrame(run);
    } else if (query !== wanted || !store.held) {
      // At the end of a drag it is asked again, to be drawn without haste.
      ask(query);
    }
  }
  // What the server ran first is run here once that can be: where a path hangs on the last digit of a
  // number, going there and back would else change what is said of it.
  const arrived = () => {
    if (asked && !store.held && programsOf(store.race)) now();
  };
  const foresee = (/** @type {CustomEvent} */ { detail }) => {
    const query = toQuery(detail);
    if (!programsOf(detail) && query !== wanted && took < PROMPT) ask(query);
  };
  return together(
    follow(store, "race", now),
    listen(store, "ahead", foresee),
    listen(store, "digits", now),
    listen(kernels, "arrived", arrived),
    asking.destroy,
    () => {
      cancelAnimationFrame(due);
      ready = null;
    },
  );
}
