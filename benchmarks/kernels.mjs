// Times kernels: reads the modules' addresses and what they are given as JSON, prints microseconds by name.
import { readFileSync } from "node:fs";

const ROUNDS = 60;
const { modules, given } = JSON.parse(readFileSync(0, "utf8"));
const multipliers = new Float64Array(given.steps).fill(1);
const took = {};
for (const [name, { address, values, start }] of Object.entries(modules)) {
  const { run } = await import(address);
  took[name] = [];
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    const begun = process.hrtime.bigint();
    run({ ...given, start, values, multipliers });
    // The first rounds are for the compiler.
    if (round >= ROUNDS) took[name].push(Number(process.hrtime.bigint() - begun) / 1000);
  }
}
process.stdout.write(JSON.stringify(took));
