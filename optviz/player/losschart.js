/** The chart of the loss against the step, with the same play-head, colours and dashes as the stage. */

import { h, setText } from "./dom.js";
import { canvasFrame, fit } from "./frame.js";
import { lossAxis } from "./lossaxis.js";
import { drawGrid, drawHead, drawLines, plotBox, ticksThatFit } from "./losspaint.js";

/** @import {Store} from "./store.js" */
/** @import {Picture} from "./losspaint.js" */
/** @import {Result} from "./types.js" */

/** Time between two looks of the chart while a value is dragged, in ms. */
const PERIOD = 120;

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @returns {() => void}  takes the chart down
 */
export function lossChart(store, element) {
  const title = h("h2", {});
  const hold = h("div", { class: "ov-chart-canvas" });
  const panel = h("div", { class: "ov-panel" }, h("header", { class: "ov-panel-head" }, title), hold);
  element.append(panel);
  // Lines below, what veils them ahead of the play-head over them, the play-head on top: while it
  // moves, the lines are left alone.
  const lines = document.createElement("canvas");
  const veil = h("div", { class: "ov-chart-veil" });
  hold.append(lines, veil);
  let drawn = "";

  /** @type {Picture | null} */
  let picture = null;
  const frame = canvasFrame(hold, (ctx, width, height, colors) => {
    if (!store.result) return;
    const key = `${width} ${height} ${devicePixelRatio} ${colors.ground}`;
    if (!picture || key !== drawn) {
      picture = pictureOf(store, store.result, width, height);
      drawn = key;
      fit(lines, width, height);
      drawLines(lines, picture, colors);
    }
    drawGrid(ctx, picture, colors);
    const at = drawHead(ctx, picture, Math.min(store.step, picture.result.steps), colors);
    // At step 0 nothing is behind the play-head: the whole lines are shown, as on the stage.
    veil.hidden = store.step === 0;
    veil.style.left = `${at}px`;
  });
  let due = 0;
  const refresh = () => {
    clearTimeout(due);
    due = 0;
    picture = null;
    setText(title, store.result?.floor == null ? "Loss by step" : "Loss above the minimum, by step");
    frame.canvas.setAttribute("aria-label", description(store));
    frame.repaint();
  };
  // While a value is dragged the paths come first: the chart follows a few times a second.
  const follow = () => {
    if (store.held && picture) due ||= window.setTimeout(refresh, PERIOD);
    else refresh();
  };

  frame.canvas.setAttribute("role", "img");
  seekByPointer(store, hold);
  store.addEventListener("result", follow);
  store.addEventListener("view", refresh);
  store.addEventListener("step", frame.repaint);
  refresh();
  return () => {
    clearTimeout(due);
    store.removeEventListener("result", follow);
    store.removeEventListener("view", refresh);
    store.removeEventListener("step", frame.repaint);
    frame.destroy();
    panel.remove();
  };
}

/**
 * Collect what is to be drawn: the visible lanes and the axis that holds them.
 *
 * @param {Store} store
 * @param {Result} result
 * @param {number} width
 * @param {number} height
 * @returns {Picture}
 */
function pictureOf(store, result, width, height) {
  const points = result.steps + 1;
  const lanes = result.lanes
    .map((lane, index) => ({ index, lane, losses: result.excess.subarray(index * points, (index + 1) * points) }))
    .filter(({ index }) => !store.view.hidden.includes(index));
  const box = plotBox(width, height);
  const known = result.floor !== null;
  const axis = lossAxis(
    lanes.map(({ losses }) => losses),
    result.excess[0],
    known,
    ticksThatFit(box),
  );
  return { result, lanes, box, axis };
}

/** @param {Store} store */
function description(store) {
  const names = store.race.lanes.filter((_, i) => !store.view.hidden.includes(i)).map(({ label }) => label);
  return `Loss against step for ${names.join(", ")}. The table holds the final losses; the scrubber moves the play-head.`;
}

/**
 * A press or drag in the chart moves the play-head.
 *
 * @param {Store} store
 * @param {HTMLElement} hold
 */
function seekByPointer(store, hold) {
  const seek = (/** @type {PointerEvent} */ event) => {
    const { left, width } = plotBox(hold.clientWidth, hold.clientHeight);
    const share = (event.clientX - hold.getBoundingClientRect().left - left) / width;
    store.seek(Math.round(share * store.race.steps));
  };
  hold.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    hold.setPointerCapture(event.pointerId);
    store.play(false);
    seek(event);
  });
  hold.addEventListener("pointermove", (event) => {
    if (hold.hasPointerCapture(event.pointerId)) seek(event);
  });
}
