/** Asks the data plane for races and surfaces, one request at a time, the newest first. */

import { newest } from "../base/newest.js";
import { pairs, toQuery } from "../state/query.js";

/** @import {Store} from "../state/store.js" */
/** @import {Api, EnsembleReply, Grid, Inspection, MapReply, Race, RatesReply, Result} from "../state/types.js" */

const MARKS_KEPT = 2000;
const RETRY = 3000;
/** After this long without a reply the page says that it is waiting. */
const PATIENCE = 250;
/** A server that takes longer is not asked for what is only foreseen. */
const PROMPT = 40;
const SILENT = "The server does not answer. The picture shows the last race that it ran; it is asked again every few seconds.";

/** A query that was understood and refused; `problems` are sentences for the reader. */
export class Refused extends Error {
  /** @param {string[]} problems */
  constructor(problems) {
    super(problems.join(" "));
    this.problems = problems;
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
    if (reply.status !== 422) throw new Error(`The server answered with code ${reply.status}.`);
    throw new Refused((await reply.json()).problems);
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
 * Keep the store's result up to date with its race. A reply is shown in the next animation frame;
 * what was asked meanwhile is fetched without waiting for that frame. A race that is foreseen is asked
 * for at once: its reply is then often there when the frame begins in which the race changes.
 *
 * The marks "ov:input" and "ov:painted" tell, in `detail`, the query that is wanted and the one shown.
 *
 * @param {Store} store
 * @param {Api} api
 * @returns {() => void}  stops asking
 */
export function follow(store, api) {
  const closing = new AbortController();
  /** @type {{query: string, result: Result} | null} */
  let ready = null;
  /** The last query asked. */
  let asked = "";
  let took = 0;
  let again = 0;

  function paint() {
    if (!ready) return;
    const { query, result } = ready;
    ready = null;
    store.show(result);
    mark("ov:painted", query);
  }

  const fetchNewest = newest(async (/** @type {string} */ query) => {
    const slow = setTimeout(() => store.wait(true), PATIENCE);
    const begun = performance.now();
    try {
      const whole = store.precise ? `${query}&rest=1` : query;
      const result = decodeRace(await api.race(whole, closing.signal));
      took = performance.now() - begun;
      if (!ready) requestAnimationFrame(paint);
      ready = { query, result };
      store.complain([]);
    } catch (error) {
      if (closing.signal.aborted) return;
      asked = "";
      store.complain(sentences(error));
      clearTimeout(again);
      if (!(error instanceof Refused)) again = window.setTimeout(listener, RETRY);
    } finally {
      clearTimeout(slow);
      store.wait(false);
    }
  });

  /** @param {string} query */
  function ask(query) {
    asked = query;
    fetchNewest(query);
  }

  const listener = () => {
    const query = toQuery(store.race);
    mark("ov:input", query);
    // At the end of a drag it is asked again, to be drawn without haste.
    if (query !== asked || !store.held) ask(query);
  };
  const sharpen = () => ask(toQuery(store.race));
  /** @param {Event} event */
  const foresee = (event) => {
    const query = toQuery(/** @type {CustomEvent} */ (event).detail);
    if (query !== asked && took < PROMPT) ask(query);
  };
  store.addEventListener("race", listener);
  store.addEventListener("ahead", foresee);
  store.addEventListener("digits", sharpen);
  listener();
  return () => {
    store.removeEventListener("race", listener);
    store.removeEventListener("ahead", foresee);
    store.removeEventListener("digits", sharpen);
    closing.abort();
    clearTimeout(again);
    ready = null;
  };
}

let marks = 0;

/** Nobody else empties the browser's list of marks. @param {"ov:input" | "ov:painted"} name @param {string} query */
function mark(name, query) {
  if ((marks += 1) % MARKS_KEPT === 0) ["ov:input", "ov:painted"].forEach((one) => performance.clearMarks(one));
  performance.mark(name, { detail: query });
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

/**
 * @param {unknown} error
 * @returns {string[]}
 */
export function sentences(error) {
  return error instanceof Refused ? error.problems : [SILENT];
}
