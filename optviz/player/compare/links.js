/** A comparison as a query string, and its results as a race. */

import { pairs, toQuery } from "../state/query.js";

/** @import {Comparison, Verdict} from "./types.js" */
/** @import {SurfaceEntry} from "../state/types.js" */

/**
 * Return the query string of a comparison; with `rule`, of that rule alone, whose verdict is the same
 * in whatever company.
 *
 * @param {Comparison} comparison
 * @param {string} [rule]
 */
export function comparisonQuery({ surface, shape, rules, steps, trials, starts, seed }, rule) {
  const shaped = Object.keys(shape).length ? `&shape=${pairs(shape).join(",")}` : "";
  const who = rule ? `${rule}&of=${rule}` : rules.join(",");
  return `surface=${surface}${shaped}&rules=${who}&steps=${steps}&trials=${trials}&starts=${starts}&seed=${seed}`;
}

/**
 * Return the query string of a race of these verdicts' best settings, from the surface's own start.
 *
 * @param {Comparison} comparison
 * @param {SurfaceEntry} surface
 * @param {Verdict[]} verdicts
 */
export function raceQuery({ shape, steps, seed }, surface, verdicts) {
  const lanes = verdicts.map(({ rule, label, values }) => ({ rule, label, values }));
  const schedule = { slug: "constant", values: {} };
  const race = { surface: surface.slug, shape, start: surface.start, steps, schedule, noise: 0, noise_decay: 0, seed, lanes, changes: [] };
  return toQuery(race);
}

/**
 * Return the comparison on another surface, in its usual shape, with the same budget.
 *
 * @param {Comparison} comparison
 * @param {string} surface
 * @returns {Comparison}
 */
export function onSurface(comparison, surface) {
  return surface === comparison.surface ? comparison : { ...comparison, surface, shape: {} };
}
