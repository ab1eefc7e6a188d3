/** Reading single cells: by pointer, finger or keys; where all maps have the same sides, in all at once. */

import { listen, together } from "../base/listening.js";
import { ARROWS, moveOf } from "../controls/arrows.js";
import { cellTip } from "../outcomes/celltip.js";
import { setText } from "../base/dom.js";
import { cellCard } from "./cellcard.js";
import { heard } from "../scales/numbers.js";

/** @import {Tile} from "./tile.js" */

/**
 * @typedef {object} Shown
 * @property {Tile} tile
 * @property {(shares: [number, number] | null) => string} link  the race to open from there
 *
 * @typedef {object} Scene  What is on the page now.
 * @property {() => Iterable<Shown>} all
 * @property {() => boolean} alike  whether all maps have the same sides
 * @property {() => number} lowest  what losses are counted from
 */

/** Shares of a side that an arrow key moves, and with the shift key. */
const NUDGE = 1 / 63;
const LEAP = 1 / 9;
/** So many cells to the right and upwards. @type {import("../controls/arrows.js").Moves} */
const MOVES = { ...ARROWS, Home: [-Infinity, 0], End: [Infinity, 0], PageUp: [0, 10], PageDown: [0, -10] };
/** How long a cell must be rested on before it is spoken of, in ms. */
const PAUSE = 700;
const NONE = "No cell of this map converges.";

/**
 * @param {HTMLElement} place  around all maps
 * @param {HTMLElement} said  where it is told to those who hear the page
 * @param {Scene} scene
 */
export function reading(place, said, scene) {
  const tip = cellTip(place);
  const card = cellCard();
  /** What is being read. @type {{shown: Shown, shares: [number, number], tapped: boolean} | null} */
  let now = null;
  let timer = 0;

  /** @param {Shown} shown @param {[number, number]} point @param {boolean} [tapped]  whether by a finger */
  function read(shown, point, tapped = false) {
    const shares = shown.tile.cell(point);
    now = { shown, shares, tapped };
    shown.tile.plot.href = shown.link(shares);
    const everywhere = scene.alike();
    for (const { tile } of scene.all()) {
      const here = tile === shown.tile;
      tile.point(here || everywhere ? shares : null);
      tile.remark(everywhere ? tile.briefly(shares) : "");
    }
    const lines = shown.tile.words(shares, scene.lowest());
    if (tapped && lines.length) card.show(shown.tile.plot, lines);
    else card.hide();
    if (tapped || !lines.length) tip.hide();
    else tip.show(shown.tile.within(place, shares), lines);
  }

  function leave() {
    if (!now) return;
    now.shown.tile.plot.href = now.shown.link(null);
    now = null;
    tip.hide();
    card.hide();
    for (const { tile } of scene.all()) {
      tile.point(null);
      tile.remark("");
    }
    clearTimeout(timer);
    setText(said, "");
  }

  /** @param {Shown} shown @param {[number, number]} shares @param {boolean} [tapped] */
  function speak(shown, shares, tapped = false) {
    read(shown, shares, tapped);
    clearTimeout(timer);
    const words = shown.tile.words(shares, scene.lowest());
    timer = window.setTimeout(() => setText(said, heard(words.join(", "))), PAUSE);
  }

  /** @param {Shown} shown @param {KeyboardEvent} event */
  function move(shown, event) {
    if (event.key === "Escape") return leave();
    if (moveOf(event, { b: [0, 0] })) return best(shown);
    const step = moveOf(event, MOVES);
    if (!step) return;
    event.preventDefault();
    const by = event.shiftKey ? LEAP : NUDGE;
    const from = now?.shown === shown ? now.shares : shown.tile.own();
    const [u, v] = from.map((share, at) => Math.min(1, Math.max(0, share + by * step[at])));
    speak(shown, [u, v]);
  }

  /** @param {Shown} shown */
  function best(shown) {
    const shares = shown.tile.best();
    if (shares) return speak(shown, shares);
    clearTimeout(timer);
    return setText(said, NONE);
  }

  /** A finger has no way to look before it opens: it reads, and opens by the link beneath. @param {Shown} shown @param {PointerEvent} event */
  function tap(shown, event) {
    if (event.pointerType !== "touch") return;
    event.preventDefault();
    const shares = shown.tile.sharesAt(event);
    if (shares) speak(shown, shares, true);
  }

  const elsewhere = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === "touch" && !place.contains(/** @type {Node} */ (event.target))) leave();
  };

  return {
    /** The maps have changed under what is being read. */
    renew: () => now && read(now.shown, now.shares, now.tapped),
    /** @param {Shown} shown */
    listen(shown) {
      const { plot, sharesAt, own } = shown.tile;
      plot.addEventListener("pointermove", (event) => {
        if (event.pointerType === "touch") return;
        const shares = sharesAt(event);
        if (shares) read(shown, shares);
        else leave();
      });
      plot.addEventListener("pointerleave", (event) => event.pointerType === "touch" || leave());
      plot.addEventListener("click", (event) => tap(shown, /** @type {PointerEvent} */ (event)));
      plot.addEventListener("keydown", (event) => move(shown, event));
      plot.addEventListener("focus", () => plot.matches(":focus-visible") && speak(shown, own()));
      plot.addEventListener("blur", ({ relatedTarget }) => card.holds(relatedTarget) || leave());
    },
    destroy: together(listen(document, "pointerdown", elsewhere), leave),
  };
}
