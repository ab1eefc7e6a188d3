/** What lanes computed line by line, for whoever needs it: computed here, or fetched once per race and lane. */

import { listen, together } from "../base/listening.js";
import { Asking } from "./asking.js";
import { decodeInspection } from "./client.js";
import { laneResult } from "../state/results.js";

/** @import {Api, Inspection, Result, Store} from "../state/types.js" */

/** @typedef {{result: Result, lane: number, seen: Inspection}} Inspected  A lane and the run it belongs to. */

/**
 * @typedef {object} Here  Who can inspect what ran in this browser.
 * @property {(result: Result, lane: number) => Inspection | null} of  null if it cannot, or not yet
 * @property {(result: Result, lane: number) => boolean} soon  whether that may change with the next event
 * @property {EventTarget} changes  emits `arrived` when more can be inspected, `missed` when it cannot after all
 */

/**
 * @typedef {object} User
 * @property {() => number[]} lanes  the lanes that are needed now; none while nothing is shown
 * @property {() => void} arrived  called when one of them has come
 */

/** So many that were fetched are kept: going back to a lane asks for nothing. */
const KEPT = 16;
const MISSING = "The server does not answer. The numbers of the steps are asked for again every few seconds.";

export class Inspections {
  /** @type {Map<string, Inspected>} by race and lane, the oldest first */
  #kept = new Map();
  /** @type {Map<number, Inspected>} the last to come of each lane */
  #last = new Map();
  /** Those that were computed here, while the result stands. @type {WeakMap<Result, Map<number, Inspected>>} */
  #computed = new WeakMap();
  /** @type {Set<User>} */
  #users = new Set();
  #here;
  #asking;
  /** The lane that may be chosen next, if any. */
  #next = -1;

