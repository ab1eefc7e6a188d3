// Prints the look of every number that it is given, on a light and on a dark ground.
import { readFileSync } from "node:fs";
import { laneStyle } from "../../../optviz/player/look/palette.js";
import { looksOf } from "../../../optviz/player/state/looks.js";

const { lanes, first } = JSON.parse(readFileSync(0, "utf8"));
const catalogue = { rule: (rule) => ({ look: first[rule] }) };
const looks = looksOf({ lanes }, catalogue);
process.stdout.write(JSON.stringify([false, true].map((dark) => looks.map((look) => laneStyle(look, dark)))));
