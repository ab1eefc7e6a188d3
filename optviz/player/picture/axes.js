/** The contour's axes: the window that they show, stretched to fill the picture or with equal units. */

import { same, transferred } from "../plane/window.js";

/** @import {Window} from "../plane/window.js" */

/**
 * With equal units the axes show more than the window that was asked for; it is remembered, so that
 * neither zooming nor turning a phone makes it grow.
 *
 * @param {any} plotly
 * @param {HTMLElement} element  which holds Plotly's contour
 */
export function axesIn(plotly, element) {
  let equal = false;
  /** What was asked for last, and what was then shown. @type {{wanted: Window, got: Window} | null} */
  let last = null;
  /** The change that is under way, and those before it. @type {Promise<void>} */
  let turn = Promise.resolve();

  /** @returns {Window} */
  function shown() {
    const { xaxis, yaxis } = /** @type {any} */ (element)._fullLayout;
    return { x: [xaxis.range[0], xaxis.range[1]], y: [yaxis.range[0], yaxis.range[1]] };
  }

  /** @returns {Window} what is shown, without what equal units add to it */
  function wanted() {
    if (!equal || !last) return shown();
    return same(shown(), last.got) ? last.wanted : transferred(shown(), last.got, last.wanted);
  }

  /**
   * Move the axes to what they are to show exactly, if that has equal units where those are on.
   *
   * @param {Window} window
   * @param {object} [more]  layout for Plotly
   */
  function move({ x, y }, more = {}) {
    // Copies, because Plotly changes the arrays that it is given.
    return plotly.relayout(element, { "xaxis.range": [...x], "yaxis.range": [...y], ...more });
  }

  /** @param {Window} window  all of which is to be seen @param {object} [more]  layout for Plotly */
  async function show(window, more) {
    await move(window, more);
    last = { wanted: window, got: shown() };
  }

  /**
   * Show the same part of the plane after a change of the picture's size or type, one change after the
   * other: in between, equal units show more than is wanted.
   *
   * @param {() => Promise<unknown>} change
   * @returns {Promise<void>}
   */
  function keep(change) {
    const make = async () => {
      const window = wanted();
      await change();
      if (equal) await show(window);
    };
    // One that failed does not stop the next.
    turn = turn.then(make, make);
    return turn;
  }

  return {
    shown,
    wanted,
    /** Whether a unit is as long on both axes. */
    equal: () => equal,
    move,
    show,
    /** Let a unit be as long on both axes, or on each as the picture has room. @returns {boolean} whether it is now */
    flipUnits() {
      const window = wanted();
      equal = !equal;
      show(window, { "yaxis.scaleanchor": equal ? "x" : false });
      return equal;
    },
    /** Begin with a window, and with equal units or not. @param {Window} window @param {boolean} alike */
    begin(window, alike) {
      if (alike === equal) return show(window);
      equal = alike;
      return show(window, { "yaxis.scaleanchor": equal ? "x" : false });
    },
    keep,
    async resize() {
      if (element.offsetWidth > 0) await keep(() => plotly.Plots.resize(element));
    },
  };
}