  /** @param {Store} store @param {Api} api @param {Here} here */
  constructor(store, api, here) {
    this.store = store;
    this.#here = here;
    this.#asking = new Asking({
      wanted: () => this.#missing(),
      ask: ({ query }, signal) => api.inspection(query, signal),
      take: (reply, { result, lane }) => this.#keep({ result, lane, seen: decodeInspection(reply) }),
      complain: (problems) => store.complain(problems, "inspection"),
      silent: MISSING,
    });
    const deaf = listen(store, ["result", "view"], this.#asking.look);
    const changed = listen(here.changes, ["arrived", "missed"], () => {
      this.#tell((lane) => store.result !== null && this.#own(store.result, lane) !== null);
      this.#asking.look();
    });
    this.destroy = together(deaf, changed, this.#asking.destroy, () => this.#users.clear());
  }

  /**
   * Fetch what `lanes` names, now and after every change of the race and the view.
   *
   * @param {User} user
   * @returns {() => void}  ends it
   */
  use(user) {
    this.#users.add(user);
    this.#asking.look();
    return () => this.#users.delete(user);
  }

  /**
   * Return the inspection of a lane; while the one of the present result is on its way, that of the
   * result before it. Nothing while the lane is another one, or none has come.
   *
   * @param {number} [lane]  by default the chosen one
   * @returns {Inspected | null}
   */
  of(lane = this.store.view.chosen) {
    const { result, race } = this.store;
    if (!result || !laneResult(this.store, lane)) return null;
    const found = this.#own(result, lane) ?? this.#kept.get(key(result, lane)) ?? this.#last.get(lane);
    const same = found?.result.race.lanes[lane].rule === race.lanes[lane].rule;
    return found && same && found.result.race.surface === race.surface ? found : null;
  }

  /** While lanes are inspected, fetch another one ahead: it is about to be chosen. @param {number} lane */
  foresee(lane) {
    if (this.store.held || lane === this.#next) return;
    this.#next = lane;
    this.#asking.look();
  }

  /** Whether an inspection belongs to the present result. @param {{result: Result} | null} found */
  fresh(found) {
    return found !== null && found.result.query === this.store.result?.query;
  }

  /** What can be computed here is, when it is first looked for. @param {Result} result @param {number} lane @returns {Inspected | null} */
  #own(result, lane) {
    if (lane >= result.lanes.length) return null;
    const lanes = this.#computed.get(result) ?? new Map();
    const known = lanes.get(lane);
    const seen = known ? null : this.#here.of(result, lane);
    if (!seen) return known ?? null;
    const found = { result, lane, seen };
    this.#computed.set(result, lanes.set(lane, found));
    return found;
  }

  #missing() {
    const { result, held } = this.store;
    const wanted = new Set([...this.#users].flatMap((user) => user.lanes()));
    // What is seen comes first, and nothing else while a value is dragged.
    if (wanted.size && this.#next >= 0 && !held) wanted.add(this.#next);
    if (!result) return [];
    const lacking = [...wanted].filter((lane) => lane < result.lanes.length && !this.#own(result, lane) && !this.#here.soon(result, lane));
    return lacking.map((lane) => ({ query: key(result, lane), result, lane })).filter(({ query }) => !this.#kept.has(query));
  }

  /** Tell who needs one of some lanes that it is there. @param {(lane: number) => boolean} of */
  #tell(of) {
    for (const user of this.#users) if (user.lanes().some(of)) user.arrived();
  }

  /** @param {Inspected} found */
  #keep(found) {
    this.#kept.set(key(found.result, found.lane), found);
    this.#last.set(found.lane, found);
    // Those of the present result stay, however many lanes it has.
    const old = [...this.#kept].find(([, { result }]) => !this.fresh({ result }));
    if (old && this.#kept.size > KEPT) this.#kept.delete(old[0]);
    this.#tell((lane) => lane === found.lane);
  }
}

/** @param {Result} result @param {number} lane */
function key({ query }, lane) {
  return `${query}&of=${lane}`;
}

/**
 * Return how wide a row of `values` is, and the first and the number of those that are a line's.
 *
 * @param {Inspection} seen
 * @param {number} line
 */
export function columnsOf({ lines }, line) {
  const sizes = lines.map(({ shape }) => shape.reduce((product, side) => product * side, 1));
  const sum = (/** @type {number[]} */ some) => some.reduce((whole, size) => whole + size, 0);
  return { width: sum(sizes), first: sum(sizes.slice(0, line)), size: sizes[line] };
}

/**
 * Return what line `line` computed in the step from `step` on, row by row.
 *
 * @param {Inspection} seen
 * @param {number} line
 * @param {number} step
 */
export function lineAt(seen, line, step) {
  const { width, first, size } = columnsOf(seen, line);
  return seen.values.subarray(step * width + first, step * width + first + size);
}

/**
 * Return what the rule remembers at `step` of what line `line` renews: what it left there in the step
 * before, or what the run began with.
 *
 * @param {Inspection} seen
 * @param {number} line
 * @param {number} step
 * @returns {ArrayLike<number>}
 */
export function leftBy(seen, line, step) {
  return step > 0 ? lineAt(seen, line, step - 1) : [seen.initial[seen.lines[line].target]].flat(2);
}

/**
 * Foresee the lane that the pointer or the focus is on, and the next one of who walks through them.
 *
 * @param {Inspections} inspections
 * @param {HTMLElement} root
 * @returns {() => void}  ends it
 */
export function foreseeing(inspections, root) {
  const look = (/** @type {Event} */ { target }) => {
    const lane = /** @type {HTMLElement} */ (target).closest?.("[data-lane]")?.getAttribute("data-lane");
    if (lane) inspections.foresee(Number(lane));
  };
  const { store } = inspections;
  let last = store.view.chosen;
  const walk = () => {
    const { chosen } = store.view;
    const { length } = store.race.lanes;
    if (Math.abs(chosen - last) === 1) inspections.foresee((2 * chosen - last + length) % length);
    last = chosen;
  };
  return together(listen(root, ["pointerover", "focusin"], look), listen(store, "view", walk));
}
