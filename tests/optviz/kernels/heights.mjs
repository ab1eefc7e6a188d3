// Computes grids as the player does: reads what they are of as JSON, and prints them.
import { readFileSync } from "node:fs";
import { gridOf } from "../../../optviz/player/live/heights.js";

const { kernel, grids } = JSON.parse(readFileSync(0, "utf8"));
const program = await import(kernel);
const made = grids.map(({ surface, shape, window, n }) => {
  const { height, ...header } = gridOf(program, surface, shape, window, n);
  return { ...header, height: [...height].map((value) => (Number.isFinite(value) ? value : null)) };
});
process.stdout.write(JSON.stringify(made));
