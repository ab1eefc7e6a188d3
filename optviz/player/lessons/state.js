/** The single source of truth of the lessons page: which lesson is open, and which of its parts. */

import { PageStore } from "../state/pagestore.js";

/** @import {Content, Lesson, Section} from "./types.js" */
/** @import {Catalogue} from "../state/types.js" */

/** @typedef {{lesson: {slug: string} | null, part: number}} About  `part` from 1; no lesson is the list of all */
/** @typedef {{lesson: Lesson | null, part: number}} Said  the same with all of the lesson */

/**
 * Events, each dispatched after the state has changed: `lesson`, `part`, `guess`, `problems`.
 *
 * @extends {PageStore<About, {query: string}>}
 */
export class State extends PageStore {
  /** What was predicted in each part of the lesson, by its index. @type {Map<number, number>} */
  #guesses = new Map();

  /**
   * @param {object} options
   * @param {Catalogue} options.catalogue
   * @param {Content[]} options.contents
   * @param {Lesson | null} options.lesson
   * @param {number} options.part
   * @param {boolean} options.alone  whether nobody hears what the host is told
   * @param {(link: {query: string}) => void} options.onCommit
   */
  constructor({ catalogue, contents, lesson, part, alone, onCommit }) {
    super({ catalogue, about: { lesson, part }, textOf: queryOf, linkOf: (about) => ({ query: queryOf(about) }), onCommit });
    this.contents = contents;
    this.lesson = lesson;
    this.part = part;
    this.alone = alone;
  }

  /** What is open. @returns {Section | null} */
  get section() {
    return this.lesson?.sections[this.part - 1] ?? null;
  }

  /** The lesson that follows, if one does. @returns {Content | null} */
  get next() {
    const at = this.contents.findIndex(({ slug }) => slug === this.lesson?.slug);
    return this.contents[at + 1] ?? null;
  }

  /** @param {number} part */
  open(part) {
    this.part = part;
    this.emit("part");
    this.tell(this);
  }

  /** Go a part on or back, at the end to the next lesson. @param {1 | -1} way */
  turn(way) {
    const to = this.part + way;
    if (to > (this.lesson?.sections.length ?? 0)) {
      if (this.next) this.visit(this.next.slug);
    } else if (to > 0) this.open(to);
  }

  /** What was predicted of the part that is open; null before. @returns {number | null} */
  get guess() {
    return this.#guesses.get(this.part) ?? null;
  }

  /** Predict. @param {number} option */
  predict(option) {
    this.#guesses.set(this.part, option);
    this.emit("guess");
  }

  /** Whether the paths are not to be seen yet. */
  get veiled() {
    return Boolean(this.section?.prediction) && this.guess === null;
  }

  /** Ask the host for another lesson, or for the list of all. @param {string | null} slug */
  visit(slug) {
    this.tell({ lesson: slug === null ? null : { slug }, part: 1 });
  }

  /** Take over what the host says, if it is news, or was asked for. @param {Said & {current?: boolean}} said */
  sync({ lesson, part, current }) {
    const news = this.hear({ lesson, part }, current);
    const other = lesson?.slug !== this.lesson?.slug;
    if (!news && !other) return;
    this.lesson = lesson;
    this.part = part;
    if (other) this.#guesses.clear();
    this.emit(other ? "lesson" : "part");
  }
}

/** @param {About} about */
function queryOf({ lesson, part }) {
  if (!lesson) return "";
  return `lesson=${lesson.slug}${part > 1 ? `&part=${part}` : ""}`;
}
