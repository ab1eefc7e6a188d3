/** What the page of maps says about all of its maps: what their sides are, and who is most robust. */

import { percent, readable } from "../scales/numbers.js";
import { COARSE } from "./fetching.js";
import { canRank, lookOf } from "./lineup.js";

/** @import {Store} from "../state/types.js" */
/** @import {Outcome} from "./outcome.js" */

/** So many are named, and the last one. */
const TOLD = 6;

/** @param {Store} store */
export function explained(store) {
  const [x, y] = store.race.start.map((value) => readable(value));
  const what = {
    starts: "Every point of a map is a start.",
    rate: `To the right: the learning rate. Upwards: x of the start; its y is ${y}.`,
    own: `To the right: the learning rate. Upwards: what stands beside the map. The start is (${x}, ${y}).`,
  }[lookOf(store).over];
  const own = lookOf(store).over === "starts" ? "start of the race" : "optimizer's own settings";
  const shares = `Shares are of ${COARSE} × ${COARSE} of the cells.`;
  return `${what} The marker: the ${own}. ${shares}${unranked(store)}${conditions(store)}`;
}

/** Why the maps are in no order of their own. @param {Store} store */
function unranked(store) {
  if (canRank(store)) return "";
  const { sort, who } = lookOf(store);
  const order = sort === "name" ? "" : `, and the maps stand as in the ${who === "race" ? "race" : "catalogue"}`;
  if (store.surface().minima.length === 0) return ` This surface has no minimum to reach: what diverges is counted${order}.`;
  return ` The axes differ, so the shares are not compared${order}.`;
}

/**
 * Return a sentence about what of the race holds for all maps, if that is not as usual.
 *
 * @param {Store} store
 */
function conditions(store) {
  const { schedule, noise, changes, lanes } = store.race;
  const parts = [
    schedule.slug !== "constant" && `the schedule ${store.schedule(schedule.slug).name}`,
    lanes.some((lane) => lane.schedule) && "the schedules of their own",
    noise > 0 && `gradient noise ${readable(noise)}`,
    changes.length > 0 && "its changes in mid-run",
  ].filter(Boolean);
  return parts.length ? ` As in the race, all run with ${parts.join(", ")}.` : "";
}

/**
 * @param {{label: string, outcome: Outcome}[]} ranked  the most robust first
 * @param {string} arriving
 */
export function announced(ranked, arriving) {
  const told = ranked.map(({ label, outcome }) => `${label} ${percent(outcome.reached)}`);
  const last = told.length > TOLD ? `; least often ${told[told.length - 1]}` : "";
  return `Most often ${arriving}: ${told.slice(0, TOLD).join(", ")}${last}.`;
}
