/** How maps of a lane are asked for: their axes, what of the race they depend on, how many cells. */

import { alone } from "../state/laneedits.js";
import { toQuery } from "../state/query.js";

/** @import {Race} from "../state/types.js" */

/**
 * @typedef {object} Wish  Which map is needed.
 * @property {[string, string]} over  its axes
 * @property {[number, number]} [across]  limits of the first axis, if not the usual ones
 * @property {[number, number]} [up]  limits of the second axis
 * @property {[number, number]} [start]  instead of the race's, where the map does not depend on it
 */

/** Cells along a side at rest, and what the server computes for one map at most. */
export const FINE = 256;
const MAX_CELL_STEPS = FINE * FINE * 2000;

/** Cells along a side; fewer where the race has many steps. @param {number} most @param {number} steps */
export function sideWithin(most, steps) {
  return Math.min(most, Math.floor(Math.sqrt(MAX_CELL_STEPS / steps)));
}

/** @param {Race} race @param {number} lane @param {Wish} wish */
export function mapQuery(race, lane, { over, across, up, start = race.start }) {
  const parts = [laneQuery({ ...race, start }, lane, over), `over=${over.join(",")}`];
  if (across) parts.push(`across=${across.join(",")}`);
  if (up) parts.push(`up=${up.join(",")}`);
  return parts.join("&");
}

/**
 * Return the query of a race of one lane; what concerns other lanes, its name only, or what is varied
 * is left out.
 *
 * @param {Race} race
 * @param {number} lane
 * @param {string[]} varied  names of hyperparameters; others are passed over
 */
export function laneQuery(race, lane, varied) {
  const one = alone(race, lane);
  const others = Object.entries(one.lanes[0].values).filter(([name]) => !varied.includes(name));
  return toQuery({ ...one, lanes: [{ ...one.lanes[0], values: Object.fromEntries(others) }] });
}
