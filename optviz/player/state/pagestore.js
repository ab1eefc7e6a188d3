/** What a page is about, and what its host knows of it: the ground that every page's store stands on. */

import { Agreement } from "./agreement.js";

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
  #agreement;
  #textOf;
  #onCommit;

  /**
   * @param {object} options
   * @param {Catalogue} options.catalogue
   * @param {About} options.about  what the host says that it is about
   * @param {(about: About) => string} options.textOf  equal ones have equal texts
   * @param {(link: Link) => void} options.onCommit
   */
  constructor({ catalogue, about, textOf, onCommit }) {
    super();
    this.catalogue = catalogue;
    this.#textOf = textOf;
    this.#onCommit = onCommit;
    this.#agreement = new Agreement(textOf(about));
  }

  /**
   * Whether what the host says is news: neither what it said before nor what it was told.
   *
   * @param {About} about
   * @param {boolean} [current]  whether the host knows all that it was told
   */
  hear(about, current) {
    return this.#agreement.hear(this.#textOf(about), current);
  }

  /** Tell the host, unless it knows. @param {About} about @param {Link} link */
  tell(about, link) {
    if (this.#agreement.tell(this.#textOf(about))) this.#onCommit(link);
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
