/** What a page is about, and what its host knows of it: the ground that every page's store stands on. */

/** @import {Catalogue} from "./types.js" */

/**
 * The event `problems` tells that they have changed.
 *
 * @template About  what the page is about
 * @template Link  what the host is told
 */
export class PageStore extends EventTarget {
  /** Sentences about what is wrong, by who noticed. @type {Map<string, string[]>} */
  #problems = new Map();
  /** @type {string[]} States told to the host that it has not yet told back. */
  #told = [];
  /** The last state that the host is known to hold. */
  #agreed;
  #textOf;
  #linkOf;
  #onCommit;

  /**
   * @param {object} options
   * @param {Catalogue} options.catalogue
   * @param {About} options.about  what the host says that it is about
   * @param {(about: About) => string} options.textOf  equal ones have equal texts
   * @param {(about: About) => Link} options.linkOf
   * @param {(link: Link) => void} options.onCommit
   */
  constructor({ catalogue, about, textOf, linkOf, onCommit }) {
    super();
    this.catalogue = catalogue;
    this.#textOf = textOf;
    this.#linkOf = linkOf;
    this.#onCommit = onCommit;
    this.#agreed = textOf(about);
  }

  /**
   * Take down what the host says.
   *
   * @param {About} about
   * @param {boolean} [current]  whether it knows all that it was told: even what it said before is news then
   * @returns {boolean}  whether it is neither what it said before nor what it was told
   */
  hear(about, current = false) {
    const state = this.#textOf(about);
    if (current) this.#agreed = this.#told.splice(0).at(-1) ?? this.#agreed;
    const echo = this.#told.indexOf(state);
    this.#told.splice(0, echo + 1);
    const news = echo < 0 && state !== this.#agreed;
    this.#agreed = state;
    if (news) this.#told = [];
    return news;
  }

  /** Tell the host, unless it knows. @param {About} about */
  tell(about) {
    const state = this.#textOf(about);
    if (state === (this.#told.at(-1) ?? this.#agreed)) return;
    this.#told.push(state);
    this.#onCommit(this.#linkOf(about));
  }

  /** Sentences about what is wrong now; what several have noticed is one problem. */
  get problems() {
    return [...new Set([...this.#problems.values()].flat())];
  }

  /**
   * @param {string[]} problems  sentences; none takes the former ones of the same source away
   * @param {string} [source]  who noticed
   */
  complain(problems, source = "server") {
    if (problems.join("\n") === (this.#problems.get(source) ?? []).join("\n")) return;
    this.#problems.set(source, problems);
    this.emit("problems");
  }

  /** @param {string} slug */
  rule(slug) {
    return entry(this.catalogue.rules, slug);
  }

  /** The catalogue's entry of a surface. @param {string} slug */
  surfaceCalled(slug) {
    return entry(this.catalogue.surfaces, slug);
  }

  /** @param {string} slug */
  schedule(slug) {
    return entry(this.catalogue.schedules, slug);
  }

  /** @param {string} type @param {unknown} [detail] */
  emit(type, detail) {
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
