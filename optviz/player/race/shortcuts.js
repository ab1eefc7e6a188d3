/** The keys that undo, and that say which optimizer is chosen, what is shown of it, and in which notation. */

import { chooseNext, nextNotation, toggleLane, toggleSeeds, toggleShown } from "../state/viewedits.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

/** @param {Store} store @param {Keys} keys */
export function viewKeys(store, keys) {
  const choose = (/** @type {number} */ places) => () => {
    chooseNext(store, places);
    return `Chosen: ${store.lane(store.view.chosen).label}`;
  };
  const undo = (/** @type {-1 | 1} */ way, /** @type {string} */ done, /** @type {string} */ none) => () =>
    store.undo(way) ? done : none;
  keys.add(
    "Change",
    { keys: ["Ctrl+Z"], does: "Undo", act: undo(-1, "Undone", "There is nothing to undo"), repeats: true },
    { keys: ["Ctrl+Shift+Z", "Ctrl+Y"], does: "Do it again", act: undo(1, "Done again", "There is nothing to do again"), repeats: true },
  );
  keys.add(
    "Optimizers",
    { keys: ["n", "]"], does: "Choose the next one", act: choose(1), repeats: true },
    { keys: ["p", "["], does: "Choose the one before", act: choose(-1), repeats: true },
    { keys: ["h"], does: "Hide or show its path", act: () => toggleLane(store, store.view.chosen) },
  );
  keys.add(
    "Look closer",
    { keys: ["i"], does: "Numbers of every line", act: () => toggleShown(store, "numbers") },
    { keys: ["a"], does: "The step as arrows", act: () => toggleShown(store, "arrows") },
    { keys: ["c"], does: "Curvature", act: () => toggleShown(store, "curvature") },
    { keys: ["s"], does: "Many seeds of the noise", act: () => toggleSeeds(store) },
    { keys: ["3"], does: "The surface in 3-D", act: () => toggleShown(store, "space") },
    { keys: ["m"], does: "The next notation", act: () => `Notation: ${nextNotation(store)}` },
  );
}
