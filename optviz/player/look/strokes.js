/** Small signs that are drawn in several places: a cross, a ring, words on a plate of the ground's colour. */

/** @import {Ink} from "./theme.js" */

const PADDING = 5;
const PLATE_HEIGHT = 17;

/** Add a cross to the canvas's path. @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} r */
export function addCross(ctx, x, y, r) {
  for (const side of [-1, 1]) {
    ctx.moveTo(x - r, y - r * side);
    ctx.lineTo(x + r, y + r * side);
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} r @param {string} color */
export function strokeRing(ctx, x, y, r, color) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

/** @param {CanvasRenderingContext2D} ctx @param {string} text */
export function plateWidth(ctx, text) {
  return ctx.measureText(text).width + 2 * PADDING;
}

/** @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} left @param {number} middle  of its height @param {Ink} ink */
export function writePlate(ctx, text, left, middle, ink) {
  ctx.fillStyle = ink.ground;
  ctx.beginPath();
  ctx.roundRect(left, middle - PLATE_HEIGHT / 2, plateWidth(ctx, text), PLATE_HEIGHT, 4);
  ctx.fill();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = ink.text;
  ctx.fillText(text, left + PADDING, middle + 0.5);
}
