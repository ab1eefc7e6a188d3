/** The keys that lead to what can be set, and that say which optimizer is chosen, what is shown of it, and how. */

import { showExperiment } from "../controls/presenting.js";
import { slidersOf } from "./nextslider.js";
import { chartsOf, LINES } from "../panels/charttabs.js";
import { chooseNext, nextChart, nextNotation, nextSecond, toggleLane, toggleSeeds, toggleShown } from "../state/viewedits.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

/** @param {Store} store @param {Keys} keys */
export function viewKeys(store, keys) {
  const { root } = keys;
  const sliders = slidersOf(root);
  const chart = (/** @type {number} */ places) => () => `Chart: ${nextChart(store, chartsOf(store), places)}`;
  const choose = (/** @type {number} */ places) => () => {
    chooseNext(store, places);
    return `Chosen: ${store.lane(store.view.chosen).label}`;
  };
  const seeds = () => {
    const why = toggleSeeds(store);
    const strength = /** @type {HTMLElement | null} */ (root.querySelector(".ov-noise .ov-range"));
    if (why && strength) sliders.lead(strength);
    return why && `${why} Here is its slider; then press s again.`;
  };
  keys.add(
    "Change",
    { keys: ["r", "R"], does: "To the next slider, the one before: arrow keys turn it, Enter types a number and takes it", act: ({ key }) => sliders.by(key === "r" ? 1 : -1) },
    { keys: ["x"], does: "While presenting: the experiment instead of table and chart", act: () => experiment(root) },
  );
  keys.add(
    "Optimizers",
    { keys: ["n", "]"], does: "Choose the next one", act: choose(1), repeats: true },
    { keys: ["p", "["], does: "Choose the one before", act: choose(-1), repeats: true },
    { keys: ["h"], does: "Hide or show its path", act: () => toggleLane(store, store.view.chosen) },
  );
  keys.add(
    "Look closer",
    { keys: ["g", "G"], does: "The next chart, the one before", act: ({ key }) => chart(key === "g" ? 1 : -1)() },
    { keys: ["2"], does: "A second chart: the next one, or none", act: () => unlessHidden(root, nextSecond(store, LINES)) },
    { keys: ["i"], does: "Numbers of every line", act: () => toggleShown(store, "numbers") },
    { keys: ["a"], does: "The step as arrows", act: () => toggleShown(store, "arrows") },
    { keys: ["c"], does: "Curvature", act: () => toggleShown(store, "curvature") },
    { keys: ["s"], does: "Many seeds of the noise", served: true, act: () => seeds() },
    { keys: ["3"], does: "The surface in 3-D", served: true, act: () => toggleShown(store, "space") },
    { keys: ["m"], does: "The next notation", act: () => `Notation: ${nextNotation(store)}` },
  );
}

/** What a key has come to, unless it is out of sight. @param {HTMLElement} root @param {string} said */
function unlessHidden(root, said) {
  const seen = (/** @type {string} */ what) => root.querySelector(what)?.checkVisibility();
  if (!seen(".ov-chart")) return `${said}; beside these equations there is no room for charts`;
  return seen(".ov-no-second") ? `${said}; there is no room for two here` : said;
}

/** @param {HTMLElement} root */
function experiment(root) {
  if (!root.classList.contains("ov-presenting")) return "The experiment is beside the picture";
  return showExperiment(root, !root.classList.contains("ov-at-experiment")) ? "The experiment" : "Table and chart";
}
