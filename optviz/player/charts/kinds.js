/** The charts of lines there are: what each draws of a race, on which axis, under which title. */

import { linearAxis, logarithmicAxis, lossAxis } from "../scales/axis.js";
import { hasOwnSchedule } from "../state/changes.js";
import { distances } from "../state/results.js";

/** @import {Axis} from "../scales/axis.js" */
/** @import {Line} from "./paint.js" */
/** @import {Inspection, LineChart, Result, Store} from "../state/types.js" */

/**
 * @typedef {object} Sources  What charts are drawn from; what a chart does not ask for is never fetched.
 * @property {Store} store
 * @property {Result} result
 * @property {() => Float32Array | null} slopes  (L, T+1) flattened, null while on the way
 * @property {(lane: number) => Inspection | null} inspection  of a lane, null while on the way; it is
 *   fetched by who holds the charts
 */

/**
 * @typedef {object} Kind
 * @property {LineChart} slug
 * @property {string} name
 * @property {string} [tab]  a shorter name
 * @property {string} [about]  what it shows, in a sentence
 * @property {(store: Store) => string} title  says what is on the axis
 * @property {(sources: Sources) => Line[] | string | null} lines  or a sentence that says why there
 *   are none; null while they are on the way
 * @property {boolean} [bands]  whether many seeds of the noise are shown behind the lines
 * @property {(curves: Float32Array[], result: Result, most: number) => Axis} axis
 */

const NO_MINIMUM = "This surface has no minimum, so there is no distance to show.";
const NO_RATE = "No part of these rules' steps is a multiple of the gradient, so there is no effective learning rate.";
/** Tells the two coordinates of one lane apart. */
const DASHED = [5, 3];

/** @type {Kind[]} */
export const KINDS = [
  {
    slug: "loss",
    name: "Loss",
    about: "Height of the surface under each optimizer, at every step",
    title: ({ result }) => (result?.floor == null ? "Loss by step" : "Loss above the minimum, by step"),
    bands: true,
    lines: ({ store, result }) => laneLines(store, result, result.excess),
    axis: (curves, { excess, floor }, most) => lossAxis(curves, floor, excess[0], most),
  },
  {
    slug: "slope",
    tab: "Gradient",
    name: "Gradient norm",
    about: "How steep the surface is under each optimizer: the length of the gradient",
    title: () => "Norm of the gradient, by step",
    lines: ({ store, result, slopes }) => laneLines(store, result, slopes()),
    axis: fromStart,
  },
  {
    slug: "distance",
    name: "Distance",
    about: "How far each optimizer is from the nearest minimum",
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
    about: "What a step is, divided by the gradient there: how adaptive rules shrink or stretch their learning rate",
    title: ({ view, race }) =>
      `Effective learning rate by step${view.hidden.includes(view.chosen) ? "" : `; ${race.lanes[view.chosen].label} in front`}`,
    lines: rateLines,
    axis: (curves, _, most) => logarithmicAxis(curves, 10 * usual(curves), most),
  },
  {
    slug: "schedule",
    name: "Schedule",
    about: "By what the learning rate is multiplied at every step",
    title: () => "Multiplier of the learning rate, by step",
    lines: ({ store, result }) => scheduleLines(store, result),
    axis: (curves, _, most) => linearAxis(curves, most),
  },
];

/** @param {string} slug @returns {Kind | null}  null for the chart that has no lines */
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
function laneLines(store, result, values) {
  if (!values) return null;
  const count = result.steps + 1;
  return seenLanes(store, result).map((lane) => ({
    lane,
    look: store.lookOf(lane, result.race),
    front: lane === store.view.chosen,
    values: values.subarray(lane * count, (lane + 1) * count),
    diverged: result.lanes[lane].status.state === "diverged",
  }));
}

/** The lanes that are not hidden; the chosen one is the last, so that it lies in front. @param {Store} store @param {Result} result */
function seenLanes({ view }, { lanes }) {
  const seen = lanes.map((_, lane) => lane).filter((lane) => !view.hidden.includes(lane));
  return seen.sort((a, b) => Number(a === view.chosen) - Number(b === view.chosen));
}

/** One line where all lanes have the same schedule. @param {Store} store @param {Result} result @returns {Line[]} */
export function scheduleLines(store, result) {
  const { race, schedule, steps } = result;
  const values = (/** @type {number} */ lane) => schedule.subarray(lane * steps, (lane + 1) * steps);
  if (!race.lanes.some((_, lane) => hasOwnSchedule(race, lane))) return [{ lane: null, values: values(0) }];
  return seenLanes(store, result).map((lane) => ({ lane, look: store.lookOf(lane, race), front: lane === store.view.chosen, values: values(lane) }));
}

/**
 * The effective rates of every lane that has some, of each coordinate where they differ. The others
 * join in as they come; the chosen one is waited for.
 *
 * @param {Sources} sources
 * @returns {Line[] | string | null}
 */
function rateLines({ store, result, inspection }) {
  if (!inspection(store.view.chosen)) return null;
  const lanes = seenLanes(store, result);
  const lines = lanes.flatMap((lane) => ratesOf({ lane, look: store.lookOf(lane, result.race), front: lane === store.view.chosen }, inspection(lane), result));
  return lines.length || !lanes.length ? lines : NO_RATE;
}

/** @param {{lane: number, look: number, front: boolean}} of @param {Inspection | null} inspection @param {Result} result @returns {Line[]} */
function ratesOf(of, inspection, { lanes }) {
  const rate = inspection?.rate;
  if (!rate) return [];
  const { state, step } = lanes[of.lane].status;
  const diverged = state === "diverged";
  // Of who is gone there are no steps to speak of.
  const end = diverged && step !== null ? step : Infinity;
  const [x, y] = [0, 1].map((axis) => Float32Array.from({ length: rate.length / 2 }, (_, k) => rate[2 * k + axis]).fill(NaN, end));
  if (x.every((value, k) => Object.is(value, y[k]))) return [{ ...of, diverged, values: x }];
  return [
    { ...of, diverged, label: "x", values: x, dash: of.front ? [] : undefined },
    { ...of, diverged, label: "y", values: y, dash: of.front ? DASHED : undefined },
  ];
}

/** The middle value: where a gradient begins at zero, the first rates are huge. @param {Float32Array[]} curves */
function usual(curves) {
  const values = curves.flatMap((curve) => [...curve]).sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
