/** What the page of maps says about all of its maps: what their sides are, and who is most robust. */

import { percent, readable } from "../scales/numbers.js";
import { lookOf } from "./lineup.js";

/** @import {Store} from "../state/types.js" */
/** @import {Outcome} from "./outcome.js" */

const TOLD = 3;

/** @param {Store} store */
export function explained(store) {
  const [x, y] = store.race.start.map((value) => readable(value));
  const what = {
    starts: "Every point of a map is a start.",
    rate: `To the right: the learning rate. Upwards: x of the start; its y is ${y}.`,
    own: `To the right: the learning rate. Upwards: what stands beside the map. The start is (${x}, ${y}).`,
  }[lookOf(store).over];
  const own = lookOf(store).over === "starts" ? "start of the race" : "optimizer's own settings";
  const none = store.surface().minima.length ? "" : " This surface has no minimum to reach: counted is what diverges.";
  return `${what} The marker: the ${own}.${none}${conditions(store)}`;
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
  const best = ranked.slice(0, TOLD).map(({ label, outcome }) => `${label} ${percent(outcome.reached)}`);
  return `${ranked.length} maps are there. Most often ${arriving}: ${best.join(", ")}.`;
}
