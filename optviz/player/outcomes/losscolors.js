/** The final losses of a map as colours, on one scale that colour-blind eyes can read too. */

import { h } from "../base/dom.js";
import { cellImage } from "./cells.js";
import { lostColor } from "./fates.js";
import { powerOfTen } from "../scales/numbers.js";

/** @import {MapReply, Store} from "../state/types.js" */

/** @typedef {[number, number]} Exponents  of ten, from the lowest loss to the highest that is told apart */

/** From the lowest loss to the highest; what diverged is darker than any of them. */
const STOPS = ["#ffffd9", "#d5eeb3", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8"];
const SHADES = 256;
/** Below this, differences are rounding. */
const LOWEST_EXPONENT = -16;
/** So large a share of the cells on either side may lie outside of the scale. */
const ODD = 0.02;

/** What final losses are counted from, in words. @param {Store} store */
export function finalLoss(store) {
  return store.surface().minimum === null ? "final loss" : "final loss above the minimum";
}

/** Return the scale for a legend, the lowest loss on the left. @param {Exponents} range */
export function lossBar([low, high]) {
  const bar = h("span", { class: "ov-loss-bar", style: `background: linear-gradient(90deg, ${STOPS.join(", ")})` });
  return [powerOfTen(low), bar, powerOfTen(high)];
}

/** Return the range of losses, of one map or of several. @param {Float32Array} excess @returns {Exponents} */
export function lossRange(excess) {
  const known = excess.filter((value) => value >= 0 && value < Infinity).sort();
  if (!known.length) return [-1, 0];
  const at = (/** @type {number} */ share) => Math.log10(known[Math.round(share * (known.length - 1))]);
  const low = Math.max(Math.floor(at(ODD)), LOWEST_EXPONENT);
  return [low, Math.max(Math.ceil(at(1 - ODD)), low + 1)];
}

/** @param {MapReply} map @param {Exponents} range @param {boolean} dark */
export function lossImage({ n, excess, place }, [low, high], dark) {
  const table = colorTable(dark);
  return cellImage(n, (cell) => {
    const share = excess[cell] > 0 ? (Math.log10(excess[cell]) - low) / (high - low) : 0;
    const shade = Math.min(SHADES - 1, Math.max(0, Math.floor(share * SHADES)));
    return table[place[cell] === -2 ? SHADES : shade];
  });
}

/** The scale's shades as pixels, and behind them that of what diverged. @param {boolean} dark */
function colorTable(dark) {
  const canvas = new OffscreenCanvas(SHADES + 1, 1);
  const ctx = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  const gradient = ctx.createLinearGradient(0, 0, SHADES, 0);
  STOPS.forEach((color, i) => gradient.addColorStop(i / (STOPS.length - 1), color));
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, SHADES, 1);
  ctx.fillStyle = lostColor(dark);
  ctx.fillRect(SHADES, 0, 1, 1);
  return new Uint32Array(ctx.getImageData(0, 0, SHADES + 1, 1).data.buffer);
}
