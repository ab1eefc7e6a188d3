/** What the player and its host have told each other, which says what of the host's words is news. */

import { toQuery } from "./query.js";

/** @import {Race, View} from "./types.js" */

export class Agreement {
  /** @type {string[]} States told to the host that it has not yet told back. */
  #told = [];
  /** The last state that the host is known to hold. */
  #agreed;

  /** @param {Race} race @param {View} view */
  constructor(race, view) {
    this.#agreed = key(race, view);
  }

  /**
   * Take down what the host says.
   *
   * @param {Race} race
   * @param {View} view
   * @returns {boolean}  whether it is neither what it said before nor what it was told
   */
  hear(race, view) {
    const said = key(race, view);
    const echo = this.#told.indexOf(said);
    this.#told.splice(0, echo + 1);
    const news = echo < 0 && said !== this.#agreed;
    this.#agreed = said;
    if (news) this.#told = [];
    return news;
  }

  /**
   * Take down what the host is told.
   *
   * @param {Race} race
   * @param {View} view
   * @returns {boolean}  whether it does not know it already
   */
  tell(race, view) {
    const said = key(race, view);
    if (said === (this.#told.at(-1) ?? this.#agreed)) return false;
    this.#told.push(said);
    return true;
  }
}

/**
 * @param {Race} race
 * @param {View} view
 */
function key(race, view) {
  // A page has a view of its own: whatever it says belongs to it.
  return JSON.stringify([toQuery(race), Object.entries(view).sort()]);
}
