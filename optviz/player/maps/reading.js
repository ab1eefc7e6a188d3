/** Reading single cells: by pointer, finger or keys; where all maps have the same sides, in all at once. */

import { listen, together } from "../base/listening.js";
import { moveOf } from "../controls/arrows.js";
import { cellTip } from "../outcomes/celltip.js";
import { setText } from "../base/dom.js";
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
/** A second tap so near to the first, in pixels, means the same cell. */
const NEAR = 24;
/** How long a cell must be rested on before it is spoken of, in ms. */
const PAUSE = 700;
const AGAIN = "Tap again to race from here";

/**
 * @param {HTMLElement} place  around all maps
 * @param {HTMLElement} said  where it is told to those who hear the page
 * @param {Scene} scene
 */
export function reading(place, said, scene) {
  const tip = cellTip(place);
  /** What is being read. @type {{shown: Shown, shares: [number, number]} | null} */
  let now = null;
  /** Where a finger has tapped. @type {[number, number] | null} */
  let tapped = null;
  let timer = 0;

  /** @param {Shown} shown @param {[number, number]} point @param {string} [more]  another line of the tip */
  function read(shown, point, more) {
    const shares = shown.tile.cell(point);
    now = { shown, shares };
    shown.tile.plot.href = shown.link(shares);
    const everywhere = scene.alike();
    for (const { tile } of scene.all()) {
      const here = tile === shown.tile;
      tile.point(here || everywhere ? shares : null);
      tile.remark(everywhere ? tile.briefly(shares) : "");
    }
    const lines = shown.tile.words(shares, scene.lowest());
    if (!lines.length) return tip.hide();
    tip.show(shown.tile.within(place, shares), more ? [...lines, more] : lines);
  }

  function leave() {
    if (!now) return;
    now.shown.tile.plot.href = now.shown.link(null);
    now = tapped = null;
    tip.hide();
    for (const { tile } of scene.all()) {
      tile.point(null);
      tile.remark("");
    }
    clearTimeout(timer);
    setText(said, "");
  }

  /** @param {Shown} shown @param {[number, number]} shares */
  function speak(shown, shares) {
    read(shown, shares);
    clearTimeout(timer);
    const words = shown.tile.words(shares, scene.lowest());
    timer = window.setTimeout(() => setText(said, heard(words.join(", "))), PAUSE);
  }

  /** @param {Shown} shown @param {KeyboardEvent} event */
  function move(shown, event) {
    if (event.key === "Escape") return leave();
    const step = moveOf(event);
    if (!step) return;
    event.preventDefault();
    const by = event.shiftKey ? LEAP : NUDGE;
    const from = now?.shown === shown ? now.shares : shown.tile.own();
    const [u, v] = from.map((share, at) => Math.min(1, Math.max(0, share + by * step[at])));
    speak(shown, [u, v]);
  }

  /** A finger has no way to look before it opens: its first tap looks. @param {Shown} shown @param {PointerEvent} event */
  function tap(shown, event) {
    const shares = shown.tile.sharesAt(event);
    if (event.pointerType !== "touch" || !shares) return;
    const { clientX, clientY } = event;
    const again = now?.shown === shown && tapped && Math.hypot(tapped[0] - clientX, tapped[1] - clientY) < NEAR;
    if (again) return;
    event.preventDefault();
    read(shown, shares, AGAIN);
    tapped = [clientX, clientY];
  }

  const elsewhere = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === "touch" && !place.contains(/** @type {Node} */ (event.target))) leave();
  };

  return {
    /** The maps have changed under what is being read. */
    renew: () => now && read(now.shown, now.shares, tapped ? AGAIN : undefined),
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
      plot.addEventListener("blur", leave);
    },
    destroy: together(listen(document, "pointerdown", elsewhere), leave),
  };
}
