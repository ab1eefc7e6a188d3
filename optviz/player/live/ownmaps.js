/** Maps that this browser makes: by its graphics, else by workers; what neither can do the server is asked for. */

import { faultOf } from "../base/faults.js";
import { listen } from "../base/listening.js";
import { suppliesOf } from "./conditions.js";
import { Crew } from "./crew.js";
import { Graphics } from "./graphics.js";
import { cellsOf, changing, jobOf, replyOf, sidesOf, tableOf, toldApart } from "./mapjob.js";

/** @import {Sources} from "./conditions.js" */
/** @import {MapJob} from "./mapjob.js" */
/** @import {Wish} from "../server/mapquery.js" */
/** @import {CellsProgram, MapReply, Race} from "../state/types.js" */

/** Cells along a side, each with about half as many cells again as the one before. */
const SIDES = [24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512];
/** A map that takes longer, in ms, is the last of its size; one much faster asks for so many times as many cells. */
const SLOW = 33;
const FAST = 10;
const GROWTH = 1.7;
/** Steps of all cells that are begun with, by graphics and by workers. */
const DRAWN = 64 * 64 * 300;
const RUN = 32 * 32 * 300;

export class OwnMaps {
  #sources;
  #broken = false;
  #graphics = new Graphics();
  #crew = new Crew(4);
  #drawing = new Size(DRAWN);
  #running = new Size(RUN);

  /** @param {Sources} sources */
  constructor(sources) {
    this.#sources = sources;
  }

  /** Fetch what a map of a lane needs, and make it ready. @param {Race} race @param {number} lane @param {Wish} wish */
  foresee(race, lane, wish) {
    const { kernels } = this.#sources;
    suppliesOf(race, this.#sources);
    const { rule } = race.lanes[lane];
    if (!this.#graphics.works) {
      if (kernels.ofLane(rule, race.surface)) this.#crew.prepare(kernels.whereLane(rule, race.surface));
      return;
    }
    const cells = this.#cellsOf(race, lane, wish);
    if (cells) this.#graphics.ready(cells);
  }

  /** Listen for what has come of what was foreseen. @param {() => void} listener */
  whenMore(listener) {
    return listen(this.#sources.kernels, "arrived", listener);
  }

  /**
   * Make a map of as many cells as take no longer than a frame.
   *
   * @param {Race} race
   * @param {number} lane
   * @param {Wish} wish
   * @param {{patient: boolean}} how  whether the server may be asked instead: then no worker is
   * @returns {Promise<MapReply | null>}  null if this browser cannot do it, or not yet
   */
  async map(race, lane, wish, how) {
    if (this.#broken) return null;
    try {
      return await this.#map(race, lane, wish, how);
    } catch (error) {
      // The server can do what this browser cannot.
      faultOf(error);
      this.#broken = true;
      return null;
    }
  }

  /** @param {Race} race @param {number} lane @param {Wish} wish @param {{patient: boolean}} how */
  async #map(race, lane, wish, { patient }) {
    const supplies = suppliesOf(race, this.#sources);
    if (!supplies) return null;
    const job = jobOf(this.#sources.store, lane, race, wish, supplies);
    const cells = this.#cellsOf(race, lane, wish);
    const sides = sidesOf(job, this.#drawing.side(race.steps));
    const drawn = cells && toldApart(sides) && this.#graphics.ready(cells) ? await this.#drawn(cells, job, sides) : null;
    return drawn || patient ? drawn : this.#run(job);
  }

  destroy = () => {
    this.#graphics.destroy();
    this.#crew.destroy();
  };

  /** The program of a map, unless it cannot be made here. @param {Race} race @param {number} lane @param {Wish} wish */
  #cellsOf(race, lane, { over }) {
    const along = changing(race, lane);
    if (!this.#graphics.works || over.some((name) => along.includes(name))) return null;
    const cells = this.#sources.kernels.ofCells(race.lanes[lane].rule, race.surface, over, along);
    return cells && this.#graphics.fails(cells) ? null : cells;
  }

  /** @param {CellsProgram} cells @param {MapJob} job @param {[Float64Array, Float64Array]} sides */
  async #drawn(cells, job, sides) {
    const { given, race } = job;
    const begun = performance.now();
    const drawn = { steps: given.steps, late: cells.late(given.steps), start: race.start, sides, constants: cells.constants(given), along: cells.along(given) };
    const done = await this.#graphics.draw(cells, drawn);
    if (!done) return null;
    const { ends, ...became } = cellsOf(done.words, cells);
    const losses = () => cells.losses(ends, race.shape);
    const kernel = this.#sources.kernels.ofLane(race.lanes[job.lane].rule, race.surface);
    this.#drawing.took(cells.source, became.place.length * given.steps, { least: done.least, most: performance.now() - begun });
    return replyOf(job, became, { places: cells.places, losses, precision: "float32", kernel });
  }

  /** @param {MapJob} job */
  async #run(job) {
    const { race, lane } = job;
    const { rule } = race.lanes[lane];
    const { kernels } = this.#sources;
    const kernel = kernels.ofLane(rule, race.surface);
    if (!kernel) return null;
    const begun = performance.now();
    const { over, given, until } = job;
    const table = tableOf(sidesOf(job, this.#running.side(race.steps)));
    const told = await this.#crew.run(kernels.whereLane(rule, race.surface), { ...given, start: race.start, over, until, table });
    if (!told) return null;
    const took = performance.now() - begun;
    this.#running.took(rule, told.place.length * race.steps, { least: took, most: took });
    const cells = { place: Float32Array.from(told.place), step: Float32Array.from(told.since) };
    return replyOf(job, cells, { places: kernel.places, losses: () => told.loss, precision: "float64", kernel });
  }
}

/** How many cells a map has that follows a thumb: as many as are made within a frame or two. */
class Size {
  /** Steps of all cells of a map that takes so long. */
  #work;
  /** What was made last: the first of its kind takes longer, and says nothing. */
  #kind = "";

  /** @param {number} work */
  constructor(work) {
    this.#work = work;
  }

  /** Cells along a side. @param {number} steps */
  side(steps) {
    return Math.max(SIDES[0], ...SIDES.filter((side) => side * side * steps <= this.#work));
  }

  /** Hear how long a map of so much work took, in ms. @param {string} kind @param {number} work @param {{least: number, most: number}} time */
  took(kind, work, { least, most }) {
    if (kind !== this.#kind) this.#kind = kind;
    else if (least > SLOW) this.#work = (work * SLOW) / least;
    else if (most < FAST) this.#work = Math.max(this.#work, GROWTH * work);
  }
}
