/** What became of a lane, in the same words as optviz/status.py: what its run has shown, and no more. */

import { exact, general } from "../scales/numbers.js";

/** @import {LaneKernel, LaneRun, LaneStatus, RuleEntry, SurfaceEntry} from "../state/types.js" */

const [NOWHERE, OUTSIDE] = [-1, -2];
/** A lane that moves by less than this share of the tolerance in a step stands still. */
const STILL = 1e-9;
/** Of so many last points each must be where the last but one was. */
const HOPS = 8;
/** Which steps within a place are news, see optviz/status.py. */
const [NOTICED, SHORTER, BACK] = [0.1, 0.99, 0.5];
const [GROWN, FELT, BETWEEN] = [4, 1e-6, 1e-3];
/** Who has come near within so many last steps may have done so by chance. */
const FEW = 5;
const MINIMA = ["minimum", "local minimum", "valley of minima"];

/**
 * @typedef {object} Ran  A lane's run, and what it ran with.
 * @property {LaneRun} run
 * @property {LaneKernel} kernel
 * @property {number} steps
 * @property {Pick<RuleEntry, "hyperparameters">} rule
 * @property {(name: string, step: number) => number} inForce  a hyperparameter at a step
 * @property {Float64Array} multipliers  of the learning rate, by the schedule
 * @property {Pick<SurfaceEntry, "x" | "y" | "endless" | "saddle_height">} surface  with its domain
 */

/** @param {Ran} ran @returns {LaneStatus} */
export function statusOf(ran) {
  const { run, kernel } = ran;
  if (run.place === OUTSIDE) return outside(ran);
  if (run.place === NOWHERE) return { state: "running", step: null, text: moving(ran) };
  const { kind, point } = kernel.places[run.place] ?? { kind: kernel.kinds[run.kind], point: run.rest };
  const at = placeText(kind, point, kernel.near);
  if (!run.stays) return { state: "running", step: null, text: `near ${at} ${ran.steps - run.since < FEW ? "at the end" : `since step ${run.since}`}` };
  if (!MINIMA.includes(kind)) return { state: "running", step: null, text: `at ${at}` };
  const how = restless(ran);
  const text = how ? `near ${at} since step ${run.since}; ${how}` : `converged at step ${run.since}: ${at.replace(/^the /, "")}`;
  return { state: "converged", step: run.since, text };
}

/** Say of a path that stays somewhere that it does not come to rest, if so. @param {Ran} ran */
function restless({ run: { theta, late }, kernel, steps }) {
  const stride = (/** @type {number} */ from, /** @type {number} */ to) => Math.hypot(theta[2 * to] - theta[2 * from], theta[2 * to + 1] - theta[2 * from + 1]);
  const mean = (/** @type {number} */ from, /** @type {number} */ to) => {
    let sum = 0;
    for (let k = from; k < to; k += 1) sum += stride(k, k + 1);
    return sum / (to - from);
  };
  const half = late + (Math.floor((steps - late) / 2) || 1);
  if (half === steps) return "";
  const [before, later, whole] = [mean(late, half), mean(half, steps), mean(late, steps) * (steps - late)];
  if (later > FELT * kernel.near && later >= GROWN * before) return "its steps grow";
  const hops = later > NOTICED * kernel.near && later >= SHORTER * before && stride(late, steps) <= BACK * whole;
  return hops ? "its steps get no shorter" : "";
}

/** Judge a path that left: what is far and comes nearer may be back later; nobody knows. @param {Ran} ran @returns {LaneStatus} */
function outside(ran) {
  const { since, stays } = ran.run;
  if (!stays) return { state: "running", step: null, text: `far outside since step ${since}, but on its way back` };
  const why = noNumber(ran, since);
  if (why) return { state: "diverged", step: since, text: `not a number since step ${since}, because ${why}` };
  return { state: "diverged", step: since, text: leavingText(ran, since) };
}

/** @param {Ran} ran @param {number} since */
function leavingText(ran, since) {
  const left = leftAt(ran);
  // Where there is no minimum, who leaves has not failed.
  if (ran.surface.endless && left >= 0) return goneText(left, escapedAt(ran, since)) + (left < since ? `; beyond all bounds at step ${since}` : "");
  return `diverged at step ${since}${left > 0 && left < since ? `; ${goneText(left)}` : ""}`;
}

/** Say since which step a path is below all saddles, and since which outside of the domain. @param {number} left @param {number} [escaped] */
function goneText(left, escaped = -1) {
  if (escaped > 0) return `left the saddle at step ${escaped}${left > 0 ? `, the domain at step ${left}` : ""}`;
  return left > 0 ? `left the domain at step ${left}` : "outside of the domain all the way";
}

/** The step from which on a path is outside of the surface's domain; -1 if it is not. @param {Ran} ran */
function leftAt({ run: { theta }, steps, surface: { x, y } }) {
  const inside = (/** @type {number} */ k) =>
    x[0] <= theta[2 * k] && theta[2 * k] <= x[1] && y[0] <= theta[2 * k + 1] && theta[2 * k + 1] <= y[1];
  return lasting((k) => !inside(k), steps);
}

