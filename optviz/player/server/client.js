/** The data plane over HTTP: what can be asked, and what the replies hold. */

import { pairs } from "../state/query.js";

/** @import {Api, EnsembleReply, Grid, Inspection, MapReply, Race, RatesReply, Result} from "../state/types.js" */

/** What can be asked for. @type {(keyof Api)[]} */
const KINDS = ["race", "draws", "surface", "slopes", "inspection", "map", "rates", "compare", "ensemble"];

/** Who asks, among all that share an address: the server lets tabs take turns. */
const TAB = { "X-Optviz-Tab": Math.random().toString(36).slice(2) };

/** A query that was refused; `problems` are sentences for the reader, `final` whether it will be again. */
export class Refused extends Error {
  /** @param {string[]} problems @param {boolean} [final] */
  constructor(problems, final = true) {
    super(problems.join(" "));
    this.problems = problems;
    this.final = final;
  }
}

/** Return an Api that asks over HTTP, at `${base}/race?...` and so on. @param {string} base @returns {Api} */
export function httpApi(base) {
  /** @param {keyof Api} kind @returns {Api[keyof Api]} */
  const asking = (kind) => async (query, signal) => {
    const reply = await fetch(`${base}/${kind}?${query}`, { signal, headers: TAB });
    if (reply.ok) return reply.arrayBuffer();
    const { problems } = await reply.json();
    throw new Refused(problems, reply.status === 422);
  };
  return /** @type {Api} */ (Object.fromEntries(KINDS.map((kind) => [kind, asking(kind)])));
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

/** @param {ArrayBuffer} buffer @returns {Result} */
export function decodeRace(buffer) {
  const { header, arrays } = decode(buffer);
  const { theta, rest, excess, schedule } = arrays;
  const whole = rest ? Float64Array.from(theta, (value, i) => value + rest[i]) : theta;
  return { ...header, theta: whole, excess, schedule, steps: schedule.length / header.lanes.length };
}

export const decodeSurface = /** @type {(buffer: ArrayBuffer) => Grid} */ (whole);
export const decodeInspection = /** @type {(buffer: ArrayBuffer) => Inspection} */ (whole);
export const decodeMap = /** @type {(buffer: ArrayBuffer) => MapReply} */ (whole);
export const decodeRates = /** @type {(buffer: ArrayBuffer) => RatesReply} */ (whole);

/** @param {ArrayBuffer} buffer @returns {EnsembleReply} */
export function decodeEnsemble(buffer) {
  const reply = whole(buffer);
  return { ...reply, steps: reply.excess.length / reply.quantiles.length - 1 };
}

/** Return the norm of the gradient (L, T+1) flattened. @param {ArrayBuffer} buffer */
export function decodeSlopes(buffer) {
  return decode(buffer).arrays.slope;
}

/** A reply's header and arrays in one. @param {ArrayBuffer} buffer @returns {any} */
function whole(buffer) {
  const { header, arrays } = decode(buffer);
  return { ...header, ...arrays };
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
