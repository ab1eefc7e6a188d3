/** What a link lets its reader change: all of it, or only some parts, as who made it wanted. */

/** @import {Lane, Part, Race, View} from "./types.js" */

/** In the order in which a link names them, and what they are called. @type {Record<Part, string>} */
export const PARTS = {
  rates: "the learning rates",
  values: "the other hyperparameters",
  start: "the start",
  lanes: "which optimizers there are",
  surface: "the surface",
  run: "the shape, the steps, the schedule and the noise",
};
/** A link of which nothing may be changed. */
const NOTHING = "nothing";

export const SLUGS = /** @type {Part[]} */ (Object.keys(PARTS));

/** Whether a part stays as the link has it. @param {Pick<View, "only">} view @param {Part} part */
export function isKept({ only }, part) {
  return only.length > 0 && !only.includes(part);
}

/** The parts that may be changed. @param {Pick<View, "only">} view */
export function partsOf(view) {
  return SLUGS.filter((part) => !isKept(view, part));
}

/** How a link has it that these parts alone may be changed. @param {Part[]} parts @returns {View["only"]} */
export function onlyOf(parts) {
  if (parts.length === SLUGS.length) return [];
  return parts.length > 0 ? SLUGS.filter((part) => parts.includes(part)) : [NOTHING];
}

/** Say what may be changed, nothing if that is everything. @param {Pick<View, "only">} view */
export function saidOnly(view) {
  if (view.only.length === 0) return "";
  const names = partsOf(view).map((part) => PARTS[part]);
  const listed = [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
  return listed ? `This link lets you change ${listed}.` : "This link is to be looked at: all of it stays as it is.";
}

/** Say why a race may not become another one; nothing if it may. @param {Pick<View, "only">} view @param {Race} before @param {Race} after */
export function refusal(view, before, after) {
  const kept = view.only.length > 0 && changedParts(before, after).find((part) => isKept(view, part));
  return kept ? keptSaid(kept) : "";
}

/** Why a part is not changed. @param {Part} part */
export function keptSaid(part) {
  return `Nothing was changed: this link keeps ${PARTS[part]} as it has been set.`;
}

/** Which parts two races differ in; what follows from another surface, or from other optimizers, is of that part. @param {Race} before @param {Race} after @returns {Part[]} */
function changedParts(before, after) {
  if (before.surface !== after.surface) return ["surface"];
  const rules = (/** @type {Race} */ { lanes }) => lanes.map(({ rule, label }) => [rule, label]);
  const same = alike(rules(before), rules(after));
  const rates = (/** @type {Lane} */ { values: { lr } }) => lr;
  const values = (/** @type {Lane} */ { values: { lr: _, ...others } }) => Object.entries(others).sort();
  const differ = (/** @type {(lane: Lane) => unknown} */ of) => same && !alike(before.lanes.map(of), after.lanes.map(of));
  const run = (/** @type {Race} */ { shape, steps, schedule, noise, noise_decay, seed, lanes, changes }) => {
    const whole = [shape, steps, schedule, noise, noise_decay, seed];
    return same ? [...whole, lanes.map((lane) => lane.schedule ?? null), changes] : whole;
  };
  const found = { rates: differ(rates), values: differ(values), start: !alike(before.start, after.start), lanes: !same, surface: false, run: !alike(run(before), run(after)) };
  return SLUGS.filter((part) => found[part]);
}

/** @param {unknown} one @param {unknown} other */
function alike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
