/** The picture below the paths: a Plotly contour, drawn once per surface, that zooms and pans. */

import { decodeSurface, sentences, surfaceQuery } from "./client.js";
import { newest } from "./newest.js";
import { figure, levels, retouch, rows } from "./figure.js";
import { covers, padded, span, zoomed } from "./window.js";

/** @import {Store} from "./store.js" */
/** @import {Api, Grid, Race} from "./types.js" */
/** @import {Ink} from "./theme.js" */
/** @import {Window} from "./window.js" */

/**
 * @typedef {object} Frame  Where the axes are, in CSS pixels of the element, and what they show.
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {[number, number]} x
 * @property {[number, number]} y
 */

const FINE = 201;
const COARSE = 71;
/** The grid reaches beyond the axes by this share of their length, so that panning shows more. */
const MARGIN = 0.2;

/**
 * Draw the surface of the store's race into `element` and keep it up to date.
 *
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {{api: Api, plotly: any, ink: Ink, onFrame: () => void}} options
 *   `onFrame` is called whenever the axes have moved or the surface has changed
 */
export function contour(store, element, { api, plotly, ink, onFrame }) {
  /** @type {Grid | null} */
  let grid = null;
  /** What the newest request asked for: the surface with its shape, and points along a side. */
  let drawn = "";
  let asked = 0;
  let surface = store.race.surface;
  let colors = ink;
  let home = domain(store);
  let closed = false;

  const ready = plotly.newPlot(element, ...figure(home, ink)).then(() => {
    if (closed) return;
    /** @type {any} */ (element).on("plotly_relayouting", onFrame);
    /** @type {any} */ (element).on("plotly_relayout", refine);
    /** @type {any} */ (element).on("plotly_afterplot", onFrame);
    refresh();
  });

  /** @returns {Window} */
  function shown() {
    const { xaxis, yaxis } = /** @type {any} */ (element)._fullLayout;
    return { x: [xaxis.range[0], xaxis.range[1]], y: [yaxis.range[0], yaxis.range[1]] };
  }

  /**
   * Move the axes; the event that follows fetches what they then show.
   *
   * @param {Window} window
   */
  function show({ x, y }) {
    // Copies, because Plotly changes the arrays that it is given.
    return plotly.relayout(element, { "xaxis.range": [...x], "yaxis.range": [...y] });
  }

  const fetchGrid = newest(async (/** @type {{race: Race, window: Window, n: number}} */ { race, window, n }) => {
    try {
      const reply = decodeSurface(await api.surface(surfaceQuery(race, window, n)));
      // A late reply may be of a surface that was left meanwhile.
      if (closed || race.surface !== store.race.surface) return;
      grid = reply;
      await plotly.restyle(element, { ...rows(grid), ...levels(grid, colors) }, [0]);
      store.complain([], "surface");
    } catch (error) {
      store.complain(sentences(error), "surface");
    }
  });

  /** @param {number} [n] */
  function refresh(n = FINE) {
    drawn = key(store.race);
    asked = n;
    fetchGrid({ race: store.race, window: padded(shown(), MARGIN), n });
  }

  function refine() {
    onFrame();
    if (!grid || !covers(grid, shown()) || span(grid) > 4 * span(shown())) refresh();
  }

  /** @param {Event} event */
  async function follow(event) {
    const { commit } = /** @type {CustomEvent} */ (event).detail;
    if (store.race.surface !== surface) {
      surface = store.race.surface;
      grid = null;
      home = domain(store);
      await ready;
      if (!closed) await show(home);
    } else if (key(store.race) !== drawn || (commit && asked < FINE)) {
      refresh(commit ? FINE : COARSE);
    }
    if (commit) makeRoom();
  }

  /** Extend the axes to hold a start outside the domain, unless the user has zoomed. */
  function makeRoom() {
    const wanted = domain(store);
    const untouched = same(shown(), home);
    home = wanted;
    if (untouched && !same(shown(), home)) show(home);
  }

  store.addEventListener("race", follow);
  return {
    ready,
    shown,
    show,
    /** @returns {Frame | null} */
    frame: () => axes(element),
    /** @returns {Grid | null} */
    grid: () => grid,
    home: () => show(home),
    /** @param {number} factor  below 1 comes closer */
    zoom: (factor) => show(zoomed(shown(), factor)),
    /** @param {Ink} next */
    recolor(next) {
      colors = next;
      retouch(plotly, element, grid, next);
    },
    resize: () => element.offsetWidth > 0 && plotly.Plots.resize(element),
    destroy() {
      closed = true;
      store.removeEventListener("race", follow);
      plotly.purge(element);
    },
  };
}

/** @param {Race} race */
function key({ surface, shape }) {
  return JSON.stringify([surface, shape]);
}

/** @param {Window} a @param {Window} b */
function same(a, b) {
  return JSON.stringify([a.x, a.y]) === JSON.stringify([b.x, b.y]);
}

/**
 * Return what the axes show at first: the surface's domain, extended where the start is outside.
 *
 * @param {Store} store
 * @returns {Window}
 */
function domain(store) {
  const { x, y } = store.surface();
  const [u, v] = store.race.start;
  return { x: holding(x, u), y: holding(y, v) };
}

/**
 * @param {[number, number]} range
 * @param {number} value
 * @returns {[number, number]}
 */
function holding([low, high], value) {
  const room = 0.06 * (high - low);
  return [value < low ? value - room : low, value > high ? value + room : high];
}

/**
 * @param {HTMLElement} element
 * @returns {Frame | null}
 */
function axes(element) {
  const layout = /** @type {any} */ (element)._fullLayout;
  if (!layout?.xaxis?._length) return null;
  const { xaxis, yaxis } = layout;
  return {
    left: xaxis._offset,
    top: yaxis._offset,
    width: xaxis._length,
    height: yaxis._length,
    x: xaxis.range,
    y: yaxis.range,
  };
}
