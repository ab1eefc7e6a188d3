/** The charts of lines there are: what each draws of a race, on which axis, under which title. */

import { linearAxis, logarithmicAxis, lossAxis } from "../scales/axis.js";
import { distances } from "../state/results.js";

/** @import {Axis} from "../scales/axis.js" */
/** @import {Line} from "./paint.js" */
/** @import {Chart, Inspection, Result, Store} from "../state/types.js" */

/**
 * @typedef {object} Sources  What charts are drawn from; what a chart does not ask for is never fetched.
 * @property {Store} store
 * @property {Result} result
 * @property {() => Float32Array | null} slopes  (L, T+1) flattened, null while on the way
 * @property {() => Inspection | null} inspection  of the chosen lane, null while on the way; it is
 *   fetched by who holds the charts
 */

/**
 * @typedef {object} Kind
 * @property {Chart} slug
 * @property {string} name
 * @property {string} [tab]  a shorter name
 * @property {(store: Store) => string} title  says what is on the axis
 * @property {(sources: Sources) => Line[] | string | null} lines  or a sentence that says why there
 *   are none; null while they are on the way
 * @property {boolean} [bands]  whether many seeds of the noise are shown behind the lines
 * @property {(curves: Float32Array[], result: Result, most: number) => Axis} axis
 */

const NO_MINIMUM = "No minimum of this surface is known, so there is no distance to show.";
const NO_RATE = "No part of this rule's step is a multiple of the gradient, so it has no effective learning rate.";
/** Tells the two coordinates of one lane apart. */
const DASHED = [5, 3];

/** @type {Kind[]} */
export const KINDS = [
  {
    slug: "loss",
    name: "Loss",
    title: ({ result }) => (result?.floor == null ? "Loss by step" : "Loss above the minimum, by step"),
    bands: true,
    lines: ({ store, result }) => laneLines(store, result, result.excess),
    axis: (curves, { excess, floor }, most) => lossAxis(curves, floor, excess[0], most),
  },
  {
    slug: "slope",
    tab: "Gradient",
    name: "Gradient norm",
    title: () => "Norm of the gradient, by step",
    lines: ({ store, result, slopes }) => laneLines(store, result, slopes()),
    axis: fromStart,
  },
  {
    slug: "distance",
    name: "Distance",
    title: () => "Distance to the nearest minimum, by step",
    lines({ store, result }) {
      const { minima } = store.surface();
      return minima.length ? laneLines(store, result, distances(result, minima)) : NO_MINIMUM;
    },
    axis: fromStart,
  },
  {
    slug: "rate",
    tab: "Rate",
    name: "Effective learning rate",
    title: (store) => `Effective learning rate of ${store.lane(store.view.chosen).label} in x and y, by step`,
    lines: ({ inspection, result }) => rateLines(inspection(), result),
    axis: (curves, _, most) => logarithmicAxis(curves, 10 * usual(curves), most),
  },
  {
    slug: "schedule",
    name: "Schedule",
    title: () => "Multiplier of the learning rate, by step",
    lines: ({ result }) => [{ lane: null, values: result.schedule }],
    axis: (curves, _, most) => linearAxis(curves, most),
  },
];

/** @param {Chart} slug @returns {Kind | null}  null for the chart that has no lines */
export function kindOf(slug) {
  return KINDS.find((kind) => kind.slug === slug) ?? null;
}

/** @type {Kind["axis"]} */
function fromStart(curves, _, most) {
  return logarithmicAxis(curves, curves[0]?.[0] ?? 0, most);
}

/**
 * Return a line for every visible lane.
 *
 * @param {Store} store
 * @param {Result} result
 * @param {Float32Array | null} values  (L, T+1) flattened
 * @returns {Line[] | null}
 */
function laneLines({ view }, result, values) {
  if (!values) return null;
  const count = result.steps + 1;
  return result.lanes
    .map(({ status }, lane) => ({
      lane,
      values: values.subarray(lane * count, (lane + 1) * count),
      diverged: status.state === "diverged",
    }))
    .filter(({ lane }) => !view.hidden.includes(lane));
}

/** @param {Inspection | null} inspection @param {Result} result @returns {Line[] | string | null} */
function rateLines(inspection, { lanes }) {
  if (!inspection) return null;
  const { rate, lane } = inspection;
  if (!rate) return NO_RATE;
  const { state, step } = lanes[lane].status;
  const diverged = state === "diverged";
  return ["x", "y"].map((label, axis) => ({
    lane,
    label,
    dash: axis ? DASHED : [],
    diverged,
    // Of who is gone there are no steps to speak of.
    values: Float32Array.from({ length: rate.length / 2 }, (_, k) => rate[2 * k + axis]).fill(NaN, diverged && step !== null ? step : Infinity),
  }));
}

/** The middle value: where a gradient begins at zero, the first rates are huge. @param {Float32Array[]} curves */
function usual(curves) {
  const values = curves.flatMap((curve) => [...curve]).sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
