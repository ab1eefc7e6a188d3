/** What learning rates of a lane come to, tried in this browser: fewer than the server tries, and not judged. */

import { Crew } from "./crew.js";
import { givenOf, untilOf } from "./mapjob.js";
import { runRace } from "./racing.js";
import { Supplies } from "./supplies.js";
import { toQuery } from "../state/query.js";

/** @import {Sources} from "./conditions.js" */
/** @import {Told} from "./crew.js" */
/** @import {Race, RatesReply} from "../state/types.js" */

const OVER = ["lr", "x", "y"];
const RAMP = "range_test";
/** So many rates at least, and as many more as make no more steps in all. */
const FEWEST = 32;
const STEPS = 1_000_000;
const DIVERGED = -2;

export class OwnRates {
  #sources;
  #supplies;
  #crew = new Crew(2);

  /** @param {Sources} sources */
  constructor(sources) {
    this.#sources = sources;
    this.#supplies = new Supplies(sources);
  }

  /** Have at hand what it takes to try rates of a race of one lane. @param {Race} race */
  foresee(race) {
    const { kernels } = this.#sources;
    const { rule } = race.lanes[0];
    kernels.ofSchedule(RAMP);
    if (this.#supplies.of(race)) this.#crew.prepare(kernels.whereLane(rule, race.surface));
  }

  /**
   * Try rates of a race of one lane.
   *
   * @param {Race} race
   * @param {RatesReply} known  what the server has said of this rule on this surface
   * @returns {Promise<RatesReply | null>}  null where it cannot be done here, or not yet
   */
  async find(race, known) {
    const { rule } = race.lanes[0];
    const { kernels } = this.#sources;
    const ramp = rampOf(race, known.range);
    const [programs, growing] = [this.#supplies.of(race), this.#supplies.of(ramp)];
    if (!programs || !growing) return null;
    const starts = startsOf(race, known.nearby);
    const rate = someOf(known.rate, starts.length * race.steps);
    const table = Float64Array.from(rate.flatMap((lr) => starts.flatMap(([x, y]) => [lr, x, y])));
    const given = { ...givenOf(race, 0, programs), start: race.start, until: untilOf(race, 0, OVER) };
    const told = await this.#crew.run(kernels.whereLane(rule, race.surface), { ...given, over: OVER, table });
    if (!told) return null;
    const { surface, rules } = this.#supplies.about(ramp);
    const grown = runRace(ramp, growing, surface, rules);
    return {
      query: toQuery(race),
      own: true,
      suggested: null,
      good: null,
      blow_up: null,
      steepest: null,
      notes: [],
      range: known.range,
      places: programs.lanes[0].places,
      nearby: known.nearby,
      rate: Float32Array.from(rate),
      ...outcomes(told, starts.length, surface.minimum ?? 0),
      ramp: grown.excess.subarray(1),
    };
  }

  destroy = () => this.#crew.destroy();
}

/** The race of one lane that is its range test, as optviz/maps/finder.py has it. @param {Race} race @param {[number, number]} range @returns {Race} */
function rampOf(race, [low, high]) {
  const [own] = race.lanes;
  const changes = race.changes.flatMap(({ step, lane, values }) => {
    const { lr: _, ...rest } = values ?? {};
    return Object.keys(rest).length ? [{ step, lane, values: rest }] : [];
  });
  return { ...race, lanes: [{ ...own, values: { ...own.values, lr: 1 } }], schedule: { slug: RAMP, values: { low, high } }, changes };
}

/** The race's start, and those nearby. @param {Race} race @param {Float32Array} nearby  (n, 2) flattened, from it on */
function startsOf({ start: [x, y] }, nearby) {
  const others = Array.from({ length: nearby.length / 2 }, (_, k) => [x + nearby[2 * k], y + nearby[2 * k + 1]]);
  return [[x, y], ...others];
}

/** Some of the rates, the first and the last with them, with their three digits. @param {Float32Array} rate @param {number} work  steps for each */
function someOf(rate, work) {
  const count = Math.min(rate.length, Math.max(FEWEST, Math.floor(STEPS / work)));
  const at = (/** @type {number} */ k) => Math.round((k * (rate.length - 1)) / (count - 1));
  return Array.from({ length: count }, (_, k) => Number(rate[at(k)].toPrecision(3)));
}

/** What became of each rate: from the race's start, and from those nearby. @param {Told} told @param {number} starts @param {number} lowest */
function outcomes({ place, since, loss }, starts, lowest) {
  const count = place.length / starts;
  const above = (/** @type {number} */ cell, /** @type {number} */ lost) => (place[cell] === DIVERGED ? lost : loss[cell] - lowest);
  const first = (/** @type {(cell: number) => number} */ what) => Float32Array.from({ length: count }, (_, k) => what(k * starts));
  const around = new Float32Array(2 * count);
  const lost = new Float32Array(count);
  for (let k = 0; k < count; k += 1) {
    const cells = Array.from({ length: starts - 1 }, (_, near) => k * starts + 1 + near);
    const ends = Float32Array.from(cells, (cell) => above(cell, Infinity)).sort();
    // The quartiles as the server takes them: each is one of the ends.
    [0.25, 0.75].forEach((level, row) => (around[row * count + k] = ends[nearestEven(level * (ends.length - 1))]));
    lost[k] = cells.filter((cell) => place[cell] === DIVERGED).length / cells.length;
  }
  const [places, steps, excess] = [first((cell) => place[cell]), first((cell) => since[cell]), first((cell) => above(cell, NaN))];
  return { place: places, step: steps, excess, around, lost_around: lost };
}

/** The nearest whole number; of two the even one. @param {number} value */
function nearestEven(value) {
  const down = Math.floor(value);
  if (value - down === 0.5) return down + (down % 2);
  return Math.round(value);
}
