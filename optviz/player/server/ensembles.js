/** Keeps the chosen lane under many seeds of the noise up to date with the race, while that is shown. */

import { decodeEnsemble, sentences } from "./client.js";
import { alone } from "../state/laneedits.js";
import { newest } from "../base/newest.js";
import { toQuery } from "../state/query.js";

/** @import {Store} from "../state/store.js" */
/** @import {Api, EnsembleReply} from "../state/types.js" */

/**
 * @typedef {object} Ensemble  What came, and whose it is.
 * @property {EnsembleReply} reply
 * @property {number} lane
 * @property {string} about  of which surface and rule
 */

/** Seeds that follow a thumb, and at rest; fewer where the race has many steps. */
const COARSE = 64;
const FINE = 256;
const MAX_SEED_STEPS = 512000;

/** The event `arrived` tells that there is another ensemble, or none any more. */
export class Seeds extends EventTarget {
  #store;
  #api;
  /** @type {Ensemble | null} */
  #known = null;
  /** What was asked last. */
  #asked = "";
  #closing = new AbortController();

  /** @param {Store} store @param {Api} api */
  constructor(store, api) {
    super();
    this.#store = store;
    this.#api = api;
    for (const type of ["race", "view"]) store.addEventListener(type, this.#look);
    this.#look();
  }

  /** The last ensemble that came, if it is one of the chosen lane on this surface: it may be a little older than the race. */
  current() {
    const known = this.#known;
    const { chosen } = this.#store.view;
    return known && this.#wanted() && known.lane === chosen && known.about === this.#about(chosen) ? known : null;
  }

  destroy() {
    for (const type of ["race", "view"]) this.#store.removeEventListener(type, this.#look);
    this.#closing.abort();
    this.#store.complain([], "seeds");
  }

  #wanted() {
    const { race, view } = this.#store;
    return view.show.includes("seeds") && race.noise > 0 && !view.hidden.includes(view.chosen);
  }

  /** @param {number} lane */
  #about(lane) {
    const { surface, lanes } = this.#store.race;
    return `${surface} ${lanes[lane].rule}`;
  }

  #look = () => {
    const { race, view, held } = this.#store;
    if (!this.#wanted()) {
      this.#asked = "";
      this.#tell(null);
      return;
    }
    const seeds = Math.max(1, Math.min(held ? COARSE : FINE, Math.floor(MAX_SEED_STEPS / race.steps)));
    const query = `${toQuery(alone(race, view.chosen))}&seeds=${seeds}`;
    if (query === this.#asked) return;
    this.#asked = query;
    this.#fetch({ query, lane: view.chosen, about: this.#about(view.chosen) });
  };

  #fetch = newest(async (/** @type {{query: string, lane: number, about: string}} */ { query, lane, about }) => {
    try {
      const reply = decodeEnsemble(await this.#api.ensemble(query, this.#closing.signal));
      this.#store.complain([], "seeds");
      this.#tell({ reply, lane, about });
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.#asked = "";
      this.#store.complain(sentences(error), "seeds");
    }
  });

  /** @param {Ensemble | null} next */
  #tell(next) {
    if (next === this.#known) return;
    this.#known = next;
    this.dispatchEvent(new Event("arrived"));
  }
}
