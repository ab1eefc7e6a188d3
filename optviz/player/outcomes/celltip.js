/** What the pointer is over in a hyperparameter map: the cell's values, and what became of it. */

import { h } from "../base/dom.js";
import { tipIn } from "../look/tip.js";
import { cellAt } from "./cells.js";
import { fateWords } from "./fates.js";
import { valueAt } from "./mapaxis.js";
import { isMixed } from "./neighbours.js";
import { readable } from "../scales/numbers.js";

/** @import {Sides} from "./cells.js" */
/** @import {MapReply} from "../state/types.js" */

const GAP = 12;
const MIXED = "the cells on both sides end elsewhere";

/**
 * @param {HTMLElement} place
 * @returns {{show: (at: [number, number], lines: string[]) => void, hide: () => void}}  `at` in
 *   pixels of the place
 */
export function cellTip(place) {
  const { show, hide } = tipIn(place, { gap: GAP, rise: GAP, fall: GAP });
  return {
    hide,
    // Its border needs a pixel beside it.
    show: (at, lines) => show(at, lines.map((line) => h("div", {}, line)), { left: 0, top: 0, width: place.clientWidth - 1 }),
  };
}

/**
 * Return the cell of a map at shares of its sides in words.
 *
 * @param {MapReply} map
 * @param {Sides} axes
 * @param {[number, number]} shares
 * @param {number} lowest  what the map's losses are counted from
 */
export function cellWords(map, { across, up }, shares, lowest) {
  const last = map.n - 1;
  const { column, row, cell } = cellAt(map.n, shares);
  const values = [valueAt(across, column / last), valueAt(up, row / last)].map((value) => readable(value));
  const mixed = isMixed(map, cell) ? [MIXED] : [];
  return [`${across.symbol} = ${values[0]}, ${up.symbol} = ${values[1]}`, ...outcomeWords(map, cell, lowest), ...mixed];
}

/**
 * @param {Pick<MapReply, "place" | "step" | "places" | "excess">} reply
 * @param {number} cell
 * @param {number} lowest  what its losses are counted from
 */
export function outcomeWords(reply, cell, lowest) {
  const loss = reply.excess[cell] + lowest;
  return [fateWords(reply, cell), ...(Number.isFinite(loss) ? [`final loss ${readable(loss)}`] : [])];
}
