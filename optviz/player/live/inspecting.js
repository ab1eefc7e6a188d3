/** What a lane computed line by line, from its run in this browser: no server is asked. */

import { faultOf } from "../base/faults.js";
import { along } from "./conditions.js";

/** @import {Kernels} from "./kernels.js" */
/** @import {Here} from "../server/inspections.js" */
/** @import {Inspection, LinesKernel, Result, Trace} from "../state/types.js" */

/** @param {Kernels} kernels @returns {Here} */
export function inspectingHere(kernels) {
  /** Whether a program has failed here. */
  let broken = false;
  return {
    changes: kernels,
    soon: ({ trace, race }, lane) => Boolean(trace) && kernels.expectsLines(race.lanes[lane].rule, race.surface),
    of(result, lane) {
      const { trace, race } = result;
      const kernel = trace && !broken ? kernels.ofLines(race.lanes[lane].rule, race.surface) : null;
      if (!trace || !kernel) return null;
      try {
        return inspectionOf(result, trace, lane, kernel);
      } catch (error) {
        // The server can run what this browser cannot.
        faultOf(error);
        broken = true;
        return null;
      }
    },
  };
}

/**
 * @param {Result} result
 * @param {Trace} trace
 * @param {number} lane
 * @param {LinesKernel} kernel
 * @returns {Inspection}
 */
export function inspectionOf({ race, query, steps, theta }, { multipliers, noise, memory }, lane, kernel) {
  const remembered = memory[lane];
  const path = theta.subarray(2 * lane * (steps + 1), 2 * (lane + 1) * (steps + 1));
  const given = { steps, values: along(race, lane), shape: race.shape, multipliers: multipliers[lane], noise };
  const begun = Object.entries(remembered).map(([name, part]) => [name, [...part.subarray(0, part.length / (steps + 1))]]);
  const made = kernel.inspect({ ...given, theta: path, memory: remembered });
  return { query, lane, lines: kernel.lines, initial: Object.fromEntries(begun), ...made };
}
