/** How arrows and what goes with them look: colour, and dash or head as the second cue. */

import { FAINT } from "../plane/polyline.js";

/** @import {Line, Point, Spot} from "../plane/frame.js" */
/** @import {Ink} from "../look/theme.js" */

/** @typedef {"step" | "memory" | "gradient" | "decay" | "rest" | "rate" | "ahead" | "rising" | "falling"} Kind */

/**
 * @typedef {object} Look
 * @property {string} light  colour on a light ground
 * @property {string} dark  colour on a dark one
 * @property {number} width
 * @property {number[]} dash
 */

/** Apart from each other under deuteranopia and protanopia too, and named with their dashes in the legend. @type {Record<Kind, Look>} */
export const LOOKS = {
  step: { light: "#1c2430", dark: "#f3f6fa", width: 4.5, dash: [] },
  memory: { light: "#5b21b6", dark: "#c3a6ff", width: 2, dash: [] },
  gradient: { light: "#b93508", dark: "#ff9d5c", width: 2, dash: [7, 3] },
  decay: { light: "#0f6b62", dark: "#5eead4", width: 2, dash: [2, 3] },
  rest: { light: "#8a5a00", dark: "#ffd166", width: 2, dash: [8, 3, 2, 3] },
  rate: { light: "#1c2430", dark: "#f3f6fa", width: 1.25, dash: [3, 3] },
  ahead: { light: "#5b21b6", dark: "#c3a6ff", width: 2, dash: [] },
  rising: { light: "#0b6aa2", dark: "#7cc7ff", width: 2, dash: [] },
  falling: { light: "#0b6aa2", dark: "#7cc7ff", width: 2, dash: [5, 4] },
};

const HEAD = 9;

/**
 * Draw arrows on one halo, the last on top; one too short for its head is all head, and one that ends
 * outside has none.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {{kind: Kind, line: Line}[]} vectors
 * @param {Ink} ink
 */
export function drawVectors(ctx, vectors, ink) {
  for (const { kind, line } of vectors) strokeHalo(ctx, kind, ink, () => traceLine(ctx, line, false));
  for (const { kind, line } of vectors) drawVector(ctx, kind, line, ink);
}

/** @param {CanvasRenderingContext2D} ctx @param {Kind} kind @param {Line} line @param {Ink} ink */
function drawVector(ctx, kind, line, ink) {
  if (!line.ends) return strokeLine(ctx, kind, line, ink);
  const length = lengthOf(line.points);
  if (!(length > 0.5)) return;
  const size = Math.min(ink.weight * (HEAD + LOOKS[kind].width), length);
  const [x, y] = line.points[line.points.length - 1];
  // One pixel of the shaft lies under the head.
  const shaft = shortened(line, size - 1);
  const neck = shaft.points[shaft.points.length - 1];
  const turn = Math.atan2(y - neck[1], x - neck[0]);
  const [across, down] = [Math.cos(turn), Math.sin(turn)];
  const [u, v] = [x - size * across, y - size * down];
  const half = 0.45 * size;
  strokeLine(ctx, kind, shaft, ink);
  ctx.fillStyle = colorOf(kind, ink);
  ctx.globalAlpha = line.behind[line.behind.length - 1] ? FAINT : 1;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(u - half * down, v + half * across);
  ctx.lineTo(u + half * down, v - half * across);
  ctx.closePath();
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {Kind} kind @param {Spot} spot @param {Ink} ink */
export function drawPoint(ctx, kind, { at: [x, y], behind }, ink) {
  const trace = () => {
    const radius = 5 * ink.weight;
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  };
  if (!behind) strokeHalo(ctx, kind, ink, trace);
  ctx.globalAlpha = behind ? FAINT : 1;
  stroke(ctx, kind, ink, trace);
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {Kind} kind @param {Line[]} lines @param {Ink} ink */
export function drawLines(ctx, kind, lines, ink) {
  strokeHalo(ctx, kind, ink, () => lines.forEach((line) => traceLine(ctx, line, false)));
  for (const line of lines) strokeLine(ctx, kind, line, ink);
}

/** Return a line without its last pixels. @param {Line} line @param {number} size @returns {Line} */
function shortened({ points, behind }, size) {
  let last = points.length - 1;
  let left = size;
  while (last > 1 && lengthOf(points.slice(last - 1, last + 1)) < left) {
    left -= lengthOf(points.slice(last - 1, last + 1));
    last -= 1;
  }
  const [[u, v], [x, y]] = [points[last - 1], points[last]];
  const share = Math.min(left / Math.hypot(x - u, y - v), 1);
  const end = /** @type {Point} */ ([x + share * (u - x), y + share * (v - y)]);
  return { points: [...points.slice(0, last), end], behind: behind.slice(0, last + 1), ends: false };
}

/** @param {readonly Point[]} points */
function lengthOf(points) {
  return points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i][0], y - points[i][1]), 0);
}

