/** What Plotly is told: the contour's trace, its layout, its colours. */

/** @import {Frame} from "../plane/frame.js" */
/** @import {Grid} from "../state/types.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {Window} from "../plane/window.js" */

/** In a narrower picture, in pixels, large numbers would run into each other. */
const LEAST_WIDTH = 600;

/**
 * Return the arguments of Plotly.newPlot after the element: traces, layout, configuration.
 *
 * @param {Window} window
 * @param {Ink} ink
 * @returns {[object[], object, object]}
 */
export function figure({ x, y }, ink) {
  const trace = {
    type: "contour",
    z: [],
    hoverinfo: "skip",
    showscale: false,
    autocontour: false,
    contours: { coloring: "fill" },
    line: { width: 0.7, smoothing: 0.6, color: ink.contour },
    colorscale: ink.scale,
  };
  const layout = {
    margin: { l: 46, r: 14, t: 14, b: 40 },
    dragmode: "pan",
    hovermode: "closest",
    clickanywhere: true,
    showlegend: false,
    paper_bgcolor: "rgba(0, 0, 0, 0)",
    plot_bgcolor: "rgba(0, 0, 0, 0)",
    font: { family: ink.font, size: 12, color: ink.muted },
    // Plotly changes the arrays that it is given.
    xaxis: { ...axis("x", ink), range: [...x] },
    yaxis: { ...axis("y", ink), range: [...y] },
  };
  const config = { displayModeBar: false, displaylogo: false, showSendToCloud: false, scrollZoom: true, doubleClick: false };
  return [[trace], layout, config];
}

/** @param {string} title @param {Ink} ink */
function axis(title, ink) {
  return {
    title: { text: `<i>${title}</i>`, standoff: 6, font: { size: 14 } },
    showgrid: false,
    zeroline: false,
    ticks: "outside",
    ticklen: 4,
    tickcolor: ink.grid,
    nticks: 9,
    fixedrange: false,
  };
}

/** Return a grid's heights and places for Plotly.restyle. @param {Grid} grid */
export function rows({ height, n, x, y }) {
  const z = Array.from({ length: n }, (_, i) => height.subarray(i * n, (i + 1) * n));
  return { z: [z], x0: x[0], dx: (x[1] - x[0]) / (n - 1), y0: y[0], dy: (y[1] - y[0]) / (n - 1) };
}

/**
 * Return a grid's levels for Plotly, and the range of the colours between them.
 *
 * @param {Grid} grid
 * @param {Ink} ink
 */
export function levels({ height_range: [low, high], levels }, ink) {
  return {
    "contours.start": levels[0] ?? low,
    "contours.end": levels.at(-1) ?? low,
    "contours.size": levels.length > 1 ? levels[1] - levels[0] : 1,
    zmin: low,
    zmax: high,
    colorscale: [ink.scale],
    "line.color": ink.contour,
  };
}

/**
 * Set the sizes of Plotly's text and the room for it, large for an audience.
 *
 * @param {any} plotly
 * @param {HTMLElement} plot
 * @param {number} large  how large type is to be, in units of that at a desk
 */
export function setType(plotly, plot, large) {
  const times = plot.offsetWidth >= LEAST_WIDTH ? large : 1;
  return plotly.relayout(plot, {
    "font.size": 12 * times,
    "xaxis.title.font.size": 14 * times,
    "yaxis.title.font.size": 14 * times,
    "margin.l": 46 * times,
    "margin.b": 40 * times,
  });
}

/** @param {HTMLElement} element @returns {Frame | null} */
export function axesOf(element) {
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
