/** A race that moves to another surface: to its own start, at rates that suit it, as optviz/pages/offers.py has it. */

import { namesApart } from "./laneedits.js";

/** @import {Lane, Race, Store, SurfaceEntry} from "./types.js" */

/**
 * Return the race on another surface. Where nobody has chosen other lanes, they are those that show
 * the other surface best; else what nobody turned of them is suggested anew.
 *
 * @param {Store} store
 * @param {string} slug  of the surface
 * @returns {Race}
 */
export function movedTo(store, slug) {
  const { race } = store;
  const [before, after] = [store.surface(), store.surfaceCalled(slug)];
  const opening = firstLanes(store, before);
  const untouched = JSON.stringify(race.lanes.map(plain)) === JSON.stringify(opening.map(plain));
  const lanes = untouched ? firstLanes(store, after) : race.lanes.map((lane) => suited(store, lane, before, after));
  const shape = Object.fromEntries(after.parameters.map((one) => [one.name, one.default]));
  return { ...race, surface: slug, shape, start: after.start, lanes, changes: [] };
}

/** The names of those that keep a value which somebody has set, after the race has moved from a surface. @param {Store} store @param {SurfaceEntry} before */
export function keepers(store, before) {
  return namesApart(store.race).filter((_, lane) => {
    const { rule, values } = store.lane(lane);
    const [suggested, old] = [store.suggested(rule), store.suggested(rule, before)];
    return Object.entries(values).some(([name, value]) => value !== suggested[name] && value !== old[name]);
  });
}

/** The lanes of a surface's first race. @param {Store} store @param {SurfaceEntry} surface @returns {Lane[]} */
function firstLanes(store, surface) {
  return surface.opening.map((rule) => ({ rule, label: store.rule(rule).name, values: store.suggested(rule, surface) }));
}

/** @param {Store} store @param {Lane} lane @param {SurfaceEntry} before @param {SurfaceEntry} after @returns {Lane} */
function suited(store, lane, before, after) {
  const old = store.suggested(lane.rule, before);
  const turned = Object.entries(lane.values).filter(([name, value]) => value !== old[name]);
  return { ...lane, values: { ...store.suggested(lane.rule, after), ...Object.fromEntries(turned) } };
}

/** In one order, whoever made it. @param {Lane} lane */
function plain({ rule, label, values, schedule }) {
  return [rule, label, Object.entries(values).sort(), schedule ?? null];
}
