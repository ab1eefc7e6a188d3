/** A lane under many seeds of its noise, run in this browser: fewer than the server runs, for who drags. */

import { runRace } from "./racing.js";
import { Supplies } from "./supplies.js";

/** @import {Sources} from "./conditions.js" */
/** @import {EnsembleReply, Race, Result} from "../state/types.js" */

/** So many seeds: of these every level below is exact. Longer races would not be done within a frame. */
const SEEDS = 20;
const MOST = 2000;
/** As optviz/ensemble.py has them. */
const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];

export class OwnSeeds {
  #sources;
  #supplies;

  /** @param {Sources} sources */
  constructor(sources) {
    this.#sources = sources;
    this.#supplies = new Supplies(sources);
  }

  /** Fetch what it takes to run a race of one lane. @param {Race} race */
  foresee(race) {
    this.#partsOf(race);
  }

  /** @param {Race} race */
  #partsOf(race) {
    if (race.steps > MOST) return null;
    const programs = this.#supplies.of(race);
    const rows = this.#sources.draws.ofMany(race.seed, SEEDS, race.steps, MOST);
    return programs && rows ? { programs, rows } : null;
  }

  /**
   * Run a race of one lane under the first of its seeds.
   *
   * @param {Race} race
   * @returns {EnsembleReply | null}  null where it cannot be run here, or not yet: then what is missing is fetched
   */
  run(race) {
    const parts = this.#partsOf(race);
    if (!parts) return null;
    const { programs, rows } = parts;
    const { surface, rules } = this.#supplies.about(race);
    const results = rows.map((draws) => runRace(race, { ...programs, draws }, surface, rules));
    return replyOf(results, programs.lanes[0].near);
  }
}

/** @param {Result[]} results  of one lane, a seed each @param {number} near  how near to a minimum is there @returns {EnsembleReply} */
function replyOf(results, near) {
  const { query, steps } = results[0];
  const count = results.length;
  const lost = results.map(({ lanes: [{ status }] }) => (status.state === "diverged" ? status.step ?? 0 : steps + 1));
  const end = new Float32Array(2 * count);
  results.forEach(({ theta }, seed) => end.set(lost[seed] > steps ? theta.subarray(2 * steps) : [NaN, NaN], 2 * seed));
  const excess = new Float32Array(LEVELS.length * (steps + 1));
  const row = new Float32Array(count);
  for (let k = 0; k <= steps; k += 1) {
    results.forEach((result, seed) => (row[seed] = k >= lost[seed] ? Infinity : result.excess[k]));
    row.sort();
    LEVELS.forEach((level, at) => (excess[at * (steps + 1) + k] = row[Math.ceil(level * count) - 1]));
  }
  const share = (/** @type {(result: Result) => boolean} */ which) => results.filter(which).length / count;
  const ended = (/** @type {string} */ state) => share(({ lanes: [{ status }] }) => status.state === state);
  return {
    query,
    seeds: count,
    quantiles: LEVELS,
    shares: { converged: ended("converged"), running: ended("running"), diverged: ended("diverged") },
    lowest: share(({ lanes: [{ status, distance }] }) => status.state === "converged" && distance !== null && distance <= near),
    steps,
    end,
    excess,
  };
}
