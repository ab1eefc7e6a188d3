/** A lab sheet as a page of its own: to be printed, saved as PDF or read, without a server. */

import { h } from "../base/dom.js";
import { readable } from "../scales/numbers.js";

/** @import {Answer, LabSheet} from "./types.js" */

const STYLE = `
body { max-width: 46em; margin: 2em auto; padding: 0 1em; font: 16px/1.5 system-ui, sans-serif; color: #111; background: #fff; }
h1 { font-size: 1.5em; } h2 { font-size: 1.1em; margin: 1.6em 0 .4em; }
.answer { white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: .6em 0; } th, td { padding: .2em .8em .2em 0; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; } thead th { border-bottom: 1px solid #888; font-weight: 500; }
.muted { color: #555; } a { color: #1a4fa0; } img { max-width: 100%; } section { break-inside: avoid; }`;

/** @param {LabSheet} sheet @param {Blob | null} picture  of the race as it was when the sheet was handed in */
export async function printed(sheet, picture) {
  const title = `Lab sheet${sheet.name ? `: ${sheet.name}` : ""}`;
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = "en";
  page.head.append(h("meta", { content: "width=device-width, initial-scale=1", name: "viewport" }), h("style", {}, STYLE));
  page.body.append(
    h("h1", {}, title),
    h("p", { class: "muted" }, `${sheet.saved.slice(0, 16).replace("T", ", ")} UTC. `, h("a", { href: sheet.link }, "The sheet on its server")),
    ...sheet.answers.map((answer, k) => answered(answer, k, sheet.link)),
    ...(picture ? [h("h2", {}, "The race when this was handed in"), h("img", { alt: "The paths on the surface", src: await dataOf(picture) })] : []),
  );
  // The whole of it once more, for whoever grades: text within a script ends only at its tag.
  page.body.append(h("script", { type: "application/json", id: "lab-sheet", textContent: JSON.stringify(sheet).replaceAll("<", "\\u003c") }));
  return new Blob([`<!doctype html>\n${page.documentElement.outerHTML}\n`], { type: "text/html" });
}

/** @param {Answer} one @param {number} k @param {string} link */
function answered({ question, answer, race, figures }, k, link) {
  const parts = [h("h2", {}, `${k + 1}. ${question}`), h("p", { class: answer.trim() ? "answer" : "muted" }, answer.trim() || "No answer.")];
  if (race !== null) {
    const head = ["Optimizer", "What became of it", "Final loss", "Distance"].map((name) => h("th", {}, name));
    const rows = figures.map(({ label, status, final_loss: loss, distance }) =>
      h("tr", {}, h("td", {}, label), h("td", {}, status), ...[loss, distance].map((value) => h("td", { class: "number" }, readable(value)))),
    );
    const address = new URL(`?${race}`, link).href;
    parts.push(h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)), h("p", {}, h("a", { href: address }, "The race")));
  }
  return h("section", {}, ...parts);
}

/** @param {Blob} blob @returns {Promise<string>} */
function dataOf(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}
