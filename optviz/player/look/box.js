/** A box of pixels: where shares of its sides are, what lies on it, drawing that stays within it. */

/** @typedef {{left: number, top: number, width: number, height: number}} Box  In CSS pixels of what it lies in. */

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

/** Where in an element the pointer is. @param {Element} element @param {{clientX: number, clientY: number}} pointer @returns {[number, number]} */
export function pixelIn(element, { clientX, clientY }) {
  const { left, top } = element.getBoundingClientRect();
  return [clientX - left, clientY - top];
}
