/** The buttons and keys that say which part of the surface is seen, how, and with what on it. */

import { press } from "../controls/switch.js";
import { h } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";
import { toggleShown } from "../state/viewedits.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/store.js" */

/** How much closer one press comes. */
const CLOSER = 0.6;

/**
 * @typedef {object} Zooming
 * @property {(factor: number) => void} by
 * @property {() => void} fit
 * @property {() => void} home
 * @property {() => boolean} flipUnits  tells whether a unit is as long on both axes then
 */

/**
 * @param {Store} store
 * @param {HTMLElement} place
 * @param {Keys} keys
 * @param {Zooming} zooming
 */
export function zoomBar(store, place, keys, { by, fit, home, flipUnits }) {
  const closer = () => by(CLOSER);
  const farther = () => by(1 / CLOSER);
  const units = unitsSwitch(store, flipUnits);
  const basins = basinsSwitch(store);
  const space = spaceSwitch(store);
  place.append(
    glyphButton("plus", "Zoom in", closer),
    glyphButton("minus", "Zoom out", farther),
    glyphButton("fit", "Fit the paths", fit),
    glyphButton("home", "Show the whole surface", home),
    units.element,
    basins.element,
    space.element,
  );
  const destroy = keys.add(
    "Picture",
    { keys: ["+", "-"], does: "Zoom in, out", act: ({ key }) => (key === "+" ? closer() : farther()), repeats: true },
    { keys: ["0"], does: "Fit the paths", act: fit },
    { keys: ["w"], does: "Show the whole surface", act: home },
    { keys: ["e"], does: "Equal axes: a unit is as long on both", act: () => units.element.click() },
    { keys: ["b"], does: "Basins: where each start leads", act: () => basins.element.click() },
  );
  const update = () => {
    units.update();
    basins.update();
    space.update();
  };
  update();
  return { update, destroy };
}

/**
 * Steps at right angles to the contour lines are seen as such only where both axes have the same unit.
 *
 * @param {Store} store
 * @param {() => boolean} flip
 */
function unitsSwitch(store, flip) {
  const element = wordButton("1:1", "Equal axes", () => press(element, flip()));
  press(element, false);
  return {
    element,
    update() {
      element.disabled = store.view.show.includes("space");
      element.title = element.disabled ? "In 3-D all axes are as long as the box" : "A unit is as long on both axes (e)";
    },
  };
}

/** @param {Store} store */
function basinsSwitch(store) {
  const element = wordButton("Basins", "Basins", () => toggleShown(store, "basins"));
  return {
    element,
    update() {
      const { show } = store.view;
      press(element, show.includes("basins"));
      element.disabled = show.includes("space");
      element.title = element.disabled
        ? "Basins are shown on the contour, not in 3-D"
        : "Basins of attraction: where the chosen optimizer goes from every start (b)";
    },
  };
}

/** @param {Store} store */
function spaceSwitch(store) {
  const element = wordButton("3-D", "3-D", () => toggleShown(store, "space"));
  element.title = "The surface in 3-D (3)";
  return { element, update: () => press(element, store.view.show.includes("space")) };
}

/** @param {string} word @param {string} label @param {() => void} onClick */
function wordButton(word, label, onClick) {
  return h("button", { type: "button", class: "ov-glyph ov-word", "aria-label": label, on: { click: onClick } }, word);
}
