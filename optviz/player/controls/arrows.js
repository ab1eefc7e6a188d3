/** What an arrow key means for a point: the way it moves. */

/** @typedef {Record<string, [number, number]>} Moves  To the right and upwards, by key. */

/** @type {Moves} */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** And with the keys that lead to an end. @type {Moves} */
export const MOVES = {
  ...ARROWS,
  Home: [-Infinity, 0],
  End: [Infinity, 0],
  PageUp: [0, Infinity],
  PageDown: [0, -Infinity],
};

/**
 * The way that a key moves, unless it is part of another command or, before an audience, the clicker's.
 *
 * @param {KeyboardEvent} event
 * @param {Moves} [moves]
 */
export function moveOf({ key, altKey, ctrlKey, metaKey, target }, moves = ARROWS) {
  const clicked = key.startsWith("Page") && /** @type {Element} */ (target).closest(".ov-presenting");
  return altKey || ctrlKey || metaKey || clicked ? undefined : moves[key];
}
