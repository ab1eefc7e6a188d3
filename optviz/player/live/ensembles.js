/** Keeps the chosen lane under many seeds of the noise up to date with the race, while that is shown. */

import { follow, listen, together } from "../base/listening.js";
import { Asking } from "../server/asking.js";
import { decodeEnsemble, Refused } from "../server/client.js";
import { aboutOf } from "./liverates.js";
import { OwnSeeds } from "./ownseeds.js";
import { alone } from "../state/laneedits.js";
import { toQuery } from "../state/query.js";

/** @import {Sources} from "./conditions.js" */
/** @import {Api, EnsembleReply} from "../state/types.js" */

/**
 * @typedef {object} Ensemble  What came, and whose it is.
 * @property {EnsembleReply} reply
 * @property {number} lane
 * @property {string} about  of which surface and rule
 */

/** Seeds that follow a thumb where the server runs them, and at rest; fewer where the race has many steps. */
const COARSE = 64;
const FINE = 256;
const MAX_SEED_STEPS = 512000;

/** What is older than the race for so long, in ms, is marked as of before. */
const PATIENCE = 250;

/** The event `arrived` tells that there is another ensemble, or none any more, or that it is late. */
export class Seeds extends EventTarget {
  #store;
  #own;
  #asking;
  /** @type {Ensemble | null} */
  #known = null;
  /** The query of what came last. */
  #came = "";
  /** Whether what is known has been that of another race for long, and the timer after which it is. */
  late = false;
  #waits = 0;

  /** @param {Sources} sources @param {Api} api */
  constructor(sources, api) {
    super();
    const { store, kernels } = sources;
    this.#store = store;
    this.#own = new OwnSeeds(sources);
    this.#asking = new Asking({
      wanted: () => this.#missing(),
      ask: async ({ query, race, lane, about }, signal) => {
        const here = () => this.#own.run(race);
        if (store.held) return here() ?? decodeEnsemble(await api.ensemble(query, signal));
        try {
          return decodeEnsemble(await api.ensemble(query, signal));
        } catch (error) {
          // Fewer seeds are better than none; all of them are asked for again.
          const fewer = error instanceof Refused ? null : here();
          if (fewer) this.#tell({ reply: fewer, lane, about });
          throw error;
        }
      },
      take: (reply, { query, lane, about }) => {
        this.#came = query;
        this.#inTime();
        this.#tell({ reply, lane, about });
        this.#watch();
        this.#foresee();
      },
      complain: (problems) => store.complain(problems, "seeds"),
    });
    this.destroy = together(follow(store, ["race", "view"], this.#look), listen(kernels, "arrived", this.#foresee), this.#asking.destroy, () => this.#inTime());
  }

  /** The last ensemble that came, if it is one of the chosen lane on this surface: it may be a little older than the race. */
  current() {
    const known = this.#known;
    const { chosen } = this.#store.view;
    const same = known?.lane === chosen && known.about === aboutOf(this.#store);
    return same && this.#wanted() ? known : null;
  }

  #wanted() {
    const { race, view } = this.#store;
    return view.show.includes("seeds") && race.noise > 0 && !view.hidden.includes(view.chosen);
  }

  #look = () => {
    if (!this.#wanted()) {
      this.#came = "";
      this.#inTime();
      this.#tell(null);
    }
    this.#watch();
    this.#asking.look();
  };

  #watch() {
    if (this.#missing().length > 0) this.#waits ||= window.setTimeout(this.#tellLate, PATIENCE);
  }

  #tellLate = () => {
    this.late = this.#missing().length > 0;
    this.#waits = 0;
    if (this.late && this.#known) this.dispatchEvent(new Event("arrived"));
  };

  #inTime() {
    this.late = false;
    clearTimeout(this.#waits);
    this.#waits = 0;
  }

  /** Fetch what is needed once something is dragged. */
  #foresee = () => {
    const { race, view, held } = this.#store;
    if (this.#wanted() && !held) this.#own.foresee(alone(race, view.chosen));
  };

  #missing() {
    const { view, held } = this.#store;
    if (!this.#wanted()) return [];
    const race = alone(this.#store.race, view.chosen);
    const seeds = Math.max(1, Math.min(held ? COARSE : FINE, Math.floor(MAX_SEED_STEPS / race.steps)));
    const query = `${toQuery(race)}&seeds=${seeds}`;
    return query === this.#came ? [] : [{ query, race, lane: view.chosen, about: aboutOf(this.#store) }];
  }

  /** @param {Ensemble | null} next */
  #tell(next) {
    if (next === this.#known) return;
    this.#known = next;
    this.dispatchEvent(new Event("arrived"));
  }
}
