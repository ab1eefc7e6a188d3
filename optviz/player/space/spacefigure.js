/** What Plotly is told of the surface in space: its trace, its axes, its colours. */

import { powerOfTen, readable } from "../scales/numbers.js";
import { local, localHeight } from "./relief.js";
import { marks } from "../scales/ticks.js";

/** @import {Grid} from "../state/types.js" */
/** @import {Ink} from "../look/theme.js" */

/** Seen from the front, a little from the left, and from so far above that valleys show their floor. */
export const CAMERA = { eye: { x: -0.8, y: -1.58, z: 2.1 }, center: { x: -0.01, y: 0, z: -0.12 }, up: { x: 0, y: 0, z: 1 } };
const LIGHT = { ambient: 0.72, diffuse: 0.5, specular: 0.04, roughness: 0.95, fresnel: 0.02 };
/** About so many numbers, at most, stand along a logarithmic axis. */
const MOST_POWERS = 5;

/** @typedef {{title: string, values: number[], texts: string[]}} Numbers  Along an axis, in its local units. */

/**
 * Return the arguments of Plotly.newPlot and Plotly.react after the element.
 *
 * @param {Grid} grid
 * @param {Ink} ink
 * @param {object} camera
 * @param {boolean} large  for an audience
 * @returns {[object[], object, object]}
 */
export function spaceFigure(grid, ink, camera, large) {
  const axis = (/** @type {Numbers} */ numbers, /** @type {[number, number]} */ range) => axisOf(numbers, range, ink, large);
  const scene = {
    camera,
    aspectmode: "manual",
    aspectratio: { x: 1.25, y: 1.25, z: 0.62 },
    hovermode: false,
    xaxis: axis(across("x", grid.x), [-1, 1]),
    yaxis: axis(across("y", grid.y), [-1, 1]),
    zaxis: axis(grid.scale === "log" ? powers(grid) : heights(grid), [0, 1]),
  };
  const layout = {
    scene,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: "rgba(0, 0, 0, 0)",
    font: { family: ink.font, size: 12 },
  };
  const config = {
    displayModeBar: false,
    displaylogo: false,
    showSendToCloud: false,
    scrollZoom: true,
    plotGlPixelRatio: Math.max(1, window.devicePixelRatio),
  };
  return [[surface(grid, ink)], layout, config];
}

/** @param {Grid} grid @param {Ink} ink */
function surface(grid, ink) {
  const { n, height, levels } = grid;
  const places = Array.from({ length: n }, (_, i) => (2 * i) / (n - 1) - 1);
  const [first, second] = levels.map((level) => localHeight(grid, level));
  const lines = { show: levels.length > 1, start: first, end: 1, size: second - first, color: ink.ridge, width: 1 };
  return {
    type: "surface",
    x: places,
    y: places,
    z: Array.from({ length: n }, (_, i) =>
      Array.from(height.subarray(i * n, (i + 1) * n), (value) => localHeight(grid, value)),
    ),
    cmin: 0,
    cmax: 1,
    colorscale: ink.relief,
    showscale: false,
    hoverinfo: "skip",
    lighting: LIGHT,
    lightposition: { x: -2000, y: -4000, z: 6000 },
    contours: { x: { highlight: false }, y: { highlight: false }, z: { highlight: false, ...lines } },
  };
}

/** @param {Numbers} numbers @param {[number, number]} range @param {Ink} ink @param {boolean} large */
function axisOf({ title, values, texts }, range, ink, large) {
  return {
    range,
    title: { text: title, font: { size: large ? 24 : 14, color: ink.muted } },
    tickmode: "array",
    tickvals: values,
    ticktext: texts,
    tickfont: { color: ink.muted, size: large ? 15 : 12 },
    tickangle: 0,
    gridcolor: ink.grid,
    linecolor: ink.grid,
    tickcolor: ink.grid,
    zeroline: false,
    showbackground: false,
    showspikes: false,
  };
}

/** @param {string} name @param {[number, number]} range @returns {Numbers} */
function across(name, range) {
  const { from, values, texts } = marks(range, 5);
  return { title: `${name}${from}`, values: values.map((value) => local(range, value)), texts };
}

/**
 * Return the numbers of a linear height; `base` is taken off them where it matters.
 *
 * @param {Grid} grid
 * @returns {Numbers}
 */
function heights(grid) {
  const [low, high] = grid.height_range;
  if (!(high > low)) return { title: "f", values: [], texts: [] };
  const { from, values, texts } = marks([low, high], 4);
  const title = grid.base ? `f − ${readable(grid.base, 4)}${from}` : `f${from}`;
  return { title: title.replace("− −", "+ "), values: values.map((value) => localHeight(grid, value)), texts };
}

/**
 * Return powers of ten, where the logarithm of f above its minimum is the height.
 *
 * @param {Grid} grid
 * @returns {Numbers}
 */
function powers(grid) {
  const { base, offset, floor, height_range: range } = grid;
  const [low, high] = range.map((height) => 10 ** (height + base) - offset);
  const last = Math.floor(Math.log10(high));
  const first = Math.ceil(Math.log10(Math.max(low, offset)));
  const every = Math.max(1, Math.ceil((last - first + 1) / MOST_POWERS));
  const exponents = Array.from({ length: Math.max(0, Math.floor((last - first) / every) + 1) }, (_, i) => last - i * every);
  return {
    title: `${floor ? "f − minimum" : "f"}, logarithmic`,
    values: exponents.map((exponent) => localHeight(grid, Math.log10(10 ** exponent + offset) - base)),
    texts: exponents.map((exponent) => (Math.abs(exponent) < 4 ? String(Number((10 ** exponent).toPrecision(1))) : powerOfTen(exponent))),
  };
}