/**
 * Add what of a line the surface hides, or what it does not.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Line} line
 * @param {boolean} hidden
 */
function traceLine(ctx, { points, behind }, hidden) {
  for (let i = 1; i < points.length; i += 1) {
    if (behind[i] !== hidden) continue;
    if (i === 1 || behind[i - 1] !== hidden) ctx.moveTo(...points[i - 1]);
    ctx.lineTo(...points[i]);
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {Kind} kind @param {Line} line @param {Ink} ink */
function strokeLine(ctx, kind, line, ink) {
  stroke(ctx, kind, ink, () => traceLine(ctx, line, false));
  ctx.globalAlpha = FAINT;
  if (line.behind.includes(true)) stroke(ctx, kind, ink, () => traceLine(ctx, line, true));
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {Kind} kind @param {Ink} ink @param {() => void} trace */
function strokeHalo(ctx, kind, ink, trace) {
  ctx.strokeStyle = ink.halo;
  ctx.lineWidth = ink.weight * LOOKS[kind].width + 3;
  ctx.beginPath();
  trace();
  ctx.stroke();
}

/** @param {CanvasRenderingContext2D} ctx @param {Kind} kind @param {Ink} ink @param {() => void} trace */
function stroke(ctx, kind, ink, trace) {
  ctx.strokeStyle = colorOf(kind, ink);
  ctx.lineWidth = ink.weight * LOOKS[kind].width;
  ctx.setLineDash(LOOKS[kind].dash);
  ctx.lineJoin = "round";
  ctx.beginPath();
  trace();
  ctx.stroke();
  ctx.setLineDash([]);
}

/** @param {Kind} kind @param {Ink} ink */
function colorOf(kind, ink) {
  return LOOKS[kind][ink.dark ? "dark" : "light"];
}

/** The sign of a kind in the legend, as SVG. @param {Kind} kind @param {boolean} dark */
export function signOf(kind, dark) {
  const { width, dash } = LOOKS[kind];
  const color = LOOKS[kind][dark ? "dark" : "light"];
  const line = `stroke="${color}" stroke-width="${width}" stroke-dasharray="${dash.join(" ")}" fill="none"`;
  const shape = {
    rate: `<rect x="5" y="2" width="16" height="10" ${line}/>`,
    ahead: `<circle cx="13" cy="7" r="4.5" ${line}/>`,
    rising: `<path d="M1 7H25" ${line}/>`,
    falling: `<path d="M1 7H25" ${line}/>`,
  };
  const arrow = `<path d="M1 7H18" ${line}/><path d="M26 7 16 2.5v9Z" fill="${color}"/>`;
  const drawn = kind in shape ? shape[/** @type {keyof typeof shape} */ (kind)] : arrow;
  return `<svg viewBox="0 0 27 14" width="27" height="14" aria-hidden="true">${drawn}</svg>`;
}
