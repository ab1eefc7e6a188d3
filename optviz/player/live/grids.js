/** The heights of a surface for who draws it: computed here once its program is here, asked for until then. */

import { decodeSurface, surfaceQuery } from "../server/client.js";
import { gridOf } from "./heights.js";

/** @import {Kernels} from "./kernels.js" */
/** @import {Api, Grid, Race, Store} from "../state/types.js" */
/** @import {Window} from "../plane/window.js" */

/** @typedef {{query: string, race: Race, window: Window, n: number}} GridQuestion */
/** @typedef {(question: GridQuestion, signal: AbortSignal) => Promise<Grid>} Grids */

/** @param {Race} race @param {Window} window @param {number} n  points along each side @returns {GridQuestion} */
export function gridQuestion(race, window, n) {
  return { query: surfaceQuery(race, window, n), race, window, n };
}

/**
 * @param {Store} store
 * @param {Kernels} kernels
 * @param {Api} api
 * @returns {Grids}
 */
export function gridsOf(store, kernels, api) {
  return async ({ query, race, window, n }, signal) => {
    const here = () => race.lanes.map(({ rule }) => kernels.ofLane(rule, race.surface)).find(Boolean);
    // A program has a fiftieth of the bytes of the heights.
    const kernel = here() ?? (await kernels.settled(), here());
    if (kernel) return gridOf(kernel, store.surfaceCalled(race.surface), race.shape, window, n);
    return decodeSurface(await api.surface(query, signal));
  };
}
