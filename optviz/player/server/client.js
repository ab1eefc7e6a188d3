/** The data plane over HTTP: what can be asked, and what the replies hold. */

import { pairs } from "../state/query.js";

/** @import {Api, EnsembleReply, Grid, Inspection, MapReply, Race, RatesReply, Result} from "../state/types.js" */

/** A query that was refused; `problems` are sentences for the reader, `final` whether it will be again. */
export class Refused extends Error {
  /** @param {string[]} problems @param {boolean} [final] */
  constructor(problems, final = true) {
    super(problems.join(" "));
    this.problems = problems;
    this.final = final;
  }
}

/**
 * Return an Api that asks over HTTP, at `${base}/race?...` and so on.
 *
 * @param {string} base
 * @returns {Api}
 */
export function httpApi(base) {
  /** @param {string} kind @param {string} query @param {AbortSignal} [signal] */
  async function ask(kind, query, signal) {
    const reply = await fetch(`${base}/${kind}?${query}`, { signal });
    if (reply.ok) return reply.arrayBuffer();
    const { problems } = await reply.json();
    throw new Refused(problems, reply.status === 422);
  }
  return {
    race: (query, signal) => ask("race", query, signal),
    surface: (query, signal) => ask("surface", query, signal),
    slopes: (query, signal) => ask("slopes", query, signal),
    inspection: (query, signal) => ask("inspection", query, signal),
    map: (query, signal) => ask("map", query, signal),
    rates: (query, signal) => ask("rates", query, signal),
    compare: (query, signal) => ask("compare", query, signal),
    ensemble: (query, signal) => ask("ensemble", query, signal),
  };
}

/**
 * Return the query of a surface's grid over a part of the plane.
 *
 * @param {Race} race
 * @param {{x: [number, number], y: [number, number]}} part
 * @param {number} n  points along each side
 */
export function surfaceQuery(race, { x, y }, n) {
  const [shape, across, up] = [pairs(race.shape), x, y].map((parts) => encodeURIComponent(parts.join(",")));
  return `surface=${race.surface}&shape=${shape}&x=${across}&y=${up}&n=${n}`;
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {Result}
 */
export function decodeRace(buffer) {
  const { header, arrays } = decode(buffer);
  const { theta, rest, excess, schedule } = arrays;
  const whole = rest ? Float64Array.from(theta, (value, i) => value + rest[i]) : theta;
  return { ...header, theta: whole, excess, schedule, steps: schedule.length };
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {Grid}
 */
export function decodeSurface(buffer) {
  const { header, arrays } = decode(buffer);
  return { ...header, ...arrays };
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {Inspection}
 */
export function decodeInspection(buffer) {
  const { header, arrays } = decode(buffer);
  return { ...header, ...arrays };
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {MapReply}
 */
export function decodeMap(buffer) {
  const { header, arrays } = decode(buffer);
  return { ...header, ...arrays };
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {RatesReply}
 */
export function decodeRates(buffer) {
  const { header, arrays } = decode(buffer);
  return { ...header, ...arrays };
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {EnsembleReply}
 */
export function decodeEnsemble(buffer) {
  const { header, arrays } = decode(buffer);
  const steps = arrays.excess.length / header.quantiles.length - 1;
  return { ...header, ...arrays, steps };
}

/**
 * Return the norm of the gradient (L, T+1) flattened.
 *
 * @param {ArrayBuffer} buffer
 */
export function decodeSlopes(buffer) {
  return decode(buffer).arrays.slope;
}

/**
 * Read a binary reply: "OPTV", the header's length, the header as JSON, then float32 arrays.
 *
 * @param {ArrayBuffer} buffer
 * @returns {{header: any, arrays: Record<string, Float32Array>}}
 */
function decode(buffer) {
  const magic = new TextDecoder().decode(buffer.slice(0, 4));
  if (magic !== "OPTV") throw new Refused(["The server's reply could not be read. Please reload the page."]);
  const length = new DataView(buffer).getUint32(4, true);
  const { arrays: declared, ...header } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  /** @type {Record<string, Float32Array>} */
  const arrays = {};
  let offset = 8 + length;
  for (const { name, shape } of declared) {
    const count = shape.reduce((/** @type {number} */ product, /** @type {number} */ side) => product * side, 1);
    arrays[name] = new Float32Array(buffer, offset, count);
    offset += 4 * count;
  }
  return { header, arrays };
}
