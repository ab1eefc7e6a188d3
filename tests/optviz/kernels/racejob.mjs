// Runs a job as the worker does: reads it as JSON, and prints what came of it.
import { readFileSync } from "node:fs";
import { handedOver, runJob } from "../../../optviz/player/live/racejob.js";

const job = JSON.parse(readFileSync(0, "utf8"));
const bytes = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64");

async function ran() {
  const { result, took } = await runJob({ ...job, draws: job.draws && Float64Array.from(job.draws) });
  const { lanes, theta, excess, slope, schedule } = result;
  const arrays = Object.entries({ theta, excess, slope, schedule }).map(([name, part]) => [name, bytes(part)]);
  return { lanes, took, handed: handedOver(result).map((one) => one.byteLength), ...Object.fromEntries(arrays) };
}

process.stdout.write(JSON.stringify(await ran().catch(() => "failed")));
