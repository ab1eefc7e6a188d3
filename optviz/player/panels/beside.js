/** What stands beside the chosen rule's equation: how the notation's source writes it, or another rule's. */

import { fill, h, parsed, setText } from "../base/dom.js";
import { addBeside } from "../state/family.js";
import { equationOf } from "../state/notation.js";
import { toggleShown } from "../state/viewedits.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {RuleEntry, Store, Written} from "../state/types.js" */

const ALONE = "There is no other rule in the race: add one first.";

/** @param {Store} store @param {Keys} keys */
export function besideBox(store, keys) {
  const title = h("h3", { class: "ov-beside-title" });
  const equation = h("div", { class: "ov-equation", tabIndex: 0, role: "group" });
  const race = h("button", { type: "button", class: "ov-button", on: { click: () => keys.say(raceWritten(store)) } }, "Race it too");
  const box = h("div", { class: "ov-beside" }, title, equation);
  const about = h("span", { class: "ov-written-about" });
  const path = h("span", {});
  const note = h("p", { class: "ov-muted ov-written" }, about, " ", path);
  const words = h("div", { class: "ov-row ov-written-row" }, note, race);
  keys.add(
    "Look closer",
    { keys: ["z"], does: "The next rule's equation beside it", act: () => besideNext(store) },
    { keys: ["Z"], does: "Race what the notation's source writes, too", act: () => raceWritten(store) },
  );

  return {
    parts: { box, words },
    update() {
      const { rule: slug } = store.lane(store.view.chosen);
      const written = store.rule(slug).written[store.view.notation];
      const shown = second(store, written);
      const named = shown ? shown.title : "";
      box.hidden = !shown || store.view.show.includes("numbers");
      setText(title, named);
      equation.setAttribute("aria-label", named);
      fill(equation, `${shown?.rule.slug} ${store.view.notation}`, () => [shown && parsed(equationOf(store, shown.rule.equation))]);
      const said = wordsOn(store, slug, written);
      words.hidden = !said.about || store.view.show.includes("numbers");
      setText(about, said.about);
      setText(path, said.path);
      race.hidden = !isOther(written, slug);
      const { lanes } = store.race;
      const raced = lanes.some(({ rule }) => rule === written?.rule);
      // Disabled, it would lose the focus of who has just pressed it.
      race.setAttribute("aria-disabled", String(raced || lanes.length >= store.catalogue.limits.lanes));
      setText(race, raced ? "In the race" : "Race it too");
    },
  };
}

/** @param {Written | null} written @param {string} slug @returns {written is Written} */
function isOther(written, slug) {
  return written !== null && written.rule !== slug;
}

/**
 * What stands beside: the source's own form, unless another rule is asked for.
 *
 * @param {Store} store @param {Written | null} written
 * @returns {{title: string, rule: RuleEntry} | null}
 */
function second(store, written) {
  const { rule: slug } = store.lane(store.view.chosen);
  const next = store.view.show.includes("beside") ? nextRule(store) : null;
  if (next !== null) return { title: store.lane(next).label, rule: store.rule(store.lane(next).rule) };
  if (!isOther(written, slug)) return null;
  return { title: `As ${sourceOf(store)} writes it`, rule: store.rule(written.rule) };
}

/** The lane after the chosen one, of those that are drawn, that has another rule. @param {Store} store @returns {number | null} */
function nextRule({ race, view }) {
  const { length } = race.lanes;
  for (let places = 1; places < length; places += 1) {
    const lane = (view.chosen + places) % length;
    if (race.lanes[lane].rule !== race.lanes[view.chosen].rule && !view.hidden.includes(lane)) return lane;
  }
  return null;
}

/** @param {Store} store @returns {string} */
function sourceOf(store) {
  return store.catalogue.notations.find(({ slug }) => slug === store.view.notation)?.name ?? "";
}

/** What is to be said of the notation and the rule, and of its path; nothing in the first one. @param {Store} store @param {string} slug @param {Written | null} written */
function wordsOn(store, slug, written) {
  const source = sourceOf(store);
  if (store.view.notation === store.catalogue.notations[0].slug) return { about: "", path: "" };
  if (isOther(written, slug)) return { about: `${source}: ${store.rule(written.rule).about}`, path: written.path };
  return { about: written ? `${source} writes it so.` : `Only the letters are those of ${source}; see the source below.`, path: "" };
}

/** @param {Store} store @returns {string | undefined}  why nothing changes, if so */
function besideNext(store) {
  const { show } = store.view;
  const numbers = show.includes("numbers");
  const on = show.includes("beside") && !numbers;
  const next = nextRule(store);
  if (!on && next === null) return ALONE;
  // Its lines with their numbers stand where the equations do.
  if (numbers) toggleShown(store, "numbers");
  if (on || !show.includes("beside")) toggleShown(store, "beside");
  return on || next === null ? "One equation" : `Beside it: ${store.lane(next).label}${numbers ? ", instead of the numbers" : ""}`;
}

/** @param {Store} store @returns {string}  what comes of it */
function raceWritten(store) {
  const { rule: slug } = store.lane(store.view.chosen);
  const written = store.rule(slug).written[store.view.notation];
  if (!isOther(written, slug)) return `${sourceOf(store)} has no other form of it`;
  if (store.race.lanes.some(({ rule }) => rule === written.rule)) return "It is in the race";
  const { lanes } = store.catalogue.limits;
  if (store.race.lanes.length >= lanes) return `A race holds at most ${lanes} optimizers`;
  const { chosen } = store.view;
  const said = addBeside(store, written.rule);
  store.look({ chosen });
  return said;
}