/** The step from which on a path is below all saddles; -1 if it is not. @param {Ran} ran @param {number} last  until where it is looked at */
function escapedAt({ run: { loss }, surface: { saddle_height: height } }, last) {
  return height === null ? -1 : lasting((k) => loss[k] < height, last);
}

/** The first step from which on something holds; -1 if it does not in the end. @param {(step: number) => boolean} holds @param {number} last */
function lasting(holds, last) {
  if (!holds(last)) return -1;
  let step = last;
  while (step > 0 && holds(step - 1)) step -= 1;
  return step;
}

/** Say why a path is no number from a step on; nothing if it just grew beyond all numbers. @param {Ran} ran @param {number} step */
function noNumber({ run, rule, steps, inForce }, step) {
  const [x, y] = [run.theta[2 * step], run.theta[2 * step + 1]];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return Number.isNaN(run.loss[step]) ? "the loss is none here" : "";
  const endless = (/** @type {number} */ value) => Math.abs(value) === Infinity;
  const grew = Object.values(run.memory).some((part) => rowAt(part, step, steps).some(endless));
  if (step === 0 || grew || !rowAt(run.grad, step - 1, steps).every(Number.isFinite)) return "";
  const values = rule.hyperparameters.map((one) => ({ ...one, value: inForce(one.name, step - 1) }));
  const unusual = values.filter(({ name, value, low, high }) => name !== "lr" && !(low <= value && value <= high));
  const told = unusual.map(({ name, value }) => `${name} = ${exact(value)}`).join(", ");
  if (told && unusual.every(({ value }) => value === 0 || value === 1)) return `its step divided by zero (${told})`;
  return `its step has no value${told && ` with ${told}`}`;
}

/** What an array (T+1, ...) holds for a step. @param {Float64Array} array @param {number} step @param {number} steps */
function rowAt(array, step, steps) {
  const width = array.length / (steps + 1);
  return array.subarray(step * width, (step + 1) * width);
}

/** Say of a path that is at no place how it moves, and whether there is a gradient. @param {Ran} ran */
function moving(ran) {
  const { run: { theta, grad, loss }, kernel, steps, inForce, multipliers } = ran;
  const last = 2 * steps;
  const stride = Math.hypot(theta[last] - theta[last - 2], theta[last + 1] - theta[last - 1]);
  const level = grad[last] === 0 && grad[last + 1] === 0;
  if (stride > STILL * kernel.near) {
    const left = leftAt(ran);
    const escaped = ran.surface.endless ? escapedAt(ran, steps) : -1;
    if (escaped > 0 || (ran.surface.endless && left >= 0)) return goneText(left, escaped);
    const higher = loss[steps] > loss[0] ? ", and higher than where it began" : "";
    return `not converged${higher}${level ? ", though the gradient is zero here" : wayOf(ran)}`;
  }
  if (level) return "stands still: the gradient is zero here";
  const rate = inForce("lr", steps - 1);
  // It may have moved until then.
  if (rate !== 0 && multipliers[steps - 1] === 0) return "not converged: the schedule has come to 0, the gradient has not";
  return `stands still: ${rate ? "its step" : "its learning rate"} is 0, the gradient is not`;
}

/** Say of a path that moves how it does: between two points, out of the domain, or hardly. @param {Ran} ran */
function wayOf(ran) {
  const { run: { theta, grad, stays }, kernel, steps } = ran;
  const stride = (/** @type {number} */ k, /** @type {number} */ places) => Math.hypot(theta[2 * k] - theta[2 * (k - places)], theta[2 * k + 1] - theta[2 * (k - places) + 1]);
  const strides = Array.from({ length: Math.min(HOPS - 1, steps) }, (_, k) => stride(steps - k, 1));
  const between = Math.max(STILL * kernel.near, BETWEEN * Math.min(...strides));
  let hops = 2;
  while (hops < HOPS && hops <= steps && stride(steps + 2 - hops, 2) <= between) hops += 1;
  if (hops === HOPS) return "; it goes back and forth between two points";
  const left = leftAt(ran);
  if (left >= 0) return `; ${goneText(left)}`;
  const size = general(Math.hypot(grad[2 * steps], grad[2 * steps + 1]), 3);
  // Long steps may lead to nowhere, too.
  return stays && Math.max(...strides) <= kernel.near ? `; it hardly moves, and the gradient is ${size}` : "";
}

/** A place as it is named: the minimum (1, 1). @param {string} kind @param {[number, number]} point @param {number} tolerance */
function placeText(kind, point, tolerance) {
  const at = pointText(point, tolerance);
  return /valley|ridge/.test(kind) ? `a ${kind} at ${at}` : `the ${kind} ${at}`;
}

/** With as many decimals as the tolerance tells apart, and one more. @param {[number, number]} point @param {number} tolerance */
function pointText(point, tolerance) {
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(tolerance)));
  return `(${point.map((value) => general(Number(value.toFixed(decimals)) + 0)).join(", ")})`;
}
