/** Changes of how the race is looked at, for buttons and keys alike. */

/** @import {Chart, LineChart, Shown, Store} from "./types.js" */

/** In the order in which a link names them. @type {Shown[]} */
const SHOWN = ["numbers", "arrows", "curvature", "basins", "seeds", "space", "beside"];

export const UNIFORM = "Without noise every seed gives the same path: turn σ up first.";

/**
 * Choose the lane that stands `places` after the chosen one; after the last comes the first.
 *
 * @param {Store} store
 * @param {number} places
 */
export function chooseNext(store, places) {
  const { length } = store.race.lanes;
  if (length > 1) store.look({ chosen: (store.view.chosen + places + length) % length });
}

/** Hide the path of lane `index`, or show it again. @param {Store} store @param {number} index */
export function toggleLane(store, index) {
  const { hidden } = store.view;
  const shown = hidden.includes(index);
  store.look({ hidden: shown ? hidden.filter((i) => i !== index) : [...hidden, index].sort((a, b) => a - b) });
}

/** Show something besides the paths, or hide it again. @param {Store} store @param {Shown} what */
export function toggleShown(store, what) {
  const { show } = store.view;
  store.look({ show: SHOWN.filter((one) => show.includes(one) !== (one === what)) });
}

/**
 * Show the chosen lane under many seeds of the noise, or hide them again; without noise there is but one path.
 *
 * @param {Store} store
 * @returns {string | undefined}  why it is not, if so
 */
export function toggleSeeds(store) {
  if (store.race.noise === 0 && !store.view.show.includes("seeds")) return UNIFORM;
  toggleShown(store, "seeds");
  return undefined;
}

/**
 * Show the chart that stands `places` after the present one; after the last comes the first.
 *
 * @param {Store} store
 * @param {{slug: Chart, name: string}[]} charts
 * @param {number} places
 * @returns {string}  its name
 */
export function nextChart(store, charts, places) {
  const at = charts.findIndex(({ slug }) => slug === store.view.chart);
  const next = charts[(at + places + charts.length) % charts.length];
  store.look({ chart: next.slug });
  return next.name;
}

/**
 * Show the next kind of lines below the chart, after the last none, then the first again.
 *
 * @param {Store} store
 * @param {{slug: LineChart, name: string}[]} kinds
 * @returns {string}  what is shown
 */
export function nextSecond(store, kinds) {
  const { chart, second } = store.view;
  const others = kinds.filter(({ slug }) => slug !== chart);
  const next = others[others.findIndex(({ slug }) => slug === second) + 1];
  store.look({ second: next?.slug ?? "" });
  return next ? `Second chart: ${next.name}` : "One chart";
}

/** @param {Store} store @returns {string}  its name */
export function nextNotation(store) {
  const { notations } = store.catalogue;
  const at = notations.findIndex(({ slug }) => slug === store.view.notation);
  const next = notations[(at + 1) % notations.length];
  store.look({ notation: next.slug });
  return next.name;
}
