/** A line that follows the pointer over the picture and thins out, for an audience that looks where one points. */

import { listen, together } from "../base/listening.js";
import { pixelIn } from "../look/box.js";
import { ink } from "../look/theme.js";
import { Layer } from "../look/layers.js";

/** How long a piece of the line can be seen, in milliseconds, and how wide it is at first, in pixels. */
const LASTS = 900;
const WIDTH = 8;

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} element  the picture
 * @returns {{on: boolean, destroy: () => void}}  it is drawn while `on`
 */
export function pointerTrail(root, element) {
  /** @type {Layer | null} */
  let layer = null;
  /** Where the pointer was and when: x, y, time. @type {[number, number, number][]} */
  let points = [];
  let frame = 0;

  function draw() {
    const now = performance.now();
    points = points.filter(([, , time]) => now - time < LASTS);
    layer ??= new Layer(element, "ov-trail");
    layer.cover({ left: 0, top: 0, width: element.clientWidth, height: element.clientHeight });
    paint(layer.ctx, points, now, ink(root).text);
    frame = points.length > 0 ? requestAnimationFrame(draw) : 0;
  }

  /** @param {PointerEvent} event */
  function follow(event) {
    // While something is dragged, that is what one looks at; and a finger leaves nothing to see.
    if (!trail.on || event.buttons || event.pointerType === "touch") return;
    points.push([...pixelIn(element, event), performance.now()]);
    frame ||= requestAnimationFrame(draw);
  }

  const trail = {
    on: false,
    destroy: together(listen(element, "pointermove", follow), () => cancelAnimationFrame(frame)),
  };
  return trail;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {[number, number, number][]} points
 * @param {number} now
 * @param {string} color
 */
function paint(ctx, points, now, color) {
  ctx.strokeStyle = color;
  ctx.lineCap = "round";
  for (let i = 1; i < points.length; i += 1) {
    // It fades by growing thin: pieces that can be seen through would be darker where they meet.
    ctx.lineWidth = WIDTH * (1 - (now - points[i][2]) / LASTS);
    ctx.beginPath();
    ctx.moveTo(points[i - 1][0], points[i - 1][1]);
    ctx.lineTo(points[i][0], points[i][1]);
    ctx.stroke();
  }
}
