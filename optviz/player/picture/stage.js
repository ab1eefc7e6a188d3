/** The picture: contour, paths, start point, what is under the pointer, and zoom buttons. */

import { namesApart } from "../state/laneedits.js";
import { snapshot } from "./snapshot.js";
import { listen, together } from "../base/listening.js";
import { basins } from "./basins.js";
import { cloud } from "./cloud.js";
import { contour } from "./contour.js";
import { h } from "../base/dom.js";
import { startHandle } from "./start.js";
import { hover } from "./hover.js";
import { setType } from "./contourfigure.js";
import { largeness } from "../controls/presenting.js";
import { overlay } from "../step/overlay.js";
import { Paths } from "./paths.js";
import { LAYERS, sceneOf } from "./scene.js";
import { pinch } from "./pinch.js";
import { toPlane } from "../plane/frame.js";
import { positionAt } from "../plane/projection.js";
import { reading } from "./surfacevalue.js";
import { space } from "../space/space.js";
import { pixelIn } from "../look/box.js";
import { guarded } from "../base/faults.js";
import { Layers } from "../look/layers.js";
import { ink, watchTheme } from "../look/theme.js";
import { around, corners } from "../plane/window.js";
import { zoomBar } from "./zoombar.js";

/** @import {Scene} from "./scene.js" */
/** @import {Frame} from "../plane/frame.js" */
/** @import {Grids} from "../live/grids.js" */
/** @import {OwnMaps} from "../live/ownmaps.js" */
/** @import {Inspections} from "../server/inspections.js" */
/** @import {Keys} from "../controls/keys.js" */
/** @import {Seeds} from "../live/ensembles.js" */
/** @import {Look} from "../state/moment.js" */
/** @import {Substeps} from "../step/substeps.js" */
/** @import {Api, Store} from "../state/types.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {{api: Api, grids: Grids, own: OwnMaps, plotly: any, solid: () => Promise<any>, root: HTMLElement, zoom: HTMLElement,
 *   keys: Keys, inspections: Inspections, seeds: Seeds, substeps: Substeps}} options
 *   `solid` brings the build of Plotly that draws in 3-D, `zoom` takes the zoom buttons
 * @returns {{seen: () => Scene | null, image: (scale: number) => Promise<Blob | null>, look: () => Look, show: (look: Look) => Promise<void>, destroy: () => void}}
 *   `seen`: all that is seen now, for who draws it elsewhere
 */
