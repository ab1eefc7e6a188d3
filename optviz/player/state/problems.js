/** Sentences about what is wrong now, by who noticed. */

export class Problems {
  /** @type {Map<string, string[]>} */
  #said = new Map();

  /** What several have noticed is one problem. */
  get all() {
    return [...new Set([...this.#said.values()].flat())];
  }

  /**
   * @param {string[]} problems  sentences; none takes the former ones of the same source away
   * @param {string} source  who noticed
   * @returns {boolean}  whether that is news
   */
  say(problems, source) {
    if (problems.join("\n") === (this.#said.get(source) ?? []).join("\n")) return false;
    this.#said.set(source, problems);
    return true;
  }
}
