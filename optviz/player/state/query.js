/** A race as a query string: what the data plane takes and the address bar holds. */

/** @import {Race, View} from "./types.js" */

/** How a race is looked at if nothing is said. @type {View} */
const USUAL = { notation: "book", chosen: 0, linked: false, hidden: [], show: [], chart: "loss" };

/** Percent-encode for a query, leaving the separators `:` and `,` readable. @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2C", ",");
}

/**
 * Return settings as `name:value`, in one order whoever wrote them.
 *
 * @param {Record<string, number>} values
 */
export function pairs(values) {
  return Object.entries(values).sort().map(([name, value]) => `${name}:${value}`);
}

/** Return the query string of `race`, with every value written out. @param {Race} race @returns {string} */
export function toQuery(race) {
  /** @type {[string, string][]} */
  const parts = [["surface", race.surface]];
  if (Object.keys(race.shape).length) parts.push(["shape", pairs(race.shape).join(",")]);
  parts.push(["start", race.start.join(",")], ["steps", String(race.steps)]);
  parts.push(["schedule", [race.schedule.slug, ...pairs(race.schedule.values)].join(",")]);
  if (race.noise) parts.push(["noise", String(race.noise)]);
  if (race.noise_decay) parts.push(["noise_decay", String(race.noise_decay)]);
  if (race.seed) parts.push(["seed", String(race.seed)]);
  for (const { rule, label, values } of race.lanes) {
    // The label is encoded twice, so that its own commas and colons separate nothing.
    const words = [rule, ...pairs(values), `label:${encodeURIComponent(label)}`];
    parts.push(["lane", words.join(",")]);
  }
  for (const { step, lane, values, schedule } of race.changes) {
    if (schedule) parts.push(["reschedule", [step, schedule.slug, ...pairs(schedule.values)].join(",")]);
    else parts.push(["change", [`${step}:${lane}`, ...pairs(values ?? {})].join(",")]);
  }
  return parts.map(([name, value]) => `${name}=${encode(value)}`).join("&");
}

/** Return how a race is looked at as a query string, without what is as usual. @param {View} view */
export function viewQuery(view) {
  const said = /** @type {(keyof View)[]} */ (Object.keys(USUAL)).filter((name) => String(view[name]) !== String(USUAL[name]));
  const text = (/** @type {View[keyof View]} */ value) => String(value === true ? 1 : value);
  return said.map((name) => `${name}=${encode(text(view[name]))}`).join("&");
}
