/** A box of pixels: where shares of its sides are, what lies on it, drawing that stays within it. */

/** @import {Ink} from "./theme.js" */

/** @typedef {{left: number, top: number, width: number, height: number}} Box  In CSS pixels of what it lies in. */

/**
 * @template What
 * @callback DrawIn  Draws something in a box of a canvas.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {What} what
 * @param {Ink} colors
 * @returns {void}
 */

/**
 * Where shares of the sides are: the first to the right, the second upwards.
 *
 * @param {Box} box
 * @param {readonly number[]} shares
 * @returns {[number, number]}
 */
export function placeIn({ left, top, width, height }, [u, v]) {
  return [left + u * width, top + (1 - v) * height];
}

/**
 * Which shares of the sides a pixel is at; beside the box they are less than 0 or more than 1.
 *
 * @param {Box} box
 * @param {readonly number[]} pixel
 * @returns {[number, number]}
 */
export function sharesIn({ left, top, width, height }, [x, y]) {
  return [(x - left) / width, 1 - (y - top) / height];
}

/** Whether shares of the sides are of a place within the box. @param {readonly number[]} shares */
export function areWithin(shares) {
  return shares.every((share) => share >= 0 && share <= 1);
}

/** Lay an element on a box. @param {HTMLElement} element @param {Box} box */
export function lay(element, { left, top, width, height }) {
  const sides = Object.entries({ left, top, width, height });
  for (const [side, value] of sides) element.style.setProperty(side, `${value}px`);
}

/** Draw within a box only, until the context is restored. @param {CanvasRenderingContext2D} ctx @param {Box} box */
export function clipTo(ctx, { left, top, width, height }) {
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
}

/** Where in an element the pointer is, in its own pixels, which a style sheet may enlarge. @param {Element} element @param {{clientX: number, clientY: number}} pointer @returns {[number, number]} */
export function pixelIn(element, { clientX, clientY }) {
  const { left, top } = element.getBoundingClientRect();
  const zoom = element.currentCSSZoom ?? 1;
  return [(clientX - left) / zoom, (clientY - top) / zoom];
}
