/** The single source of truth in the browser: the race, the view, the result, the play-head. */

import { HeadStore } from "./headstore.js";
import { laneAdded, laneRemoved } from "./laneedits.js";
import { looksOf } from "./looks.js";
import { isKept, refusal } from "./only.js";
import { movedTo } from "./moving.js";
import { toQuery } from "./query.js";
import { Steps } from "./steps.js";

/** @import {Catalogue, Lane, Race, Result, SurfaceEntry, View} from "./types.js" */

/** @typedef {{race: Race, view: View}} State */
/** @typedef {{query: string, view: View}} Link */
/** @typedef {(change: Link) => void} OnCommit */

const PANELS_PERIOD = 120;

/**
 * Events, each dispatched after the store has changed:
 * `race` (detail `{commit}`), `ahead` (detail: a race), `panels`, `view`, `result`, `step`, `playing`, `manner`, `locked`, `waiting`, `problems`,
 * `steps` (of undoing), `digits` (somebody needs positions to more digits than a float32 has).
 *
 * `panels` asks what stands beside the picture to show the present race and result. It follows them at
 * once, but while a value is held only a few times a second: then the frames are short enough for the
 * paths to follow the thumb, and numbers that change more often cannot be read.
 *
 * @extends {HeadStore<State, Link>}
 */
export class Store extends HeadStore {
  /** @type {Result | null} */
  result = null;
  /** The step from which on controls change the run; null while they change the whole of it. @type {number | null} */
  pinned = null;
  /** Whether a value is being dragged: what is drawn now is looked at for a moment only. */
  held = false;
  /** Whether a result is long in coming. */
  waiting = false;
  /** Whether somebody has locked the start. */
  locked = false;
  /** The race as it was before the drag that goes on, if one does. @type {Race | null} */
  #before = null;
  /** @type {Set<string>} Who needs positions to all their digits. */
  #precise = new Set();
  /** Timer of the next look of the panels, 0 if none is due. */
  #panelsDue = 0;
  /** The way back, and forward again. @type {Steps<State>} */
  steps;
  /** @param {{catalogue: Catalogue, race: Race, view: View, alone?: boolean, onCommit?: OnCommit}} options */
  constructor({ catalogue, race, view, alone = false, onCommit = () => {} }) {
    super({ catalogue, about: { race, view }, textOf: stateText, linkOf, onCommit });
    this.view = view;
    /** Whether there is no server: what needs one is not offered. */
    this.alone = alone;
    this.steps = new Steps({ race, view }, stateText({ race, view }));
  }

