// Evaluates bodies of functions of x and y at points; reads and prints JSON, with numbers as their bytes.
import { readFileSync } from "node:fs";

const { helpers, bodies, points } = JSON.parse(readFileSync(0, "utf8"));
const number = (hex) => Buffer.from(hex, "hex").readDoubleLE();
const bytes = (value) => {
  const buffer = Buffer.alloc(8);
  buffer.writeDoubleLE(Number(value));
  return buffer.toString("hex");
};
const pairs = points.map((point) => point.map(number));
const made = Object.entries(bodies).map(([name, body]) => {
  const of = new Function("x", "y", `${helpers}\n${body}`);
  return [name, pairs.map((pair) => bytes(of(...pair)))];
});
process.stdout.write(JSON.stringify(Object.fromEntries(made)));
