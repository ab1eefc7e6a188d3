/** What a race runs on, as far as it is here: the programs of its lanes and schedules, the draws of its noise. */

import { slugsOf, suppliesOf } from "./conditions.js";

/** @import {Sources} from "./conditions.js" */
/** @import {RaceJob} from "./racejob.js" */
/** @import {Programs} from "./racing.js" */
/** @import {LaneKernel, Race} from "../state/types.js" */

export class Supplies {
  #sources;

  /** @param {Sources} sources */
  constructor(sources) {
    this.#sources = sources;
  }

  /** All that a race runs on, or null while some of it is missing: then it is fetched. @param {Race} race @returns {Programs | null} */
  of(race) {
    const lanes = race.lanes.map(({ rule }) => this.#sources.kernels.ofLane(rule, race.surface));
    const shared = suppliesOf(race, this.#sources);
    if (!shared || lanes.includes(null)) return null;
    return { ...shared, lanes: /** @type {LaneKernel[]} */ (lanes) };
  }

  /** What the catalogue says of a race that its run needs. @param {Race} race */
  about({ surface, lanes }) {
    const { store } = this.#sources;
    const { minima, minimum, x, y, endless, saddle_height } = store.surfaceCalled(surface);
    const rules = lanes.map(({ rule }) => ({ hyperparameters: store.rule(rule).hyperparameters }));
    return { surface: { minima, minimum, x, y, endless, saddle_height }, rules };
  }

  /** A race of which all is here, for a worker. @param {Race} race @returns {RaceJob} */
  job(race) {
    const { kernels } = this.#sources;
    const lanes = race.lanes.map(({ rule }) => kernels.whereLane(rule, race.surface));
    const schedules = Object.fromEntries(slugsOf(race).map((slug) => [slug, kernels.whereSchedule(slug)]));
    const draws = suppliesOf(race, this.#sources)?.draws ?? null;
    return { race, lanes, schedules, draws, ...this.about(race) };
  }
}