export function stage(store, element, { api, grids, own, plotly, solid: loadSolid, root, zoom, keys, inspections, seeds, substeps }) {
  const layers = new Layers(element, ["surface", ...LAYERS.map(({ on }) => on), "words"]);
  const plot = h("div", { class: "ov-plot ov-filling", "aria-hidden": "true" });
  layers.place("surface").append(plot);
  let colors = ink(root);
  const onFrame = () => redraw();
  const base = contour(store, plot, { grids, plotly, ink: colors, onFrame });
  const fingers = pinch(element, { frame: base.frame, show: base.move, onFrame });
  const solid = space(store, element, layers.place("surface"), { grids, load: loadSolid, ink: colors, base, onFrame });
  const frame = () => fingers() ?? solid.frame() ?? base.frame();
  const starts = basins(store, element, layers, { api, own, onMap: () => under.update() });
  const ends = cloud(store, element, layers, seeds);
  const paths = new Paths(layers);
  const closer = overlay(store, element, layers, inspections, substeps);
  const handle = startHandle(store, element, layers, frame);
  const tip = hover(store, layers.place("words"), paths, frame);
  const under = reading(element, layers.place("words"), frame, base.grid, starts.told);
  const zooming = {
    by: (/** @type {number} */ factor) => base.zoom(factor, markerOf(store)),
    shift: base.shift,
    fit: () => fit(store, base),
    home() {
      base.home();
      solid.home();
    },
    flipUnits: base.flipUnits,
    equal: base.equal,
  };
  const bar = zoomBar(store, zoom, keys, zooming);

  const redraw = guarded(element, () => {
    const axes = frame();
    if (!axes) return;
    bar.settle();
    solid.update();
    handle.update();
    const scene = sceneOf(store, { frame: axes, ink: colors });
    starts.update(scene);
    ends.update(scene);
    tip.hide();
    under.update();
    paths.show(scene, store.step);
    closer.update(scene);
  });

  /** All that is seen now. @returns {Scene | null} */
  function seen() {
    const axes = frame();
    if (!axes) return null;
    return { ...sceneOf(store, { frame: axes, ink: colors }), map: starts.seen(), ensemble: ends.seen(), closer: closer.seen() };
  }

  const seek = guarded(element, () => paths.seek(store.step));
  const follow = () => (store.result?.race.surface === store.race.surface ? handle.update() : redraw());
  const look = () => {
    bar.update();
    redraw();
  };
  const listeners = { result: redraw, view: look, race: follow, step: seek, locked: redraw };
  const deaf = Object.entries(listeners).map(([type, listener]) => listen(store, type, listener));

  const dress = () => {
    colors = ink(root);
    base.recolor(colors);
    solid.recolor(colors);
    redraw();
  };
  let closed = false;
  const present = async () => {
    await base.ready;
    if (closed) return;
    await base.keep(() => setType(plotly, plot, largeness(root)));
    dress();
  };
  // A link may begin so, before there was a picture.
  if (largeness(root) > 1) present();
  const sizes = new ResizeObserver(() => {
    if (base.frame()) base.resize();
    solid.resize();
  });
  sizes.observe(element);
  base.ready.then(() => closed || followPointer(store, element, plot, { tip, under }, frame));
  return {
    seen,
    /** The picture of the plane as a PNG, so many times as sharp; null while it is of space. @param {number} scale @returns {Promise<Blob | null>} */
    async image(scale) {
      const scene = seen();
      if (!scene || solid.frame()) return null;
      return snapshot(plotly, plot, scene, store.step, namesApart(store.race), scale);
    },
    /** What of the surface is seen. @returns {Look} */
    look() {
      const window = base.frame() && base.part();
      return { window: window ? corners(window) : undefined, equal: base.equal() === store.surface().quadratic ? undefined : base.equal(), camera: (store.view.show.includes("space") && solid.camera()) || undefined };
    },
    /** See that. @param {Look} look */
    async show({ window, equal, camera }) {
      await base.ready;
      if (closed) return;
      if (camera) solid.lookFrom(camera);
      if ((equal ?? store.surface().quadratic) !== base.equal()) bar.flipUnits();
      if (window) base.show({ x: [window[0], window[1]], y: [window[2], window[3]] });
      else if (base.part()) base.home();
    },
    destroy: together(
      () => (closed = true),
      ...[closer, starts, ends].map((part) => part.destroy),
      ...deaf,
      listen(root, ["presenting", "scaled"], present),
      watchTheme(root, dress),
      () => sizes.disconnect(),
      solid.destroy,
      base.destroy,
    ),
  };
}

/**
 * Follow the pointer: tell what is there, click for a new start, and leave scrolling to the page where it scrolls.
 *
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {HTMLElement} plot
 * @param {{tip: ReturnType<typeof hover>, under: ReturnType<typeof reading>}} tellers
 * @param {() => Frame | null} frame
 */
function followPointer(store, element, plot, { tip, under }, frame) {
  let touch = false;
  const pixel = (/** @type {MouseEvent} */ event) => pixelIn(element, event);
  element.addEventListener("pointerdown", (event) => (touch = event.pointerType === "touch"), true);
  element.addEventListener("pointermove", (event) => {
    if (event.buttons) tip.hide();
    else tip.look(pixel(event));
    under.look(event.buttons || event.pointerType === "touch" ? null : pixel(event));
  });
  element.addEventListener("pointerleave", () => {
    if (!touch) tip.hide();
    under.look(null);
  });
  element.addEventListener("wheel", (event) => scrolls(element) && event.stopPropagation(), { capture: true, passive: true });
  // Plotly's own coordinates are those of its last, throttled, look at the pointer.
  /** @type {any} */ (plot).on("plotly_click", (/** @type {{event: MouseEvent}} */ { event }) => {
    const axes = frame();
    if (!axes || event.button !== 0 || store.fixed || (touch && tip.look(pixel(event)))) return;
    const start = toPlane(axes, pixel(event));
    store.change((race) => ({ ...race, start }));
  });
}

/** Where the chosen lane's marker is; null while there is none. @param {Store} store @returns {[number, number] | null} */
function markerOf({ result, view: { chosen, hidden }, step }) {
  if (!result || !result.lanes[chosen] || hidden.includes(chosen)) return null;
  const { theta, steps } = result;
  return positionAt(theta, { last: new Int32Array(result.lanes.length).fill(steps), count: steps + 1 }, chosen, step);
}

/** Whether the wheel is needed to scroll the page. @param {HTMLElement} element */
function scrolls(element) {
  return getComputedStyle(element).getPropertyValue("--ov-page-scrolls").trim() === "1";
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
