/** How a lane looks wherever it is drawn: colour, dash and marker, by the number of its look. */

/**
 * Colours that stay apart under deuteranopia and protanopia, for light and for dark grounds; then two
 * other shades of each, for the second and the third lane of a rule.
 *
 * Within each first row the smallest distance in Oklab, as a colour-blind eye sees it, is 0.07; the
 * first four are further apart. The shades of a colour are 0.12 apart, and every one has a contrast of 3
 * with its grounds (WCAG 2). Dash and marker tell lanes apart without any colour.
 */
const COLORS = {
  light: [
    ["#1257d6", "#cf4a0a", "#12936a", "#cb5fe2", "#6b4700", "#4a1a7c", "#b0124f", "#12708f"],
    ["#002a7a", "#5a1b01", "#003d2a", "#520061", "#91651a", "#a573ec", "#fa477f", "#00394b"],
    ["#4586ff", "#923000", "#016547", "#9601af", "#462d00", "#7945b9", "#630028", "#2d96bb"],
  ],
  dark: [
    ["#5fb2ff", "#ee8a3c", "#9ff08f", "#f3bcfb", "#f7cf3a", "#9867d6", "#ff7d86", "#38bfae"],
    ["#006fba", "#a75501", "#217e01", "#92589a", "#816901", "#e5d6ff", "#c53249", "#027a6e"],
    ["#c5e2ff", "#ffd4b8", "#5bb848", "#c488cd", "#bd9b03", "#c399ff", "#ffd1d2", "#60fbe6"],
  ],
};

/** Lengths of drawn and of left-out pieces, in CSS pixels: the first lanes of rules have the first four. */
const DASHES = [[], [9, 3], [3, 2.5], [10, 3, 2.5, 3], [2.5, 7], [10, 3, 2.5, 3, 2.5, 3]];
const FIRST = 4;

/** @typedef {"circle" | "square" | "triangle" | "diamond" | "cross" | "star" | "down" | "hexagon"} Marker */

/** Corners by angle (turns, clockwise from the right) and distance from the centre. */
const SHAPES = {
  square: regular(4, 1 / 8, 1.12),
  triangle: regular(3, -1 / 4, 1.25),
  diamond: regular(4, 0, 1.25),
  cross: plus(1.25, 0.42),
  star: regular(10, -1 / 4, 1.4, 0.62),
  down: regular(3, 1 / 4, 1.25),
  hexagon: regular(6, 0, 1.12),
};

/** @type {Marker[]} */
const MARKERS = ["circle", "square", "triangle", "diamond", "cross", "star", "down", "hexagon"];

/** So many looks are those of a rule's first lane; the next as many have other shades, dashes and markers. */
const LOOKS = 40;

/**
 * Return the look of a number, see state/looks.js.
 *
 * @param {number} index
 * @param {boolean} [dark]  whether the ground is dark
 * @returns {{color: string, dash: number[], marker: Marker, name: string}}
 */
export function laneStyle(index, dark = false) {
  const shades = COLORS[dark ? "dark" : "light"];
  const hues = shades[0].length;
  const [again, first] = [Math.floor(index / LOOKS), index % LOOKS];
  const [round, hue] = [Math.floor(first / hues), first % hues];
  const shade = again % shades.length;
  const marker = MARKERS[(hue + 3 * round + 3 * again) % MARKERS.length];
  const dash = DASHES[(((hue + round) % FIRST) + again) % DASHES.length];
  return { color: shades[shade][hue], dash, marker, name: propertyOf(shade, hue) };
}

/**
 * Set the custom properties `--ov-lane-0-0` ... that `markerSvg` and style sheets paint with.
 *
 * @param {HTMLElement} root
 * @param {boolean} dark
 */
export function applyPalette(root, dark) {
  COLORS[dark ? "dark" : "light"].forEach((hues, shade) => {
    hues.forEach((color, hue) => root.style.setProperty(propertyOf(shade, hue), color));
  });
}

/** @param {number} shade @param {number} hue */
function propertyOf(shade, hue) {
  return `--ov-lane-${hue}-${shade}`;
}

/**
 * Add a marker's outline to the canvas's path and fill it.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Marker} marker
 * @param {number} x
 * @param {number} y
 * @param {number} r  radius of a circle of about the same area
 */
export function drawMarker(ctx, marker, x, y, r) {
  ctx.beginPath();
  if (marker === "circle") {
    ctx.arc(x, y, r, 0, 2 * Math.PI);
  } else {
    SHAPES[marker].forEach(([u, v]) => ctx.lineTo(x + r * u, y + r * v));
    ctx.closePath();
  }
  ctx.fill();
}

/**
 * Draw a marker of a colour, set off from what is below it by a ring of the ground's.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {Marker} marker
 * @param {readonly [number, number]} at
 * @param {number} r
 * @param {{color: string, ground: string, ring: number}} look  `ring` its width
 */
export function drawSetOff(ctx, marker, [x, y], r, { color, ground, ring }) {
  ctx.fillStyle = ground;
  drawMarker(ctx, marker, x, y, r + ring);
  ctx.fillStyle = color;
  drawMarker(ctx, marker, x, y, r);
}

/**
 * Return the swatch of look `index` as an SVG string: a piece of its line with its marker.
 *
 * @param {number} index
 */
export function markerSvg(index) {
  const { dash, name } = laneStyle(index);
  return (
    `<svg class="ov-swatch" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">` +
    `<path d="M1 7H27" style="stroke:var(${name})" stroke-width="2" stroke-dasharray="${dash.join(" ")}"/>` +
    `${shapeSvg(index)}</svg>`
  );
}

/** Return the marker of look `index` alone as an SVG string. @param {number} index */
export function dotSvg(index) {
  return `<svg class="ov-dot" viewBox="7 0 14 14" width="14" height="14" aria-hidden="true">${shapeSvg(index)}</svg>`;
}

/** @param {number} index */
function shapeSvg(index) {
  const { marker, name } = laneStyle(index);
  const shape =
    marker === "circle"
      ? `<circle cx="14" cy="7" r="4"/>`
      : `<polygon points="${SHAPES[marker].map(([u, v]) => `${at(14, u)},${at(7, v)}`).join(" ")}"/>`;
  return `<g style="fill:var(${name})">${shape}</g>`;
}

/** @param {number} centre @param {number} offset  in radii of 4 pixels */
function at(centre, offset) {
  return (centre + 4 * offset).toFixed(1);
}

/**
 * @param {number} corners
 * @param {number} turn
 * @param {...number} radii  of the corners in turn
 * @returns {[number, number][]}
 */
function regular(corners, turn, ...radii) {
  return Array.from({ length: corners }, (_, i) => polar(i / corners + turn, radii[i % radii.length]));
}

/** @param {number} length @param {number} width @returns {[number, number][]} */
function plus(length, width) {
  const arm = [[length, -width], [length, width], [width, width]];
  return [0, 1, 2, 3].flatMap((quarter) => arm.map(([x, y]) => rotated(x, y, quarter)));
}

/** @param {number} x @param {number} y @param {number} quarters @returns {[number, number]} */
function rotated(x, y, quarters) {
  return quarters === 0 ? [x, y] : rotated(-y, x, quarters - 1);
}

/** @param {number} turn @param {number} radius @returns {[number, number]} */
function polar(turn, radius) {
  return [radius * Math.cos(2 * Math.PI * turn), radius * Math.sin(2 * Math.PI * turn)];
}
