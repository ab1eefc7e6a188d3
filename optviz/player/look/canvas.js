/** A canvas that fills its parent, sharp on any display, and is painted at most once a frame. */

import { h } from "../base/dom.js";
import { guarded } from "../base/faults.js";
import { ink, watchTheme } from "./theme.js";

/** @import {Ink} from "./theme.js" */

const LABEL_SIZE = 11;

/**
 * @callback Paint
 * @param {CanvasRenderingContext2D} ctx  cleared, scaled to CSS pixels, with the page's font, small
 * @param {number} width
 * @param {number} height
 * @param {Ink} colors
 * @param {number} density  pixels in one of CSS
 * @returns {void}
 */

/**
 * Put a canvas into `parent`, which must lie inside `.ov`, and call `paint` when the size or the
 * theme has changed or `repaint` was called.
 *
 * @param {HTMLElement} parent
 * @param {Paint} paint
 */
export function canvasFrame(parent, paint) {
  const canvas = parent.appendChild(h("canvas", { class: "ov-filling" }));
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const root = /** @type {HTMLElement} */ (parent.closest(".ov") ?? document.body);
  const font = `${LABEL_SIZE}px ${getComputedStyle(root).fontFamily}`;
  let colors = ink(root);
  let asked = 0;
  // Asked for while a frame is made, a size has a browser lay out the page before its time.
  let [width, height, zoom] = [0, 0, 1];

  const now = guarded(parent, () => {
    asked = 0;
    if (width === 0 || height === 0) return;
    const density = devicePixelRatio * zoom;
    fit(canvas, width, height, density);
    ctx.setTransform(density, 0, 0, density, 0, 0);
    ctx.clearRect(0, 0, width, height);
    ctx.font = font;
    paint(ctx, width, height, colors, density);
  });
  const repaint = () => {
    asked ||= requestAnimationFrame(now);
  };
  const sizes = new ResizeObserver(() => {
    ({ clientWidth: width, clientHeight: height } = parent);
    // What is enlarged by the style sheet is to be as sharp as the rest.
    zoom = parent.currentCSSZoom ?? 1;
    repaint();
  });
  sizes.observe(parent);
  const unwatch = watchTheme(root, () => {
    colors = ink(root);
    repaint();
  });

  return {
    canvas,
    repaint,
    destroy() {
      cancelAnimationFrame(asked);
      sizes.disconnect();
      unwatch();
      canvas.remove();
    },
  };
}

/**
 * Give a canvas the pixels of a size in CSS pixels; setting an equal size again would clear it.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @param {number} [density]  pixels in one of CSS
 */
export function fit(canvas, width, height, density = devicePixelRatio) {
  const [w, h] = [width, height].map((length) => Math.round(length * density));
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
}
