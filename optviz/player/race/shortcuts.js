/** The keys that say which optimizer is chosen, what is shown of it, and in which notation. */

import { namesApart } from "../state/laneedits.js";
import { chooseNext, nextNotation, toggleLane, toggleSeeds, toggleShown } from "../state/viewedits.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Shown, Store} from "../state/types.js" */

/** @param {Store} store @param {Keys} keys */
export function viewKeys(store, keys) {
  const choose = (/** @type {number} */ places) => ({
    act: () => chooseNext(store, places),
    says: chosen,
    repeats: true,
  });
  const chosen = () => namesApart(store.race)[store.view.chosen];
  const isHidden = () => store.view.hidden.includes(store.view.chosen);
  const toggle = (/** @type {Shown} */ what, /** @type {string} */ name) => ({
    act: () => (what === "seeds" ? toggleSeeds(store) : toggleShown(store, what)),
    says: () => `${name} ${store.view.show.includes(what) ? "on" : "off"}`,
  });
  const notation = () => store.catalogue.notations.find(({ slug }) => slug === store.view.notation);
  keys.add(
    "Optimizers",
    { keys: ["n", "]"], does: "Choose the next one", ...choose(1) },
    { keys: ["p", "["], does: "Choose the one before", ...choose(-1) },
    {
      keys: ["h"],
      does: "Hide or show its path",
      act: () => toggleLane(store, store.view.chosen),
      says: () => `${chosen()} ${isHidden() ? "hidden" : "visible"}`,
    },
  );
  keys.add(
    "Look closer",
    { keys: ["i"], does: "Numbers of every line", ...toggle("numbers", "Numbers") },
    { keys: ["a"], does: "The step as arrows", ...toggle("arrows", "Arrows") },
    { keys: ["c"], does: "Curvature", ...toggle("curvature", "Curvature") },
    { keys: ["s"], does: "Many seeds of the noise", ...toggle("seeds", "Seeds") },
    { keys: ["3"], does: "The surface in 3-D", ...toggle("space", "3-D") },
    {
      keys: ["m"],
      does: "The next notation",
      act: () => nextNotation(store),
      says: () => `Notation ${notation()?.name}`,
    },
  );
}
