/** What lies along the sides of each map: the same for all optimizers, as far as they have the same. */

import { startSide } from "../outcomes/mapaxis.js";
import { lookOf } from "./lineup.js";

/** @import {Side} from "../outcomes/mapaxis.js" */
/** @import {Sides} from "../outcomes/cells.js" */
/** @import {RuleEntry, Store} from "../state/types.js" */
/** @import {Entry} from "./lineup.js" */

/** Exponents of ten that every axis of learning rates reaches, and no further than the rates need. */
const RATES = [-5, 1];

/**
 * Return the limits of the learning rates for all maps: one range, which holds every lane's own rate.
 *
 * @param {Entry[]} entries
 * @returns {[number, number]}
 */
export function rateRange(entries) {
  const own = entries.map(({ race, lane }) => Math.log10(race.lanes[lane].values.lr)).filter(Number.isFinite);
  const low = Math.min(RATES[0], ...own.map(Math.floor));
  const high = Math.max(RATES[1], ...own.map(Math.ceil));
  return [Number(`1e${low}`), Number(`1e${high}`)];
}

/**
 * @param {Store} store
 * @param {Entry} entry
 * @param {[number, number]} rates  limits of the learning rates
 * @returns {Sides}
 */
export function sidesOf(store, { race, lane }, rates) {
  const { over } = lookOf(store);
  const along = startSide(store, "x");
  if (over === "starts") return { across: along, up: startSide(store, "y") };
  const rule = store.rule(race.lanes[lane].rule);
  const across = { ...hyperparameterSide(rule, "lr"), range: rates };
  const own = over === "own" && ownOf(rule);
  return { across, up: own ? hyperparameterSide(rule, own) : along };
}

/** Return the optimizer's own value along a side. @param {Entry} entry @param {Side} side */
export function ownValue({ race, lane }, { name }) {
  const at = ["x", "y"].indexOf(name);
  return at < 0 ? race.lanes[lane].values[name] : race.start[at];
}

/**
 * The name of a rule's next hyperparameter after the learning rate: its momentum, the decay of its
 * averages. Guards against division by zero, and what is about the surface, are none of its character.
 *
 * @param {RuleEntry} rule
 */
function ownOf({ hyperparameters }) {
  return hyperparameters.find(({ name, log, low }) => name !== "lr" && !log && low >= 0)?.name;
}

/** @param {RuleEntry} rule @param {string} name @returns {Side} */
function hyperparameterSide({ hyperparameters }, name) {
  const found = hyperparameters.find((one) => one.name === name);
  if (!found) throw new Error(`The rule has no ${name}.`);
  const { meaning, low, high, log } = found;
  return { name, symbol: meaning, meaning, range: [low, high], log };
}
