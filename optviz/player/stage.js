/** The picture: contour, paths, start point, what is under the pointer, and zoom buttons. */

import { contour } from "./contour.js";
import { h } from "./dom.js";
import { glyphButton } from "./glyphs.js";
import { startHandle } from "./handle.js";
import { hover } from "./hover.js";
import { Paths } from "./paths.js";
import { toPlane } from "./projection.js";
import { ink, watchTheme } from "./theme.js";
import { around } from "./window.js";

/** @import {Frame} from "./contour.js" */
/** @import {Store} from "./store.js" */
/** @import {Api} from "./types.js" */

/**
 * Build the picture in `element`.
 *
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {{api: Api, plotly: any, root: HTMLElement, zoom: HTMLElement}} options
 *   `zoom` takes the zoom buttons
 * @returns {() => void}  takes it away
 */
export function stage(store, element, { api, plotly, root, zoom }) {
  const plot = h("div", { class: "ov-plot" });
  element.append(plot);
  let colors = ink(root);
  const base = contour(store, plot, { api, plotly, ink: colors, onFrame: redraw });
  const paths = new Paths(element);
  const handle = startHandle(store, element, base.frame);
  const tip = hover(store, element, paths, base.frame);
  zoom.append(...zoomButtons(base, () => fit(store, base)));

  function redraw() {
    const frame = base.frame();
    if (!frame) return;
    handle.update();
    const { result, view } = store;
    tip.hide();
    const ground = { frame, ink: colors, surface: store.surface() };
    // Paths on the previous surface would lie over the wrong contour.
    if (!result || result.race.surface !== store.race.surface) paths.clear(ground);
    else paths.show({ ...ground, result, hidden: view.hidden, chosen: view.chosen, draft: store.held }, store.step);
  }

  const seek = () => paths.seek(store.step);
  const follow = () => (store.result?.race.surface === store.race.surface ? handle.update() : redraw());
  const wait = () => element.classList.toggle("ov-waiting", store.waiting);
  const listeners = { result: redraw, view: redraw, race: follow, step: seek, waiting: wait };
  for (const [type, listener] of Object.entries(listeners)) store.addEventListener(type, listener);

  const unwatch = watchTheme(root, () => {
    colors = ink(root);
    base.recolor(colors);
    redraw();
  });
  const sizes = new ResizeObserver(() => base.frame() && base.resize());
  sizes.observe(element);
  let closed = false;
  base.ready.then(() => closed || listen(store, element, plot, tip, base.frame));
  return () => {
    closed = true;
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
 * @param {() => Frame | null} frame
 */
function listen(store, element, plot, tip, frame) {
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
  // Plotly's own coordinates are those of its last, throttled, look at the pointer.
  /** @type {any} */ (plot).on("plotly_click", (/** @type {{event: MouseEvent}} */ { event }) => {
    const axes = frame();
    if (!axes || (touch && tip.look(pixel(event)))) return;
    const start = toPlane(axes, pixel(event));
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
  return [
    glyphButton("plus", "Zoom in", () => base.zoom(0.6)),
    glyphButton("minus", "Zoom out", () => base.zoom(1 / 0.6)),
    glyphButton("fit", "Fit the paths", onFit),
    glyphButton("home", "Show the whole surface", base.home),
  ];
}

/**
 * Show all of the paths that did not diverge, with the start and the lowest points.
 *
 * @param {Store} store
 * @param {{show: (window: {x: [number, number], y: [number, number]}) => void}} base
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