  /**
   * Replace the race by `edit(race)`, which must not alter its argument.
   * A change that is not committed (a drag still going on) stays within the browser. What the link
   * does not leave to its reader is refused, unless it is `entered`.
   *
   * @param {(race: Race) => Race} edit
   * @param {{commit?: boolean, tell?: boolean, entered?: boolean}} [options]  `tell` false: the host knows it already
   */
  change(edit, { commit = true, tell = commit, entered = !tell && commit } = {}) {
    const next = edit(this.race);
    if (!entered && this.#refuses(next)) return;
    const atEnd = this.step > 0 && this.step === this.race.steps;
    this.#before = commit ? null : (this.#before ?? this.race);
    this.race = next;
    this.held = !commit;
    this.emit("race", { commit });
    if (commit) this.#renewPanels();
    this.seek(atEnd ? this.race.steps : this.step);
    if (tell) this.#say();
  }

  /** Take back what the drag that goes on has changed: it was broken off. */
  restore() {
    const before = this.#before;
    this.change((race) => before ?? race);
  }

  /**
   * Say which race will follow, if all goes on as it seems, so that it can be asked for already.
   *
   * @param {(race: Race) => Race} edit
   */
  foresee(edit) {
    this.emit("ahead", edit(this.race));
  }

  /** Change how the race is looked at. @param {Partial<View>} patch */
  look(patch) {
    this.view = { ...this.view, ...patch };
    this.emit("view");
    this.#say();
  }

  /**
   * Take over what the host says; saying the same again, or what it was told, changes nothing.
   *
   * @param {State & {current?: boolean}} state  whether the host knows all that it was told
   */
  sync({ race, view, current }) {
    if (!this.hear({ race, view }, current)) return;
    this.view = view;
    this.change(() => race, { tell: false });
    this.#note();
    this.emit("view");
  }

  /** Go a change back, or forward again. @param {-1 | 1} way @returns {boolean}  whether there was one */
  undo(way) {
    const state = this.steps.go(way);
    if (state) this.#become(state);
    return state !== null;
  }

  /** Whether the start stays where it is, whatever is touched. */
  get fixed() {
    return this.locked || isKept(this.view, "start");
  }

  /** @param {Result} result */
  show(result) {
    this.result = result;
    this.emit("result");
    if (this.held) this.#panelsDue ||= window.setTimeout(() => this.#renewPanels(), PANELS_PERIOD);
    else this.#renewPanels();
  }

  /** Keep the start where it is, or let it be moved again. @param {boolean} locked */
  lock(locked) {
    this.locked = locked;
    this.emit("locked");
  }

  /** Whether the positions of a race are to have all their digits. */
  get precise() {
    return this.#precise.size > 0;
  }

  /**
   * @param {string} who
   * @param {boolean} needs  whether what it shows would be wrong by the rounding to float32
   */
  needDigits(who, needs) {
    const before = this.precise;
    if (needs) this.#precise.add(who);
    else this.#precise.delete(who);
    if (this.precise && !before) this.emit("digits");
  }

  /** @param {boolean} waiting */
  wait(waiting) {
    if (waiting === this.waiting) return;
    this.waiting = waiting;
    this.emit("waiting");
  }

  /**
   * Add a lane with the values that suit the present surface, and choose it.
   *
   * @param {string} slug  of the rule
   * @param {Record<string, number>} [values]  other ones
   */
  addLane(slug, values = {}) {
    const lane = { rule: slug, label: this.rule(slug).name, values: { ...this.suggested(slug), ...values } };
    this.#turnInto(laneAdded(this, lane));
  }

  /** Move to another surface. @param {string} slug */
  moveTo(slug) {
    this.#turnInto({ race: movedTo(this, slug), view: this.view });
  }

  /** Become what a link means; `entered` tells of it beforehand. @param {State} state */
  enter({ race, view }) {
    this.emit("entered", race);
    this.#become({ race, view });
  }

  /** @param {number} index */
  removeLane(index) {
    this.#turnInto(laneRemoved(this, index));
  }

  /** Let controls change the run from a step on, or the whole of it again. @param {number | null} step */
  pin(step) {
    this.play(false);
    this.pinned = step;
    this.#renewPanels();
  }

  /** What a lane looks like. @param {number} index @param {Race} [race]  by default the present one */
  lookOf(index, race = this.race) {
    return looksOf(race, this)[index];
  }

  /** The catalogue's entry of the present surface. */
  surface() {
    return this.surfaceCalled(this.race.surface);
  }

  /** @param {number} index @returns {Lane} */
  lane(index) {
    return this.race.lanes[index];
  }

  /**
   * Return the values that a new lane of this rule starts with on a surface.
   *
   * @param {string} slug
   * @param {SurfaceEntry} [surface]  by default the present one
   * @returns {Record<string, number>}
   */
  suggested(slug, surface = this.surface()) {
    const defaults = this.rule(slug).hyperparameters.map((h) => [h.name, h.default]);
    return { ...Object.fromEntries(defaults), ...surface.suggested?.[slug] };
  }

  /** Become a state that the link may not leave to its reader. @param {State} state */
  #turnInto(state) {
    if (!this.#refuses(state.race)) this.#become(state);
  }

  /** Say why the race may not become another one, if so, until it becomes one. @param {Race} race */
  #refuses(race) {
    if (race === this.race) return false;
    const why = refusal(this.view, this.race, race);
    this.complain(why ? [why] : [], "only");
    return why !== "";
  }

  /** @param {State} state */
  #become({ race, view }) {
    this.view = view;
    this.change(() => race, { entered: true });
    this.emit("view");
  }

  #say() {
    this.#note();
    this.tell(this);
  }

  #note() {
    const { race, view } = this;
    this.steps.note({ race, view }, stateText(this));
    this.emit("steps");
  }

  #renewPanels() {
    clearTimeout(this.#panelsDue);
    this.#panelsDue = 0;
    this.emit("panels");
  }
}

/** @param {State} state @returns {Link} */
function linkOf({ race, view }) {
  return { query: toQuery(race), view };
}

/** @param {State} state */
function stateText({ race, view }) {
  // A page has a view of its own: whatever it says belongs to it.
  return JSON.stringify([toQuery(race), Object.entries(view).sort()]);
}
