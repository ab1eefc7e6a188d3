// Inspects lanes as the player does: reads their runs as JSON, and prints what every line computed.
import { readFileSync } from "node:fs";
import { inspectionOf } from "../../../optviz/player/live/inspecting.js";

const { kernels, lanes } = JSON.parse(readFileSync(0, "utf8"));
const array = (text) => new Float64Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
const text = (part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("base64");

const came = [];
for (const { race, lane, query, theta, memory, multipliers, noise } of lanes) {
  const kernel = await import(`${kernels}/${race.lanes[lane].rule}-${race.surface}.mjs`);
  const arrays = (parts) => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, array(part)]));
  const trace = { multipliers: multipliers.map(array), noise: noise && array(noise), memory: memory.map(arrays) };
  const seen = inspectionOf({ race, query, steps: race.steps, theta: array(theta) }, trace, lane, kernel);
  const made = Object.entries(seen).map(([name, part]) => [name, part instanceof Float64Array ? text(part) : part]);
  came.push(Object.fromEntries(made));
}
process.stdout.write(JSON.stringify(came));
