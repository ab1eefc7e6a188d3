/** The page of whoever grades: reads the files of a class, runs their races again, says what does not agree. */

import { h, setText } from "../base/dom.js";
import { mountPage } from "../controls/mountpage.js";
import { watchTheme } from "../look/theme.js";
import { decodeRace, Refused } from "../server/client.js";
import { PageStore } from "../state/pagestore.js";
import { differences, sheetIn } from "./handed.js";

/** @import {Api, Catalogue} from "../state/types.js" */
/** @import {Answer} from "../labsheet/types.js" */

const ABOUT =
  "Choose the files that were handed in, all at once, or a folder of them: those to be graded or the pages to print. They are read in this browser; only the attached races go to the server, which runs each of them again.";
const CHAOS = "Where a path is chaotic, the last digits of a browser decide where it ends: then a difference proves nothing.";
/** No class has more. */
const MOST = 500;

/**
 * @typedef {object} Options
 * @property {Catalogue} catalogue
 * @property {Api} api
 * @property {string} home  path of the race page
 * @property {string[]} [problems]  sentences about the link
 */

/**
 * Its address says nothing.
 *
 * @extends {PageStore<{}, {}>}
 */
class Reading extends PageStore {
  sync() {}
}

/** @param {HTMLElement} root @param {Options} options */
export function mount(root, { catalogue, api, home, problems }) {
  const store = new Reading({ catalogue, about: {}, textOf: () => "", linkOf: () => ({}), onCommit: () => {} });
  const summary = h("p", { class: "ov-read-summary", role: "status" });
  const list = h("div", { class: "ov-stack ov-read-list" });
  const files = chooser("Files", { accept: ".json,.html", multiple: true });
  const folder = chooser("A folder", { webkitdirectory: true });
  const main = h("section", { class: "ov-panel ov-read", "aria-label": "Lab sheets" }, h("h2", {}, "Lab sheets"), h("p", { class: "ov-muted" }, ABOUT), h("div", { class: "ov-row ov-wrap" }, files.element, folder.element), summary, list);
  /** Of who has chosen again meanwhile. */
  let latest = 0;

  function chooser(/** @type {string} */ name, /** @type {Record<string, any>} */ properties) {
    const input = h("input", { type: "file", class: "ov-files", ...properties, on: { change: () => read([...(input.files ?? [])]) } });
    return { element: h("label", { class: "ov-link" }, name, input) };
  }

  /** @param {File[]} chosen */
  async function read(chosen) {
    latest += 1;
    const mine = latest;
    const sheets = chosen.filter(({ name }) => /\.(json|html?)$/i.test(name)).slice(0, MOST);
    list.replaceChildren();
    const counts = { sheets: 0, races: 0, agree: 0, unread: 0 };
    const tell = (/** @type {boolean} */ going) => setText(summary, summaryOf(counts, going));
    tell(true);
    for (const file of sheets) {
      const row = h("article", { class: "ov-read-sheet" });
      list.append(row);
      try {
        const sheet = await sheetIn(file);
        counts.sheets += 1;
        row.append(h("h3", {}, sheet.name || file.name), h("p", { class: "ov-muted" }, `${file.name}, saved ${sheet.saved.slice(0, 16).replace("T", " ")}`));
        for (const answer of sheet.answers) row.append(await answered(answer));
      } catch (fault) {
        counts.unread += 1;
        row.append(h("h3", {}, file.name), h("p", { class: "ov-note" }, String(/** @type {Error} */ (fault).message)));
      }
      if (mine !== latest) return;
      tell(true);
    }
    tell(false);

    /** @param {Answer} answer */
    async function answered(answer) {
      const { found, agrees } = await checked(answer);
      if (answer.race !== null) counts.races += 1;
      if (agrees) counts.agree += 1;
      return answerRow(answer, { found, agrees }, home);
    }
  }

  /** Run an attached race again. @param {Answer} answer @returns {Promise<{found: string[], agrees: boolean}>} */
  async function checked({ race, figures }) {
    if (race === null) return { found: [], agrees: false };
    try {
      const { lanes } = decodeRace(await api.race(race));
      const found = differences(figures, lanes);
      return found.length > 0 ? { found: [...found, CHAOS], agrees: false } : { found: ["The figures are those of the race."], agrees: true };
    } catch (fault) {
      const why = fault instanceof Refused ? fault.problems.join(" ") : "The server does not answer.";
      return { found: [`The race could not be run again. ${why}`], agrees: false };
    }
  }

  return mountPage(root, store, { classes: ["ov", "ov-reader"], problems, parts: [main], notices: main, fill: () => [watchTheme(root, () => {})] });
}

/** @param {Answer} answer @param {{found: string[], agrees: boolean}} checked @param {string} home */
function answerRow({ question, answer, race }, { found, agrees }, home) {
  const link = race === null ? h("span", { class: "ov-muted" }, "No race attached.") : h("a", { href: `${home}?${race}`, target: "_blank", rel: "noopener" }, "The race");
  const told = h(agrees ? "span" : "strong", {}, found.join(" "));
  return h("div", { class: "ov-read-answer" }, h("p", { class: "ov-muted" }, question), h("p", { class: "ov-read-text" }, answer || "No answer."), h("p", {}, link, " ", told));
}

/** @param {{sheets: number, races: number, agree: number, unread: number}} counts @param {boolean} going */
function summaryOf({ sheets, races, agree, unread }, going) {
  const read = `${sheets} ${sheets === 1 ? "sheet" : "sheets"} read, ${races} ${races === 1 ? "race" : "races"} run again: ${agree} with the figures that were handed in, ${races - agree} not.`;
  return `${going ? "Reading. " : ""}${read}${unread > 0 ? ` ${unread} of the files could not be read.` : ""}`;
}
