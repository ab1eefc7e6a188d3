/** The single source of truth in the browser: the race, the view, the result, the play-head. */

import { toQuery } from "./query.js";

/** @import {Catalogue, Lane, Race, Result, View} from "./types.js" */

/** @typedef {(change: {query: string, view: View}) => void} OnCommit */

/**
 * Events, each dispatched after the store has changed:
 * `race` (detail `{commit}`), `view`, `result`, `step`, `playing`, `waiting`, `problems`.
 */
export class Store extends EventTarget {
  /** @type {Result | null} */
  result = null;
  /** The play-head, between 0 and the number of steps; fractions lie between two steps. */
  step = 0;
  playing = false;
  /** Whether a value is being dragged: what is drawn now is looked at for a moment only. */
  held = false;
  /** Whether a result is long in coming. */
  waiting = false;
  /** @type {Map<string, string[]>} Sentences about what went wrong, by who noticed. */
  #problems = new Map();
  /** @type {string[]} States told to the host that it has not yet told back. */
  #told = [];
  /** The last state that the host is known to hold. */
  #agreed = "";
  /** @type {OnCommit} */
  #onCommit;

  /**
   * @param {{catalogue: Catalogue, race: Race, view: View, onCommit?: OnCommit}} options
   */
  constructor({ catalogue, race, view, onCommit = () => {} }) {
    super();
    this.catalogue = catalogue;
    this.race = race;
    this.view = view;
    this.#onCommit = onCommit;
    this.#agreed = key(race, view);
  }

  /**
   * Replace the race by `edit(race)`, which must not alter its argument.
   * A change that is not committed (a drag still going on) stays within the browser.
   *
   * @param {(race: Race) => Race} edit
   * @param {{commit?: boolean, tell?: boolean}} [options]  `tell` false: the host knows it already
   */
  change(edit, { commit = true, tell = commit } = {}) {
    const atEnd = this.step > 0 && this.step === this.race.steps;
    this.race = edit(this.race);
    this.held = !commit;
    this.#emit("race", { commit });
    this.seek(atEnd ? this.race.steps : this.step);
    if (tell) this.#tell();
  }

  /**
   * Change how the race is looked at: notation, chosen lane, linked sliders, hidden lanes.
   *
   * @param {Partial<View>} patch
   */
  look(patch) {
    this.view = { ...this.view, ...patch };
    this.#emit("view");
    this.#tell();
  }

  /**
   * Take over what the host says; saying the same again, or what it was told, changes nothing.
   *
   * @param {Race} race
   * @param {View} view
   */
  sync(race, view) {
    const said = key(race, view);
    const echo = this.#told.indexOf(said);
    this.#told.splice(0, echo + 1);
    const news = echo < 0 && said !== this.#agreed;
    this.#agreed = said;
    if (!news) return;
    this.#told = [];
    this.view = view;
    this.change(() => race, { tell: false });
    this.#emit("view");
  }

  /** @param {Result} result */
  show(result) {
    this.result = result;
    this.#emit("result");
  }

  /** @param {number} step  play-head; what lies outside the race is brought to its end */
  seek(step) {
    const held = Math.min(Math.max(step, 0), this.race.steps);
    if (held === this.step) return;
    this.step = held;
    this.#emit("step");
  }

  /** @param {boolean} playing */
  play(playing) {
    if (playing === this.playing) return;
    this.playing = playing;
    this.#emit("playing");
  }

  /** @param {boolean} waiting */
  wait(waiting) {
    if (waiting === this.waiting) return;
    this.waiting = waiting;
    this.#emit("waiting");
  }

  /** Sentences about what is wrong now. */
  get problems() {
    return [...this.#problems.values()].flat();
  }

  /**
   * @param {string[]} problems  sentences; none takes the former ones of the same source away
   * @param {string} [source]  who noticed
   */
  complain(problems, source = "server") {
    if (problems.join("\n") === (this.#problems.get(source) ?? []).join("\n")) return;
    this.#problems.set(source, problems);
    this.#emit("problems");
  }

  /**
   * Add a lane with the values that suit the present surface, and choose it.
   *
   * @param {string} slug  of the rule
   */
  addLane(slug) {
    const lane = { rule: slug, label: this.#freeLabel(slug), values: this.suggested(slug) };
    this.view = { ...this.view, chosen: this.race.lanes.length };
    this.change((race) => ({ ...race, lanes: [...race.lanes, lane] }));
    this.#emit("view");
  }

  /**
   * Remove lane `index`; the chosen and the hidden lanes stay the same lanes.
   *
   * @param {number} index
   */
  removeLane(index) {
    const { chosen, hidden } = this.view;
    const lanes = this.race.lanes.filter((_, i) => i !== index);
    const moved = chosen > index ? chosen - 1 : chosen;
    this.view = {
      ...this.view,
      chosen: Math.max(0, Math.min(moved, lanes.length - 1)),
      hidden: hidden.filter((i) => i !== index).map((i) => (i > index ? i - 1 : i)),
    };
    this.change((race) => ({ ...race, lanes }));
    this.#emit("view");
  }

  /** @param {string} slug */
  rule(slug) {
    return entry(this.catalogue.rules, slug);
  }

  /** The catalogue's entry of the present surface. */
  surface() {
    return entry(this.catalogue.surfaces, this.race.surface);
  }

  /**
   * @param {number} index
   * @returns {Lane}
   */
  lane(index) {
    return this.race.lanes[index];
  }

  /**
   * Return the values that a new lane of this rule starts with on the present surface.
   *
   * @param {string} slug
   * @returns {Record<string, number>}
   */
  suggested(slug) {
    const defaults = this.rule(slug).hyperparameters.map((h) => [h.name, h.default]);
    return { ...Object.fromEntries(defaults), ...this.surface().suggested?.[slug] };
  }

  /** @param {string} slug */
  #freeLabel(slug) {
    const { name } = this.rule(slug);
    const taken = new Set(this.race.lanes.map((lane) => lane.label));
    let label = name;
    for (let i = 2; taken.has(label); i += 1) label = `${name} ${i}`;
    return label;
  }

  #tell() {
    const said = key(this.race, this.view);
    if (said === (this.#told.at(-1) ?? this.#agreed)) return;
    this.#told.push(said);
    this.#onCommit({ query: toQuery(this.race), view: this.view });
  }

  /**
   * @param {string} type
   * @param {unknown} [detail]
   */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * @template {{slug: string}} Entry
 * @param {Entry[]} entries
 * @param {string} slug
 * @returns {Entry}
 */
function entry(entries, slug) {
  const found = entries.find((candidate) => candidate.slug === slug);
  if (!found) throw new Error(`The catalogue has no entry called ${slug}.`);
  return found;
}

/**
 * @param {Race} race
 * @param {View} view
 */
function key(race, view) {
  return `${toQuery(race)} ${view.notation} ${view.chosen} ${view.linked} ${view.hidden.join()}`;
}
