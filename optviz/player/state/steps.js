/** What a page has been about since it was opened: the way back through its changes, and forward again. */

/** So many are kept. */
const MOST = 200;

/** @template About */
export class Steps {
  /** @type {{about: About, text: string}[]} */
  #all;
  #at = 0;

  /** @param {About} about @param {string} text  equal ones have equal texts */
  constructor(about, text) {
    this.#all = [{ about, text }];
  }

  /** Take down what it is about now; what was undone before cannot be done again then. @param {About} about @param {string} text */
  note(about, text) {
    if (text === this.#all[this.#at].text) return;
    this.#all = [...this.#all.slice(0, this.#at + 1), { about, text }].slice(-MOST);
    this.#at = this.#all.length - 1;
  }

  /** Whether there is a way back, or forward. @param {-1 | 1} way */
  leads(way) {
    return this.#all[this.#at + way] !== undefined;
  }

  /** What it was about a change ago, or is after the next one; null if there is none. @param {-1 | 1} way @returns {About | null} */
  go(way) {
    const found = this.#all[this.#at + way];
    if (!found) return null;
    this.#at += way;
    return found.about;
  }
}
