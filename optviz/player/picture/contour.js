/** The picture below the paths: a Plotly contour, drawn once per surface, that zooms and pans. */

import { listen, together } from "../base/listening.js";
import { axesIn } from "./axes.js";
import { Asking } from "../server/asking.js";
import { gridQuestion } from "../live/grids.js";
import { axesOf, figure, levels, rows } from "./contourfigure.js";
import { ticks } from "../scales/ticks.js";
import { covers, domain, holds, padded, reach, same, shifted, span, zoomed } from "../plane/window.js";

/** @import {GridQuestion, Grids} from "../live/grids.js" */
/** @import {Grid, Race, Store} from "../state/types.js" */
/** @import {Window} from "../plane/window.js" */
/** @import {Ink} from "../look/theme.js" */

const FINE = 201;
const COARSE = 71;
/** Drawn at once after a zoom, as long as the axes may move on; then comes the fine grid. */
const QUICK = 101;
const QUIET = 250;
/** With fewer points along the axes the lines would look like polygons. */
const ENOUGH = 100;
/** Below this share of their distance from zero, two float32 may be a visible step apart. */
const NEAR = 1e-3;
/** Below this share of it, two float64 may be. */
const LEAST = 1e-13;
/** ms: for so long the lines of the surface before stay, while those of another are on their way. */
const LATE = 400;
/** The grid reaches beyond the axes by this share of their length, so that panning shows more. */
const MARGIN = 0.2;

/**
 * Draw the surface of the store's race into `element` and keep it up to date.
 *
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {{grids: Grids, plotly: any, ink: Ink, onFrame: () => void}} options
 *   `onFrame` is called whenever the axes have moved or the surface has changed
 */
export function contour(store, element, { grids, plotly, ink, onFrame }) {
  /** @type {Grid | null} */
  let grid = null;
  /** What the newest request asked for: the surface with its shape, and points along a side. */
  let drawn = "";
  let asked = 0;
  /** What is to come, if anything is. @type {GridQuestion | null} */
  let wanted = null;
  let surface = store.race.surface;
  let colors = ink;
  let home = domain(store.surface(), store.race.start);
  let closed = false;
  /** Whether it is hidden: then nothing is fetched for it. */
  let asleep = false;
  /** Timers of the fine grid after a zoom, and of a surface that does not come. */
  let quiet = 0;
  let late = 0;

  // After each of their moves, the event of Plotly's fetches what they then show.
  const axes = axesIn(plotly, element);
  const { shown, show } = axes;
  // On a quadratic, steps at right angles to the contour lines are seen as such at once.
  const begin = () => axes.begin(home, store.surface().quadratic);
  const ready = plotly.newPlot(element, ...figure(home, ink)).then(async () => {
    if (closed) return;
    // Where Plotly measures type, beside the page.
    document.getElementById("js-plotly-tester")?.setAttribute("aria-hidden", "true");
    await begin();
    /** @type {any} */ (element).on("plotly_relayouting", onFrame);
    /** @type {any} */ (element).on("plotly_relayout", refine);
    /** @type {any} */ (element).on("plotly_afterplot", onFrame);
    refresh();
  });

  const asking = new Asking({
    wanted: () => (wanted && !asleep ? [wanted] : []),
    ask: grids,
    async take(reply, question) {
      // A late reply may be of a surface that was left meanwhile.
      if (question.race.surface === store.race.surface) {
        grid = reply;
        clearTimeout(late);
        const style = { ...rows(grid), ...levels(grid, colors), visible: true };
        await plotly.update(element, style, { ...ticks("x", grid.x), ...ticks("y", grid.y) }, [0]);
      }
      if (wanted === question) wanted = null;
    },
    complain: (problems) => store.complain(problems, "surface"),
  });

  /** @param {number} [n] */
  function refresh(n = FINE) {
    clearTimeout(quiet);
    if (asleep) return;
    const { race } = store;
    drawn = key(race);
    asked = n;
    wanted = gridQuestion(race, padded(shown(), MARGIN), n);
    asking.look();
  }

  function refine() {
    const least = LEAST * reach(shown());
    if (span(shown()) < least) return void axes.move(zoomed(shown(), (2 * least) / span(shown())));
    store.needDigits("axes", span(shown()) < NEAR * reach(shown()));
    onFrame();
    if (grid && covers(grid, shown()) && (grid.n * span(shown())) / span(grid) >= ENOUGH) return;
    refresh(grid ? QUICK : FINE);
    if (grid) quiet = window.setTimeout(() => refresh(), QUIET);
  }

  /** @param {Event} event */
  async function follow(event) {
    const { commit } = /** @type {CustomEvent} */ (event).detail;
    if (store.race.surface !== surface) {
      surface = store.race.surface;
      grid = null;
      home = domain(store.surface(), store.race.start);
      clearTimeout(late);
      late = window.setTimeout(() => plotly.restyle(element, { visible: false }, [0]), LATE);
      await ready;
      if (!closed) await begin();
    } else if (key(store.race) !== drawn || (commit && asked < FINE)) {
      refresh(commit ? FINE : COARSE);
    }
    if (commit) makeRoom();
  }

  /** Extend the axes to hold a start outside the domain, unless the user has zoomed. */
  function makeRoom() {
    const wanted = domain(store.surface(), store.race.start);
    const untouched = same(axes.wanted(), home);
    home = wanted;
    if (untouched && !same(axes.wanted(), home)) show(home);
  }

  return {
    ...axes,
    ready,
    frame: () => axesOf(element),
    grid: () => grid,
    home: () => show(home),
    /** What is seen, null for the whole surface. @returns {Window | null} */
    part: () => (same(axes.wanted(), home) ? null : axes.wanted()),
    /** @param {number} factor  below 1 comes closer @param {readonly [number, number] | null} about  what stays where it is, if it is seen @returns {boolean}  whether it does */
    zoom(factor, about) {
      const seen = about && holds(shown(), about);
      show(zoomed(axes.wanted(), factor, seen ? about : null));
      return Boolean(seen);
    },
    /** @param {readonly [number, number]} shares  of what is seen, across and up */
    shift: (shares) => show(shifted(axes.wanted(), shares)),
    /** @param {Ink} next */
    recolor(next) {
      const { muted, grid: tick } = next;
      colors = next;
      const layout = { "font.color": muted, "xaxis.tickcolor": tick, "yaxis.tickcolor": tick };
      plotly.update(element, grid ? levels(grid, next) : {}, layout, [0]);
    },
    /** @param {boolean} sleeping */
    sleep(sleeping) {
      asleep = sleeping;
      if (!closed) refresh();
      asking.look();
    },
    destroy: together(listen(store, "race", follow), asking.destroy, () => {
      closed = true;
      clearTimeout(quiet);
      clearTimeout(late);
      store.needDigits("axes", false);
      plotly.purge(element);
    }),
  };
}

/** @param {Race} race */
function key({ surface, shape }) {
  return JSON.stringify([surface, shape]);
}
