/** The picture: contour, paths, start point, what is under the pointer, and zoom buttons. */

import { contour } from "./contour.js";
import { h } from "./dom.js";
import { glyphButton } from "./glyphs.js";
import { startHandle } from "./handle.js";
import { hover } from "./hover.js";
import { Paths } from "./paths.js";
import { rounded } from "./projection.js";
import { ink, watchTheme } from "./theme.js";
import { around } from "./window.js";

/** @import {Store} from "./store.js" */
/** @import {Api} from "./types.js" */

/**
 * Build the picture in `element`.
 *
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {{api: Api, plotly: any, root: HTMLElement}} options
 * @returns {() => void}  takes it away
 */
export function stage(store, element, { api, plotly, root }) {
  const plot = h("div", { class: "ov-plot" });
  element.append(plot);
  let colors = ink(root);
  const base = contour(store, plot, { api, plotly, ink: colors, onFrame: redraw });
  const paths = new Paths(element);
  const handle = startHandle(store, element, base.frame);
  const tip = hover(store, element, paths, base.frame);
  element.append(zoomButtons(base, () => fit(store, base)));

  function redraw() {
    const frame = base.frame();
    if (!frame) return;
    handle.update();
    const { result, view } = store;
    // A reply to the previous surface would be drawn over the wrong contour.
    if (!result || result.race.surface !== store.race.surface) return;
    const surface = store.surface();
    paths.show({ result, frame, ink: colors, hidden: view.hidden, chosen: view.chosen, surface }, store.step);
  }

  const seek = () => paths.seek(store.step);
  const listeners = { result: redraw, view: redraw, race: handle.update, step: seek };
  for (const [type, listener] of Object.entries(listeners)) store.addEventListener(type, listener);

  const unwatch = watchTheme(root, () => {
    colors = ink(root);
    base.recolor(colors);
    redraw();
  });
  const sizes = new ResizeObserver(() => base.frame() && base.resize());
  sizes.observe(element);
  base.ready.then(() => listen(store, element, plot, tip));
  return () => {
    for (const [type, listener] of Object.entries(listeners)) store.removeEventListener(type, listener);
    unwatch();
    sizes.disconnect();
    base.destroy();
  };
}

/**
 * Follow the pointer: hover, click for a new start, and leave scrolling to the page where it scrolls.
 *
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {HTMLElement} plot
 * @param {ReturnType<typeof hover>} tip
 */
function listen(store, element, plot, tip) {
  let touch = false;
  /** @param {MouseEvent} event @returns {[number, number]} */
  const pixel = (event) => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  element.addEventListener("pointerdown", (event) => (touch = event.pointerType === "touch"), true);
  element.addEventListener("pointermove", (event) => (event.buttons ? tip.hide() : tip.look(pixel(event))));
  element.addEventListener("pointerleave", () => touch || tip.hide());
  // Plotly would take the finger for a drag of the axes; unseen by it, the finger scrolls the page.
  element.addEventListener("touchstart", (event) => event.stopPropagation(), { capture: true, passive: true });
  element.addEventListener("wheel", (event) => scrolls(element) && event.stopPropagation(), { capture: true, passive: true });
  /** @type {any} */ (plot).on("plotly_click", (/** @type {any} */ { xvals, yvals, event }) => {
    if (touch && tip.look(pixel(event))) return;
    const { width, height } = plot.getBoundingClientRect();
    const { xaxis, yaxis } = /** @type {any} */ (plot)._fullLayout;
    const start = /** @type {[number, number]} */ ([
      rounded(xvals[0], width / (xaxis.range[1] - xaxis.range[0])),
      rounded(yvals[0], height / (yaxis.range[1] - yaxis.range[0])),
    ]);
    store.change((race) => ({ ...race, start }));
  });
}

/** Whether the wheel is needed to scroll the page. @param {HTMLElement} element */
function scrolls(element) {
  return getComputedStyle(element).getPropertyValue("--ov-page-scrolls").trim() === "1";
}

/**
 * @param {ReturnType<typeof contour>} base
 * @param {() => void} onFit
 */
function zoomButtons(base, onFit) {
  return h(
    "div",
    { class: "ov-zoom", role: "group", "aria-label": "Zoom" },
    glyphButton("plus", "Zoom in", () => base.zoom(0.6)),
    glyphButton("minus", "Zoom out", () => base.zoom(1 / 0.6)),
    glyphButton("fit", "Fit the paths", onFit),
    glyphButton("home", "Show the whole surface", base.home),
  );
}

/**
 * Show all of the paths that did not diverge, with the start and the lowest points.
 *
 * @param {Store} store
 * @param {ReturnType<typeof contour>} base
 */
function fit({ result, view, race }, base) {
  if (!result) return;
  const { theta, lanes, steps } = result;
  /** @type {[number, number][]} */
  const points = [race.start];
  lanes.forEach(({ status }, lane) => {
    if (status.state === "diverged" || view.hidden.includes(lane)) return;
    const first = 2 * lane * (steps + 1);
    for (let i = first; i <= first + 2 * steps; i += 2) points.push([theta[i], theta[i + 1]]);
  });
  const window = around(points);
  if (window) base.show(window);
}
