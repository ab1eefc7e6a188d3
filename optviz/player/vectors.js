/** How arrows and what goes with them look: colour, and dash or head as the second cue. */

/** @import {Ink} from "./theme.js" */

/** @typedef {readonly [number, number]} Point  In pixels. */
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
 * Draw arrows on one halo, the last on top; one too short for its head is all head.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {{kind: Kind, from: Point, to: Point}[]} vectors
 * @param {Ink} ink
 */
export function drawVectors(ctx, vectors, ink) {
  for (const { kind, from, to } of vectors) strokeHalo(ctx, kind, ink, () => traceLine(ctx, from, to));
  for (const { kind, from, to } of vectors) drawVector(ctx, kind, from, to, ink);
}

/** @param {CanvasRenderingContext2D} ctx @param {Kind} kind @param {Point} from @param {Point} to @param {Ink} ink */
function drawVector(ctx, kind, [u, v], [x, y], ink) {
  const length = Math.hypot(x - u, y - v);
  if (!(length > 0.5)) return;
  const size = Math.min(ink.weight * (HEAD + LOOKS[kind].width), length);
  const [across, down] = [(x - u) / length, (y - v) / length];
  const neck = [x - size * across, y - size * down];
  const half = 0.45 * size;
  stroke(ctx, kind, ink, () => traceLine(ctx, [u, v], [neck[0] + across, neck[1] + down]));
  ctx.fillStyle = ctx.strokeStyle;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(neck[0] - half * down, neck[1] + half * across);
  ctx.lineTo(neck[0] + half * down, neck[1] - half * across);
  ctx.closePath();
  ctx.fill();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Kind} kind
 * @param {Point} at
 * @param {Ink} ink
 */
export function drawPoint(ctx, kind, [x, y], ink) {
  strokeWithHalo(ctx, kind, ink, () => {
    const radius = 5 * ink.weight;
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  });
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Kind} kind
 * @param {Point} centre
 * @param {Point} half  half of its width and of its height
 * @param {Ink} ink
 */
export function drawBox(ctx, kind, [x, y], [w, h], ink) {
  strokeWithHalo(ctx, kind, ink, () => ctx.rect(x - w, y - h, 2 * w, 2 * h));
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Kind} kind
 * @param {Point} from
 * @param {Point} to
 * @param {Ink} ink
 */
export function drawBar(ctx, kind, from, to, ink) {
  strokeWithHalo(ctx, kind, ink, () => traceLine(ctx, from, to));
}

/** @param {CanvasRenderingContext2D} ctx @param {Point} from @param {Point} to */
function traceLine(ctx, from, to) {
  ctx.moveTo(...from);
  ctx.lineTo(...to);
}

/** @param {CanvasRenderingContext2D} ctx @param {Kind} kind @param {Ink} ink @param {() => void} trace */
function strokeWithHalo(ctx, kind, ink, trace) {
  strokeHalo(ctx, kind, ink, trace);
  stroke(ctx, kind, ink, trace);
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
  const { width, dash, [ink.dark ? "dark" : "light"]: color } = LOOKS[kind];
  ctx.strokeStyle = color;
  ctx.lineWidth = ink.weight * width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  trace();
  ctx.stroke();
  ctx.setLineDash([]);
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
