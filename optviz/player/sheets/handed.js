/** A lab sheet that was handed in: read from its file, and held against races that are run anew. */

import { readable } from "../scales/numbers.js";

/** @import {LaneResult} from "../state/types.js" */
/** @import {Answer, Figures, LabSheet} from "../labsheet/types.js" */

const NONE = "This is no lab sheet: it has to be the file or the page that the sheet's Hand in saves.";
const TOO_LARGE = "This file is too large for a lab sheet.";
/** No sheet is larger, its picture included. */
const MOST_BYTES = 8 << 20;
/** Nobody asks more in a link. */
const MOST_ANSWERS = 12;
/** Browsers and the server round in other places: numbers that differ by less are the same. */
const [RELATIVE, ABSOLUTE] = [1e-4, 1e-9];

/** Return a sheet from its file, or throw a sentence. @param {File} file @returns {Promise<LabSheet>} */
export async function sheetIn(file) {
  if (file.size > MOST_BYTES) throw new Error(TOO_LARGE);
  const text = await file.text();
  const page = text.trimStart().startsWith("<") && new DOMParser().parseFromString(text, "text/html");
  const data = page ? page.querySelector("script#lab-sheet")?.textContent : text;
  const sheet = parsedJson(data ?? "");
  if (sheet?.optviz !== "lab sheet 1" || !Array.isArray(sheet.answers)) throw new Error(NONE);
  const [name, saved, link] = [sheet.name, sheet.saved, sheet.link].map((one) => String(one ?? ""));
  return { optviz: sheet.optviz, name, saved, link, answers: sheet.answers.slice(0, MOST_ANSWERS).map(answerIn) };
}

/** @param {any} one @returns {Answer} */
function answerIn(one) {
  const figures = Array.isArray(one?.figures) ? one.figures : [];
  return { question: String(one?.question ?? ""), answer: String(one?.answer ?? ""), race: typeof one?.race === "string" ? one.race : null, figures: figures.map(figureIn) };
}

/** @param {any} one @returns {Figures} */
function figureIn(one) {
  const number = (/** @type {unknown} */ value) => (typeof value === "number" ? value : null);
  return { label: String(one?.label ?? ""), status: String(one?.status ?? ""), final_loss: number(one?.final_loss), distance: number(one?.distance) };
}

/** @param {string} text @returns {any} */
function parsedJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Return a sentence for everything in which figures are other than those of the race, run anew. @param {Figures[]} figures @param {LaneResult[]} lanes */
export function differences(figures, lanes) {
  if (figures.length !== lanes.length) return [`It has figures of ${figures.length} optimizers; the race has ${lanes.length}.`];
  return figures.flatMap(({ label, status, final_loss: loss, distance }, k) => {
    const ran = lanes[k];
    return [
      status === ran.status.text ? "" : `${label}: it says “${status}”; run again it is “${ran.status.text}”.`,
      same(loss, ran.final_loss) ? "" : `${label}: it says ${amount("final loss", loss)}; run again it has ${amount("final loss", ran.final_loss)}.`,
      same(distance, ran.distance) ? "" : `${label}: it says ${amount("distance", distance)}; run again it has ${amount("distance", ran.distance)}.`,
    ].filter(Boolean);
  });
}

/** @param {string} what @param {number | null} value */
function amount(what, value) {
  return value === null || !Number.isFinite(value) ? `no ${what}` : `a ${what} of ${readable(value)}`;
}

/** @param {number | null} one @param {number | null} other */
function same(one, other) {
  const [a, b] = [one, other].map((value) => (value !== null && Number.isFinite(value) ? value : null));
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + ABSOLUTE;
}
