/** A chart of lines by step, with the stage's play-head, colours and dashes. */

import { listen, together } from "../base/listening.js";
import { bandsInWords, bandsLegend, bandsOf, curvesOf, drawBands } from "./bands.js";
import { drawHead } from "./playhead.js";
import { kindOf } from "./kinds.js";
import { linesInWords } from "./inwords.js";
import { drawGrid, drawLines, plotBox, ticksThatFit } from "./paint.js";
import { Asking } from "../server/asking.js";
import { decodeSlopes } from "../server/client.js";
import { h, setText } from "../base/dom.js";
import { goesBelow } from "../scales/axis.js";
import { pixelIn, sharesIn } from "../look/box.js";
import { canvasFrame, fit } from "../look/canvas.js";

/** @import {Bands} from "./bands.js" */
/** @import {Line, Picture} from "./paint.js" */
/** @import {Kind} from "./kinds.js" */
/** @import {Part} from "../base/dom.js" */
/** @import {Inspections} from "../server/inspections.js" */
/** @import {Seeds} from "../live/ensembles.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {Api, Result, Store, View} from "../state/types.js" */

/** @typedef {Part & {destroy: () => void}} Chart */
/** @typedef {{kind: Kind, lines: Line[], bands: Bands | null, result: Result}} Content  What is drawn. */

/**
 * @param {Store} store
 * @param {HTMLElement} place  within the page, whose font it takes
 * @param {Api} api
 * @param {{inspections: Inspections, seeds: Seeds}} sources
 * @param {(view: View) => string} which  slug of the kind that is shown, if it is one of lines
 * @returns {Chart}
 */
export function lineChart(store, place, api, { inspections, seeds }, which) {
  const title = h("h2", { class: "ov-chart-title ov-muted" });
  const lack = h("p", { class: "ov-chart-lack" });
  const hold = h("div", { class: "ov-chart-canvas" });
  const names = bandsLegend(store);
  const element = h("div", { class: "ov-chart-body" }, title, names.element, hold, lack);
  place.append(element);
  const shows = (/** @type {string} */ slug) => which(store.view) === slug;
  const slopes = pulledSlopes(store, api, () => shows("slope"), () => update());
  const drawing = painter(store, hold);

  function update() {
    const kind = kindOf(which(store.view));
    if (!kind) return;
    setText(title, kind.title(store));
    const { result } = store;
    const bands = kind.bands ? bandsOf(seeds.current(), store) : null;
    names.show(bands);
    const lines = result && kind.lines({
      store,
      result,
      slopes: slopes.now,
      inspection(lane) {
        const found = inspections.of(lane);
        return inspections.fresh(found) && found ? found.seen : null;
      },
    });
    const sentence = typeof lines === "string" ? lines : "";
    setText(lack, sentence);
    hold.hidden = sentence !== "";
    // While numbers are on the way, the former lines stay, unless they are of another chart.
    if (lines && typeof lines !== "string") drawing.show({ kind, lines, bands, result });
    else if (sentence || drawing.kind() !== kind) drawing.show(null);
    const more = `${belowInWords(store, kind)}${bandsInWords(store, bands)}`;
    const told = `${linesInWords(lines, result)}${more}`;
    drawing.describe(`${kind.title(store)}. The scrubber moves the play-head.${told}`);
  }

  // While a value is held, the panels ask for the chart as often as it can be read.
  const spread = () => store.held || update();
  seekByPointer(store, hold);
  const leave = inspections.use({
    lanes: () => (shows("rate") ? ratedLanes(store) : []),
    arrived: update,
  });
  return {
    element,
    update,
    destroy: together(leave, slopes.destroy, listen(seeds, "arrived", spread), drawing.destroy),
  };
}

/** Whose rates are shown, the chosen one first. @param {Store} store */
function ratedLanes({ race, view: { chosen, hidden } }) {
  return [chosen, ...race.lanes.keys()].filter((lane, at) => at === 0 || (lane !== chosen && !hidden.includes(lane)));
}

/**
 * The norms of the gradient, fetched when somebody first looks at them.
 *
 * @param {Store} store
 * @param {Api} api
 * @param {() => boolean} looked
 * @param {() => void} arrived
 */
