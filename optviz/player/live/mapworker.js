/** A worker: runs rows of a map's cells on the program of a rule on a surface, that it is told of. */

import { programAt } from "./program.js";

/** @import {LaneKernel} from "../state/types.js" */
/** @import {Rows, Told} from "./crew.js" */

self.onmessage = async (/** @type {MessageEvent<Rows>} */ { data }) => {
  try {
    const kernel = await programAt(data.program);
    if (!data.up) return;
    const told = run(kernel, data);
    self.postMessage(told, { transfer: [told.place.buffer, told.since.buffer, told.loss.buffer] });
  } catch (error) {
    if (data.up) self.postMessage({ failed: String(error) });
  }
};

/** @param {LaneKernel} kernel @param {Rows} rows @returns {Told} */
function run(kernel, { over, start, given, until, across, up }) {
  const count = across.length * up.length;
  const place = new Int32Array(count);
  const since = new Int32Array(count);
  const loss = new Float64Array(count);
  const last = given.steps;
  up.forEach((v, row) =>
    across.forEach((u, column) => {
      const cell = row * across.length + column;
      const own = { start: [...start], values: { ...given.values } };
      put(own, over[0], u, until);
      put(own, over[1], v, until);
      const done = kernel.run({ ...given, .../** @type {any} */ (own) });
      // What is not declared is no place of a map that is made here.
      const known = done.stays && done.place < kernel.places.length;
      place[cell] = known ? done.place : -1;
      since[cell] = known && done.place !== -1 ? done.since : -1;
      loss[cell] = done.loss[last];
    }),
  );
  return { place, since, loss };
}

/** Set a cell's own value, up to the step at which all cells change it. @param {{start: number[], values: Record<string, any>}} own @param {string} name @param {number} value @param {Record<string, number>} until */
function put(own, name, value, until) {
  if (name === "x" || name === "y") own.start[name === "x" ? 0 : 1] = value;
  else if (name in until) own.values[name] = Float64Array.from(own.values[name]).fill(value, 0, until[name]);
  else own.values[name] = value;
}
