// Runs races as the player does: reads them as JSON, with the folder of their kernels, and prints what came of them.
import { readFileSync } from "node:fs";
import { runRace } from "../../../optviz/player/live/racing.js";

const { kernels, races } = JSON.parse(readFileSync(0, "utf8"));
const load = (name) => import(`${kernels}/${name}.mjs`);
const bytes = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64");

const came = [];
for (const { race, surface, rules, draws } of races) {
  const lanes = await Promise.all(race.lanes.map(({ rule }) => load(`${rule}-${race.surface}`)));
  const slugs = [race.schedule.slug, ...[...race.lanes, ...race.changes].flatMap((part) => part.schedule?.slug ?? [])];
  const schedules = Object.fromEntries(await Promise.all(slugs.map(async (slug) => [slug, await load(slug)])));
  const programs = { lanes, schedule: (slug) => schedules[slug], draws: draws && Float64Array.from(draws) };
  const { lanes: told, theta, excess, slope, schedule, notes } = runRace(race, programs, surface, rules);
  const arrays = Object.entries({ theta, excess, slope, schedule }).map(([name, part]) => [name, bytes(part)]);
  came.push({ lanes: told, notes, ...Object.fromEntries(arrays) });
}
process.stdout.write(JSON.stringify(came));
