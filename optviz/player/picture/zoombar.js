/** The buttons and keys that say which part of the surface is seen, how, and with what on it. */

import { press } from "../controls/switch.js";
import { h } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";
import { toggleShown } from "../state/viewedits.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Shown, Store} from "../state/types.js" */

/** How much closer one press comes. */
const CLOSER = 0.6;
/** By which share of what is seen a key moves it, and which way: across and up. */
const SHIFT = 0.2;
/** @type {Record<string, [number, number]>} */
const WAYS = { W: [0, SHIFT], A: [-SHIFT, 0], S: [0, -SHIFT], D: [SHIFT, 0] };

/**
 * @typedef {object} Zooming
 * @property {(factor: number) => boolean} by  about the chosen optimizer's marker, if it is seen; tells whether
 * @property {(shares: [number, number]) => void} shift
 * @property {() => void} fit
 * @property {() => void} home
 * @property {() => boolean} equal  whether a unit is as long on both axes
 * @property {() => boolean} flipUnits  tells whether a unit is as long on both axes then
 */

/** @param {Store} store @param {HTMLElement} place @param {Keys} keys @param {Zooming} zooming */
export function zoomBar(store, place, keys, { by, shift, fit, home, flipUnits, equal }) {
  const closer = () => by(CLOSER);
  const farther = () => by(1 / CLOSER);
  const zoom = (/** @type {boolean} */ inwards) => {
    const about = inwards ? closer() : farther();
    const place = about ? `about ${store.lane(store.view.chosen).label}` : "about the middle";
    return `Zoomed ${inwards ? "in" : "out"} ${place}`;
  };
  const shown = (/** @type {Shown} */ what) => ({
    on: () => store.view.show.includes(what),
    flip: () => toggleShown(store, what),
  });
  const units = wordSwitch(store, {
    word: "1:1",
    label: "Equal axes",
    // Steps at right angles to the contour lines are seen as such only there.
    title: "A unit is as long on both axes (e)",
    unable: "In 3-D all axes are as long as the box",
    flip: () => press(units.element, flipUnits()),
  });
  const basins = wordSwitch(store, {
    word: "Basins",
    title: "Basins of attraction: where the chosen optimizer goes from every start (b)",
    unable: "Basins are shown on the contour, not in 3-D",
    ...shown("basins"),
  });
  const space = wordSwitch(store, { word: "3-D", title: "The surface in 3-D (3)", ...shown("space") });
  place.append(
    glyphButton("plus", "Zoom in", closer),
    glyphButton("minus", "Zoom out", farther),
    glyphButton("fit", "Fit the paths", fit),
    glyphButton("home", "Show the whole surface", home),
    units.element,
    basins.element,
    space.element,
  );
  keys.add(
    "Picture",
    { keys: ["+", "-"], does: "Zoom in, out about the chosen optimizer", act: ({ key }) => zoom(key === "+"), repeats: true },
    { keys: Object.keys(WAYS), does: "See what is above, left, below, right", act: ({ key }) => shift(WAYS[key]), repeats: true },
    { keys: ["0"], does: "Fit the paths", act: () => (fit(), "The picture fits the paths") },
    { keys: ["w"], does: "Show the whole surface", act: () => (home(), "The whole surface is shown") },
    { keys: ["e"], does: "Equal axes: a unit is as long on both", act: () => units.element.click() },
    { keys: ["b"], does: "Basins: where each start leads", served: true, act: () => basins.element.click() },
  );
  for (const { element } of [basins, space]) element.classList.add("ov-served");
  const update = () => [units, basins, space].forEach((one) => one.update());
  update();
  /** Another surface begins with its own units. */
  const settle = () => press(units.element, equal());
  return { update, settle, flipUnits: () => units.element.click() };
}

/**
 * A switch with a word on it; where it is for the contour only, 3-D disables it and `unable` says why.
 *
 * @param {Store} store
 * @param {{word: string, label?: string, title: string, unable?: string, on?: () => boolean, flip: () => void}} kind
 */
function wordSwitch(store, { word, label = word, title, unable, on, flip }) {
  const element = h("button", { type: "button", class: "ov-glyph ov-word", "aria-label": label, on: { click: flip } }, word);
  press(element, false);
  return {
    element,
    update() {
      if (on) press(element, on());
      element.disabled = unable !== undefined && store.view.show.includes("space");
      element.title = element.disabled && unable ? unable : title;
    },
  };
}
