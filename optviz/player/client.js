/** Asks the data plane for races and surfaces, one request at a time, the newest first. */

import { newest } from "./newest.js";
import { pairs, toQuery } from "./query.js";

/** @import {Store} from "./store.js" */
/** @import {Api, Grid, Race, Result} from "./types.js" */

const MARKS_KEPT = 2000;
const RETRY = 3000;
/** After this long without a reply the page says that it is waiting. */
const PATIENCE = 250;
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
 * Return an Api that asks over HTTP, at `${base}/race?...` and `${base}/surface?...`.
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
  };
}

/**
 * Keep the store's result up to date with its race. A reply is shown in the next animation frame;
 * what was asked meanwhile is fetched without waiting for that frame.
 *
 * @param {Store} store
 * @param {Api} api
 * @returns {() => void}  stops asking
 */
export function follow(store, api) {
  const closing = new AbortController();
  /** @type {Result | null} */
  let ready = null;
  let marks = 0;
  let again = 0;

  function paint() {
    if (!ready) return;
    const result = ready;
    ready = null;
    store.show(result);
    // Nobody else empties the browser's list of marks.
    if ((marks += 1) % MARKS_KEPT === 0) ["ov:input", "ov:painted"].forEach((name) => performance.clearMarks(name));
    performance.mark("ov:painted");
  }

  const ask = newest(async (/** @type {string} */ query) => {
    const slow = setTimeout(() => store.wait(true), PATIENCE);
    try {
      const result = decodeRace(await api.race(query, closing.signal));
      if (!ready) requestAnimationFrame(paint);
      ready = result;
      store.complain([]);
    } catch (error) {
      if (closing.signal.aborted) return;
      store.complain(sentences(error));
      clearTimeout(again);
      if (!(error instanceof Refused)) again = window.setTimeout(listener, RETRY);
    } finally {
      clearTimeout(slow);
      store.wait(false);
    }
  });

  const listener = () => ask(toQuery(store.race));
  store.addEventListener("race", listener);
  listener();
  return () => {
    store.removeEventListener("race", listener);
    closing.abort();
    clearTimeout(again);
    ready = null;
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
  return { ...header, ...arrays, steps: arrays.schedule.length };
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
