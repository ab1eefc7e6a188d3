/** Where the losses of many seeds of the noise lie: a median and two bands, behind a chart's lines. */

import { height } from "./paint.js";
import { fill, h } from "../base/dom.js";
import { readable } from "../scales/numbers.js";
import { laneStyle } from "../look/palette.js";

/** @import {Picture} from "./paint.js" */
/** @import {Ensemble} from "../live/ensembles.js" */
/** @import {Store} from "../state/types.js" */
/** @import {Ink} from "../look/theme.js" */

/**
 * @typedef {object} Bands
 * @property {number} lane
 * @property {number} look  the lane's, see state/looks.js
 * @property {number} seeds
 * @property {Float32Array[]} rows  the quantiles of 5, 25, 50, 75 and 95 %, (T+1) each
 */

/** The lower and the upper row of each band, and how much of what is below it hides. */
const WIDE = { from: 0, to: 4, opacity: 0.16 };
const NARROW = { from: 1, to: 3, opacity: 0.26 };
const MEDIAN = 2;

/** @param {Ensemble | null} ensemble @param {Pick<Store, "lookOf">} store @returns {Bands | null} */
export function bandsOf(ensemble, store) {
  if (!ensemble) return null;
  const { excess, steps, seeds, quantiles } = ensemble.reply;
  const rows = quantiles.map((_, i) => excess.subarray(i * (steps + 1), (i + 1) * (steps + 1)));
  return { lane: ensemble.lane, look: store.lookOf(ensemble.lane), seeds, rows };
}

/** What an axis is to hold of them: where seeds have diverged, they leave the chart at the top. @param {Bands | null} bands */
export function curvesOf(bands) {
  return bands ? bands.rows.map((row) => row.filter(Number.isFinite)) : [];
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Pick<Picture, "box" | "axis" | "steps">} picture
 * @param {Bands} bands
 * @param {Ink} colors
 */
export function drawBands(ctx, { box, axis, steps }, { look, rows }, colors) {
  const { color } = laneStyle(look, colors.dark);
  const last = Math.min(rows[0].length - 1, steps);
  const trace = (/** @type {Float32Array} */ row, back = false) => {
    for (let i = 0; i <= last; i += 1) {
      const k = back ? last - i : i;
      ctx.lineTo(box.left + (k / steps) * box.width, height(box, axis, row[k]));
    }
  };
  ctx.fillStyle = color;
  for (const { from, to, opacity } of [WIDE, NARROW]) {
    ctx.globalAlpha = opacity;
    ctx.beginPath();
    trace(rows[from]);
    trace(rows[to], true);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  ctx.lineWidth = 1;
  // Not in the lane's colour: it would look like its path.
  ctx.strokeStyle = colors.text;
  ctx.beginPath();
  trace(rows[MEDIAN]);
  ctx.stroke();
}

/** Names median and bands, under the chart's title. @param {Store} store */
export function bandsLegend(store) {
  const element = h("ul", { class: "ov-wrap ov-bands ov-muted", "aria-label": "Median and bands" });
  element.hidden = true;
  return {
    element,
    /** @param {Bands | null} bands */
    show(bands) {
      element.hidden = !bands;
      if (!bands) return;
      const { lane, look, seeds, rows } = bands;
      const lost = rows.some((row) => row.at(-1) === Infinity);
      fill(element, `${look} ${seeds} ${lost} ${store.lane(lane).label}`, () => {
        element.style.setProperty("--ov-band", `var(${laneStyle(look).name})`);
        const item = (/** @type {string} */ kind, text = kind) => {
          const swatch = h("span", { class: `ov-band-${kind}`, "aria-hidden": "true" });
          return h("li", { class: "ov-row" }, swatch, text);
        };
        const of = `of ${seeds} seeds${lost ? "; above the chart: diverged" : ""}`;
        return [item("median"), item("half"), item("most", "90 %"), h("li", { class: "ov-row" }, of)];
      });
    },
  };
}

/** Say where the losses lie at the last step. @param {Store} store @param {Bands | null} bands */
export function bandsInWords(store, bands) {
  if (!bands) return "";
  const [least, lower, median, upper, most] = bands.rows.map((row) => (row.at(-1) === Infinity ? "diverged" : readable(row.at(-1), 2)));
  return (
    ` Behind the lines, ${bands.seeds} seeds of the noise for ${store.lane(bands.lane).label}; at the last step, ` +
    `median ${median}, half of them from ${lower} to ${upper}, 90 % from ${least} to ${most}.`
  );
}
