/** What a map's cells have to do with those next to them: where fates mix, and which cell is the best one to take. */

import { placeIn } from "../look/box.js";
import { isMinimum } from "./fates.js";

/** @import {Box} from "../look/box.js" */
/** @import {MapReply} from "../state/types.js" */

/** So many times as many steps a cell may take whose neighbours end as it does. */
const CALM = 1.25;
/** Pixels of a mark, at most, and its part of a cell. */
const DOT = 2.5;
const PART = 0.4;

/**
 * Return those cells that lie between two which end elsewhere, left and right of it or above and below: there
 * fates mix, and the least change decides.
 *
 * @param {Pick<MapReply, "n" | "place">} map
 * @returns {number[]}  indices
 */
export function mixedCells({ n, place }) {
  const found = [];
  for (let cell = 0; cell < place.length; cell += 1) {
    const column = cell % n;
    const apart = (/** @type {number} */ by) => place[cell - by] !== place[cell] && place[cell + by] !== place[cell];
    const inner = cell >= n && cell < place.length - n;
    if ((column > 0 && column < n - 1 && apart(1)) || (inner && apart(n))) found.push(cell);
  }
  return found;
}

/** @param {Pick<MapReply, "n" | "place">} map @param {number} cell */
export function isMixed({ n, place }, cell) {
  const column = cell % n;
  const row = Math.floor(cell / n);
  const rows = [row - 1, row, row + 1].map((at) => Array.from({ length: 3 }, (_, i) => valueIn(place, n, column - 1 + i, at, place[cell])));
  return mixedCells({ n: 3, place: Float32Array.from(rows.flat()) }).includes(4);
}

/** @param {ArrayLike<number>} place @param {number} n @param {number} column @param {number} row @param {number} own  beyond the map */
function valueIn(place, n, column, row, own) {
  return column < 0 || row < 0 || column >= n || row >= n ? own : place[row * n + column];
}

/** Mark them with a dot each. @param {CanvasRenderingContext2D} ctx @param {Box} box @param {number} n @param {number[]} cells @param {string} color */
export function drawMixed(ctx, box, n, cells, color) {
  const size = Math.max(0.75, Math.min(DOT, (PART * box.width) / n));
  ctx.fillStyle = color;
  for (const cell of cells) {
    const [x, y] = placeIn(box, [(cell % n) / (n - 1), Math.floor(cell / n) / (n - 1)]);
    ctx.fillRect(x - size / 2, y - size / 2, size, size);
  }
}

/**
 * Return the cell that converges first; one whose neighbours end as it does may be a little later.
 *
 * @param {MapReply} map
 * @returns {{cell: number, shares: [number, number]} | null}  null where none converges
 */
export function bestCell(map) {
  const { n, place, step, places } = map;
  const lowest = places.some(({ kind }) => kind === "minimum");
  const arrives = places.map((one) => (lowest ? one.kind === "minimum" : isMinimum(one)));
  const mixed = new Set(mixedCells(map));
  let best = -1;
  const before = (/** @type {number} */ cell) => best < 0 || rank(cell) < rank(best);
  const rank = (/** @type {number} */ cell) => step[cell] * (mixed.has(cell) ? CALM : 1);
  for (let cell = 0; cell < place.length; cell += 1) if (place[cell] >= 0 && arrives[place[cell]] && before(cell)) best = cell;
  return best < 0 ? null : { cell: best, shares: [(best % n) / (n - 1), Math.floor(best / n) / (n - 1)] };
}
