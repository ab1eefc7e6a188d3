/** Going through the lines of the chosen rule one at a time, and on from step to step. */

import { laneResult } from "../state/results.js";

/** @import {Inspections} from "../server/inspections.js" */
/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

/** Emits `line` after the current line has changed. */
export class Substeps extends EventTarget {
  #line = -1;
  /** Which lane the line is of: another rule has other lines. */
  #owner = "";

  /** @param {Store} store @param {Inspections} inspections */
  constructor(store, inspections) {
    super();
    this.store = store;
    this.inspections = inspections;
  }

  /** The current line, from 0; -1 while the whole step is looked at. */
  get line() {
    return this.open && this.#owner === this.#lane ? this.#line : -1;
  }

  /** Whether the lines are shown. */
  get open() {
    return this.store.view.show.includes("numbers");
  }

  /** The step that the lines lead on from. */
  get step() {
    return Math.floor(this.store.step);
  }

  /** The step whose values are shown: the one that leads on or, where there is none, the last. */
  get shown() {
    return Math.min(this.step, this.end - 1);
  }

  /** How many lines the chosen rule has; before they have come, as many as the catalogue prints. */
  get count() {
    const { lines } = this.store.rule(this.store.lane(this.store.view.chosen).rule);
    return this.inspections.of()?.seen.lines.length ?? Object.values(lines)[0].length;
  }

  /** Whether a step leads on from step `k`: not from the end, nor once the lane has diverged. */
  leads(k = this.step) {
    return k < this.end;
  }

  /** @param {number} line  -1 for the whole step */
  choose(line) {
    this.#owner = this.#lane;
    this.#line = line;
    this.dispatchEvent(new Event("line"));
  }

  /** Go to the next line; after the last comes the first of the next step. */
  forward() {
    if (!this.open || !this.count || !this.leads()) return;
    if (this.line + 1 < this.count) this.#go(this.step, this.line + 1);
    else this.#go(this.step + 1, this.leads(this.step + 1) ? 0 : -1);
  }

  /** Go to the line before; before the first comes the last of the step before. */
  back() {
    if (!this.open || !this.count) return;
    if (this.line > 0) this.#go(this.step, this.line - 1);
    else if (this.step > 0) this.#go(this.step - 1, this.leads(this.step - 1) ? this.count - 1 : -1);
    else this.choose(-1);
  }

  /** @param {number} step @param {number} line */
  #go(step, line) {
    this.store.play(false);
    this.store.seek(step);
    this.choose(line);
  }

  /** The step from which none leads on. */
  get end() {
    const status = laneResult(this.store, this.store.view.chosen)?.status;
    const { steps } = this.store.race;
    return status?.state === "diverged" ? Math.min(status.step ?? steps, steps) : steps;
  }

  get #lane() {
    const { chosen } = this.store.view;
    return `${chosen} ${this.store.lane(chosen).rule}`;
  }
}

/** @param {Substeps} substeps @param {Keys} keys */
export function lineKeys(substeps, keys) {
  keys.add("Look closer", {
    keys: [",", "."],
    does: "One line back, on",
    act: ({ key }) => (key === "," ? substeps.back() : substeps.forward()),
    repeats: true,
  });
}
