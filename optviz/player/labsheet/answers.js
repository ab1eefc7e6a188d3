/** The answers to a lab sheet, kept in this browser as they are written: a page that is left loses nothing. */

import { recalled, remember } from "../base/memory.js";

/** @import {Answer, Figures, LabSheet} from "./types.js" */

/** Where the browser keeps them, and which sheets it has. */
const MEMORY = "optviz.labsheet";
const KNOWN = "optviz.labsheets";
/** So many sheets are kept; the oldest makes room. */
const MOST = 20;
/** Longer than this is no answer, and no name. */
export const LONGEST = { answer: 4000, name: 100 };

/** Dispatches `change` when something was attached or taken away. */
export class Answers extends EventTarget {
  name = "";
  /** @type {Answer[]} */
  all = [];
  /** What the answers are to. */
  #asked = "";

  /** Be about these questions, one on each line; what was answered to them before is there again. @param {string} asked */
  ask(asked) {
    if (asked === this.#asked) return;
    this.#asked = asked;
    const kept = read(recalled(placeOf(asked)));
    this.name = kept?.name ?? "";
    this.all = asked.split("\n").filter(Boolean).map((question, k) => {
      const { answer = "", race = null, figures = [] } = kept?.all[k] ?? {};
      return { question, answer, race, figures };
    });
    this.dispatchEvent(new Event("change"));
  }

  /** @param {number} k @param {string} answer */
  write(k, answer) {
    this.all[k].answer = answer.slice(0, LONGEST.answer);
    this.#keep();
  }

  /** @param {string} name */
  sign(name) {
    this.name = name.slice(0, LONGEST.name);
    this.#keep();
  }

  /** Attach a race, or none any more. @param {number} k @param {string | null} race @param {Figures[]} [figures] */
  attach(k, race, figures = []) {
    Object.assign(this.all[k], { race, figures });
    this.#keep();
    this.dispatchEvent(new Event("change"));
  }

  /** All of it, to be handed in. @param {string} link  address of the sheet @returns {LabSheet} */
  sheet(link) {
    return { optviz: "lab sheet 1", name: this.name.trim(), saved: new Date().toISOString(), link, answers: this.all };
  }

  #keep() {
    const place = placeOf(this.#asked);
    const known = (recalled(KNOWN) ?? "").split(" ").filter((one) => one && one !== place);
    for (const old of known.splice(MOST - 1)) remember(old, null);
    remember(KNOWN, [place, ...known].join(" "));
    remember(place, JSON.stringify({ name: this.name, all: this.all }));
  }
}

/** Where the answers to these questions are kept. @param {string} asked */
function placeOf(asked) {
  let sum = 5381;
  for (const letter of asked) sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) % 2 ** 32;
  return `${MEMORY}.${sum.toString(36)}`;
}

/** What was kept, if it can still be read. @param {string | null} text @returns {{name: string, all: Answer[]} | null} */
function read(text) {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