function pulledSlopes(store, api, looked, arrived) {
  /** @type {{query: string, values: Float32Array} | null} */
  let known = null;
  const fresh = () => Boolean(store.result?.slope) || known?.query === store.result?.query;
  const asking = new Asking({
    wanted: () => (store.result && looked() && !fresh() ? [{ query: store.result.query }] : []),
    ask: ({ query }, signal) => api.slopes(query, signal),
    take(reply, { query }) {
      known = { query, values: decodeSlopes(reply) };
      arrived();
    },
    complain: (problems) => store.complain(problems, "chart"),
  });
  return {
    /** Null while they are on the way. */
    now() {
      asking.look();
      return store.result?.slope ?? (fresh() && known ? known.values : null);
    },
    destroy: together(listen(store, "view", asking.look), asking.destroy),
  };
}

/** Say whose losses go below the known minimum. @param {Store} store @param {Kind} kind */
function belowInWords({ result, view }, kind) {
  if (!result || result.floor === null || kind.slug !== "loss") return "";
  const { excess, steps, floor } = result;
  const curve = (/** @type {number} */ lane) => excess.subarray(lane * (steps + 1), (lane + 1) * (steps + 1));
  const lower = result.race.lanes.filter((_, lane) => !view.hidden.includes(lane) && goesBelow([curve(lane)], floor));
  return lower.length ? ` Below the known minimum of the surface: ${lower.map(({ label }) => label).join(", ")}.` : "";
}

/**
 * Draw a chart into `hold`: lines below, what veils them ahead of the play-head over them, the
 * play-head on top; while it moves, the lines are left alone.
 *
 * @param {Store} store
 * @param {HTMLElement} hold
 */
function painter(store, hold) {
  // What is on it the other canvas tells, which has a name.
  const canvas = h("canvas", { class: "ov-filling", "aria-hidden": "true" });
  const veil = h("div", { class: "ov-chart-veil" });
  hold.append(canvas, veil);
  /** @type {Content | null} */
  let content = null;
  /** @type {Picture | null} */
  let picture = null;
  let drawn = "";
  const frame = canvasFrame(hold, (ctx, width, height, colors, density) => {
    canvas.hidden = veil.hidden = !content;
    if (!content) return;
    const key = `${width} ${height} ${density} ${colors.ground}`;
    if (!picture || key !== drawn) {
      picture = pictureOf(content, width, height, colors);
      drawn = key;
      fit(canvas, width, height, density);
      drawLines(canvas, picture, density, colors);
    }
    drawGrid(ctx, picture, colors);
    const at = drawHead(ctx, picture, Math.min(store.step, picture.steps), colors);
    // At step 0 nothing is behind the play-head: the whole lines are shown, as on the stage.
    veil.hidden = store.step === 0;
    veil.style.clipPath = `inset(0 0 0 ${at}px)`;
  });
  frame.canvas.setAttribute("role", "img");
  return {
    /** @param {Content | null} next */
    show(next) {
      content = next;
      picture = null;
      frame.repaint();
    },
    kind: () => content?.kind,
    /** @param {string} text */
    describe: (text) => frame.canvas.setAttribute("aria-label", text),
    destroy: together(listen(store, "step", frame.repaint), frame.destroy),
  };
}

/**
 * @param {Content} content
 * @param {number} width
 * @param {number} height
 * @param {Ink} colors
 * @returns {Picture}
 */
function pictureOf({ kind, lines, bands, result }, width, height, colors) {
  const box = plotBox(width, height);
  const curves = [...lines.map(({ values }) => values), ...curvesOf(bands)];
  const place = { steps: result.steps, box, axis: kind.axis(curves, result, ticksThatFit(box)) };
  return { ...place, lines, behind: bands ? (ctx) => drawBands(ctx, place, bands, colors) : undefined };
}

/** A press or drag in the chart moves the play-head. @param {Store} store @param {HTMLElement} hold */
function seekByPointer(store, hold) {
  const seek = (/** @type {PointerEvent} */ event) => {
    const [share] = sharesIn(plotBox(hold.clientWidth, hold.clientHeight), pixelIn(hold, event));
    store.seek(Math.round(share * store.race.steps));
  };
  let before = 0;
  hold.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    hold.setPointerCapture(event.pointerId);
    store.play(false);
    before = store.step;
    seek(event);
  });
  hold.addEventListener("pointercancel", () => store.seek(before));
  hold.addEventListener("pointermove", (event) => {
    if (hold.hasPointerCapture(event.pointerId)) seek(event);
  });
}
