/** Keeps the store's result up to date with its race: run here, or by the server where that cannot be. */

import { faultOf } from "../base/faults.js";
import { follow, listen, together } from "../base/listening.js";
import { mark } from "../base/marks.js";
import { toQuery } from "../state/query.js";
import { Asking } from "../server/asking.js";
import { decodeRace } from "../server/client.js";
import { Background } from "./background.js";
import { Pace } from "./pace.js";
import { runRace } from "./racing.js";
import { Supplies } from "./supplies.js";
import { Waiting } from "./waiting.js";

/** @import {Sources} from "./conditions.js" */
/** @import {Programs} from "./racing.js" */
/** @import {Api, Race, Result} from "../state/types.js" */

/** A server that takes longer is not asked for what is only foreseen. */
const PROMPT = 40;

/**
 * Show the result of the store's race, always: run in the animation frame after its last change, once
 * all programs that it runs on are here; by a worker, if it would take more of the frame than there is.
 * Until then the server is asked. What comes from worker or server is shown in the next frame; what was
 * wanted meanwhile is begun without waiting for that frame. A race that is foreseen is asked for at once:
 * its reply is then often there when the frame begins in which the race changes.
 *
 * The marks "ov:input" and "ov:painted" tell, in `detail`, the query that is wanted and the one shown.
 *
 * @param {Sources} sources
 * @param {Api} api
 * @returns {() => void}  stops it
 */
export function followRace(sources, api) {
  const { store, kernels } = sources;
  const following = new Following(sources, api);
  return together(
    follow(store, "race", following.now),
    listen(store, "ahead", ({ detail }) => following.foresee(detail)),
    listen(store, "digits", following.now),
    listen(kernels, "arrived", following.arrived),
    following.end,
  );
}

class Following {
  #store;
  #kernels;
  #draws;
  #supplies;
  #waiting;
  #pace = new Pace();
  #asking;
  #background;
  /** What is shown in the next frame. @type {{query: string, result: Result} | null} */
  #ready = null;
  /** The race that is wanted of the server, if one is, and what its last reply came to. */
  #asked = "";
  #came = "";
  /** How long, in ms, the server took for it. */
  #took = 0;
  /** Whether a program has failed here. */
  #broken = false;
  /** The frame in which the race is run here, 0 if none is due. */
  #due = 0;

  /** @param {Sources} sources @param {Api} api */
  constructor(sources, api) {
    const { store, kernels, draws } = sources;
    this.#store = store;
    this.#kernels = kernels;
    this.#draws = draws;
    this.#supplies = new Supplies(sources);
    this.#waiting = new Waiting(store);
    this.#asking = this.#server(api);
    this.#background = new Background({
      came: (result, took) => {
        this.#pace.tell(result.race, took);
        this.#soon(result.query, result);
      },
      failed: this.now,
    });
  }

  /** Show the result of the race as it is now. */
  now = () => {
    const { race, held } = this.#store;
    const query = toQuery(race);
    mark("ov:input", query);
    const programs = this.#programs(race);
    if (programs) this.#runHere(race);
    else if (query !== this.#asked || !held) {
      // At the end of a drag it is asked again, to be drawn without haste.
      this.#ask(query);
    }
  };

  // What the server ran first is run here once that can be: where a path hangs on the last digit of a
  // number, going there and back would else change what is said of it.
  arrived = () => {
    if (this.#asked && !this.#store.held && this.#programs(this.#store.race)) this.now();
  };

  /** @param {Race} race */
  foresee(race) {
    const query = toQuery(race);
    if (!this.#programs(race) && query !== this.#asked && this.#took < PROMPT) this.#ask(query);
  }

  end = () => {
    this.#asking.destroy();
    this.#background.destroy();
    this.#waiting.end();
    cancelAnimationFrame(this.#due);
    this.#ready = null;
  };

  /** What a race runs on, if it can be run here. @param {Race} race */
  #programs(race) {
    return this.#broken ? null : this.#supplies.of(race);
  }

  /** @param {Race} race */
  #runHere(race) {
    this.#asked = "";
    this.#asking.look();
    if (this.#pace.short(race) || this.#background.broken) {
      this.#background.drop();
      this.#ready = null;
      this.#due ||= requestAnimationFrame(this.#run);
    } else {
      cancelAnimationFrame(this.#due);
      this.#due = 0;
      this.#waiting.begin();
      this.#background.run(this.#supplies.job(race));
    }
  }

  #run = () => {
    this.#due = 0;
    const { race } = this.#store;
    const programs = this.#programs(race);
    const result = programs && this.#ran(race, programs);
    if (result) this.#show(toQuery(race), result);
  };

  /** The result of a race; nothing if a program fails. @param {Race} race @param {Programs} programs */
  #ran(race, programs) {
    const { surface, rules } = this.#supplies.about(race);
    const begun = performance.now();
    try {
      const result = runRace(race, programs, surface, rules);
      this.#pace.tell(race, performance.now() - begun);
      return result;
    } catch (error) {
      // The server can run what this browser cannot.
      faultOf(error);
      this.#broken = true;
      this.now();
      return null;
    }
  }

  /** @param {string} query */
  #ask(query) {
    this.#asked = query;
    this.#came = "";
    this.#background.drop();
    this.#waiting.begin();
    this.#asking.look();
  }

  /** @param {Api} api */
  #server(api) {
    let begun = 0;
    return new Asking({
      wanted: () => {
        const query = this.#store.precise ? `${this.#asked}&rest=1` : this.#asked;
        return !this.#asked || query === this.#came ? [] : [{ query, race: this.#asked }];
      },
      ask: ({ query }, signal) => {
        this.#waiting.begin();
        begun = performance.now();
        // What does not come is waited for: what is shown stays that of another race.
        return api.race(query, signal);
      },
      take: (reply, { query, race }) => {
        // Nobody waits for it once the race is run here; the browser keeps it for the next visit.
        if (!this.#asked) return;
        const result = decodeRace(reply);
        this.#took = performance.now() - begun;
        this.#came = query;
        this.#soon(race, result);
      },
      complain: (problems) => this.#store.complain(problems),
    });
  }

  /** Show a result in the next frame, unless a newer one comes. @param {string} query @param {Result} result */
  #soon(query, result) {
    if (!this.#ready) requestAnimationFrame(() => this.#ready && this.#show(this.#ready.query, this.#ready.result));
    this.#ready = { query, result };
  }

  /** @param {string} query @param {Result} result */
  #show(query, result) {
    this.#ready = null;
    this.#store.show(result);
    this.#waiting.end();
    mark("ov:painted", query);
    if (this.#store.held) return;
    const { surface, seed, steps } = result.race;
    this.#kernels.stock(surface);
    // With them, noise that is turned up goes on without a server.
    this.#draws.of(seed, steps, this.#store.catalogue.limits.steps);
  }
}
