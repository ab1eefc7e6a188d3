/** A worker: runs cells on the program of a rule on a surface, that it is told of. */

import { programAt } from "./program.js";

/** @import {LaneKernel} from "../state/types.js" */
/** @import {Cells, Task, Told} from "./crew.js" */

self.onmessage = async (/** @type {MessageEvent<Task>} */ { data: { program, cells } }) => {
  try {
    const kernel = await programAt(program);
    if (!cells) return;
    const told = run(kernel, cells);
    self.postMessage(told, { transfer: [told.place.buffer, told.since.buffer, told.loss.buffer] });
  } catch (error) {
    if (cells) self.postMessage({ failed: String(error) });
  }
};

/** @param {LaneKernel} kernel @param {Cells} cells @returns {Told} */
function run(kernel, { start, over, until, table, ...given }) {
  const count = table.length / over.length;
  const place = new Int32Array(count);
  const since = new Int32Array(count);
  const loss = new Float64Array(count);
  for (let cell = 0; cell < count; cell += 1) {
    const own = { start: [...start], values: { ...given.values } };
    over.forEach((name, k) => put(own, name, table[cell * over.length + k], until));
    const done = kernel.run({ ...given, .../** @type {any} */ (own) });
    // What is not declared is no place of a map that is made here.
    const known = done.stays && done.place < kernel.places.length;
    place[cell] = known ? done.place : -1;
    since[cell] = known && done.place !== -1 ? done.since : -1;
    loss[cell] = done.loss[given.steps];
  }
  return { place, since, loss };
}

/** Set a cell's own value, up to the step at which all cells change it. @param {{start: number[], values: Record<string, any>}} own @param {string} name @param {number} value @param {Record<string, number>} until */
function put(own, name, value, until) {
  if (name === "x" || name === "y") own.start[name === "x" ? 0 : 1] = value;
  else if (name in until) own.values[name] = Float64Array.from(own.values[name]).fill(value, 0, until[name]);
  else own.values[name] = value;
}
