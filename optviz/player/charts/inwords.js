/** Says of a chart's lines where each begins and where it ends. */

import { heard, readable } from "../scales/numbers.js";
import { namesApart } from "../state/laneedits.js";

/** @import {Line} from "./paint.js" */
/** @import {Result} from "../state/types.js" */

/** @param {Line[] | string | null} lines @param {Result | null} result */
export function linesInWords(lines, result) {
  if (!result || !lines || typeof lines === "string") return "";
  const names = namesApart(result.race);
  // In the order of the race, whatever lies in front.
  const each = [...lines].sort((a, b) => (a.lane ?? 0) - (b.lane ?? 0)).map(({ values, lane, label, diverged }) => {
    const [first, last] = [values[0], values.at(-1)].map((value) => heard(readable(value)));
    const name = [lane === null ? "" : names[lane], label].filter(Boolean).join(" in ");
    return `${name} from ${first} to ${diverged ? "divergence" : last}`.trim();
  });
  return each.length > 0 ? ` ${each.join("; ")}.` : "";
}
