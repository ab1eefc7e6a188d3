/** What a page and its host have told each other, which says what of the host's words is news. */

export class Agreement {
  /** @type {string[]} States told to the host that it has not yet told back. */
  #told = [];
  /** The last state that the host is known to hold. */
  #agreed;

  /** @param {string} state  as text: equal states are equal texts */
  constructor(state) {
    this.#agreed = state;
  }

  /**
   * Take down what the host says.
   *
   * @param {string} state
   * @param {boolean} [current]  whether it knows all that it was told: even what it said before is news then
   * @returns {boolean}  whether it is neither what it said before nor what it was told
   */
  hear(state, current = false) {
    if (current) this.#agreed = this.#told.splice(0).at(-1) ?? this.#agreed;
    const echo = this.#told.indexOf(state);
    this.#told.splice(0, echo + 1);
    const news = echo < 0 && state !== this.#agreed;
    this.#agreed = state;
    if (news) this.#told = [];
    return news;
  }

  /**
   * Take down what the host is told.
   *
   * @param {string} state
   * @returns {boolean}  whether it does not know it already
   */
  tell(state) {
    if (state === (this.#told.at(-1) ?? this.#agreed)) return false;
    this.#told.push(state);
    return true;
  }
}
