/** The keys that say which optimizer is chosen, what is shown of it, and in which notation. */

import { chooseNext, nextNotation, toggleLane, toggleSeeds, toggleShown } from "../state/viewedits.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

/** @param {Store} store @param {Keys} keys */
export function viewKeys(store, keys) {
  const choose = (/** @type {number} */ places) => () => {
    chooseNext(store, places);
    return `Chosen: ${store.lane(store.view.chosen).label}`;
  };
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
