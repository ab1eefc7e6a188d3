/** A race as a query string: what the data plane takes and the address bar holds. */

/** @import {PageStore} from "./pagestore.js" */
/** @import {Parameter, Race, View} from "./types.js" */

/** @typedef {Omit<Race, "start" | "steps" | "schedule"> & Partial<Race>} Told  Those parts of a race that a link tells. */

/** How many steps a race has, and on which schedule, if nothing is said. */
const [STEPS, CONSTANT] = [500, "constant"];

/** How a race is looked at if nothing is said. @type {View} */
const USUAL = {
  notation: "book",
  chosen: 0,
  linked: false,
  hidden: [],
  show: [],
  chart: "loss",
  second: "",
  order: "race",
  only: [],
  ask: "",
};

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

/** Return the query string of `race`, with every value that it tells written out. @param {Told} race @returns {string} */
export function toQuery(race) {
  /** @type {[string, string][]} */
  const parts = [["surface", race.surface]];
  if (Object.keys(race.shape).length) parts.push(["shape", pairs(race.shape).join(",")]);
  if (race.start) parts.push(["start", race.start.join(",")]);
  if (race.steps) parts.push(["steps", String(race.steps)]);
  if (race.schedule) parts.push(["schedule", [race.schedule.slug, ...pairs(race.schedule.values)].join(",")]);
  if (race.noise) parts.push(["noise", String(race.noise)]);
  if (race.noise_decay) parts.push(["noise_decay", String(race.noise_decay)]);
  if (race.seed) parts.push(["seed", String(race.seed)]);
  for (const { rule, label, values, schedule } of race.lanes) {
    const own = schedule ? [`schedule:${schedule.slug}`, ...pairs(schedule.values).map((pair) => `schedule.${pair}`)] : [];
    // The label is encoded twice, so that its own commas and colons separate nothing.
    const named = label ? [`label:${encodeURIComponent(label)}`] : [];
    const words = [rule, ...pairs(values), ...own, ...named];
    parts.push(["lane", words.join(",")]);
  }
  for (const { step, lane, values, schedule } of race.changes) {
    const begin = lane === undefined ? String(step) : `${step}:${lane}`;
    if (schedule) parts.push(["reschedule", [begin, schedule.slug, ...pairs(schedule.values)].join(",")]);
    else parts.push(["change", [begin, ...pairs(values ?? {})].join(",")]);
  }
  return parts.map(([name, value]) => `${name}=${encode(value)}`).join("&");
}

/**
 * Return the shortest query string that means `race`, as the address bar has it: without what a link
 * without it would mean, but for the surface and the lanes.
 *
 * @param {Race} race
 * @param {Pick<PageStore<any, any>, "surfaceCalled" | "rule">} catalogue
 */
export function shortQuery(race, catalogue) {
  const surface = catalogue.surfaceCalled(race.surface);
  const lanes = race.lanes.map((lane) => {
    const { name, hyperparameters } = catalogue.rule(lane.rule);
    return { ...lane, values: unusual(lane.values, hyperparameters), label: lane.label === name ? "" : lane.label };
  });
  const { slug } = race.schedule;
  return toQuery({
    ...race,
    lanes,
    shape: unusual(race.shape, surface.parameters),
    start: String(race.start) === String(surface.start) ? undefined : race.start,
    steps: race.steps === STEPS ? undefined : race.steps,
    schedule: slug === CONSTANT ? undefined : race.schedule,
  });
}

/** Those values that are not as declared. @param {Record<string, number>} values @param {Parameter[]} declared */
function unusual(values, declared) {
  const usual = Object.fromEntries(declared.map((one) => [one.name, one.default]));
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== usual[name]));
}

/** Return how a race is looked at as a query string, without what is as usual. @param {View} view */
export function viewQuery(view) {
  const said = /** @type {(keyof View)[]} */ (Object.keys(USUAL)).filter((name) => String(view[name]) !== String(USUAL[name]));
  const text = (/** @type {View[keyof View]} */ value) => String(value === true ? 1 : value);
  return said.map((name) => `${name}=${encode(text(view[name]))}`).join("&");
}
