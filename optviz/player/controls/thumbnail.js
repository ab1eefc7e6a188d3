/** Small pictures of surfaces, fetched when somebody first looks at a menu of them. */

import { h } from "../base/dom.js";

/** @typedef {{side: number, bands: string, surfaces: Record<string, string>}} Pictures  see optviz/api/pictures.py */

/** Each address is asked once. @type {Map<string, Promise<Pictures>>} */
const fetched = new Map();

/**
 * An empty picture that is filled once it has come; where it does not, it stays empty.
 *
 * @param {string} base  path of the data plane
 * @param {string} slug
 * @returns {HTMLCanvasElement}
 */
export function thumbnail(base, slug) {
  const canvas = h("canvas", { class: "ov-thumbnail", "aria-hidden": "true" });
  const coming = fetched.get(base) ?? fetch(`${base}/pictures`).then((reply) => reply.json());
  fetched.set(base, coming);
  coming.then(
    (pictures) => draw(canvas, pictures, slug),
    () => fetched.delete(base),
  );
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {Pictures} pictures @param {string} slug */
function draw(canvas, { side, bands, surfaces }, slug) {
  canvas.width = canvas.height = side;
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.fillStyle = getComputedStyle(canvas).color;
  [...(surfaces[slug] ?? "")].forEach((letter, at) => {
    ctx.globalAlpha = bands.indexOf(letter) / bands.length;
    ctx.fillRect(at % side, side - 1 - Math.floor(at / side), 1, 1);
  });
}
