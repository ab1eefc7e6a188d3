/** A plot of what becomes of a lane over one value or two: a canvas, a cross-hair over it, and a tip that reads it. */

import { plotBox } from "../charts/paint.js";
import { areWithin, lay, placeIn, sharesIn } from "../look/box.js";
import { canvasFrame } from "../look/canvas.js";
import { cellTip } from "./celltip.js";
import { crossHair } from "./crosshair.js";

/** @import {Box} from "../look/box.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {Store} from "../state/types.js" */
/** @import {Axes} from "./crosshair.js" */

/**
 * @param {Store} store
 * @param {HTMLElement} plot
 * @param {() => Axes} axes
 * @param {object} kind
 * @param {(ctx: CanvasRenderingContext2D, box: Box, colors: Ink) => void} kind.paint
 * @param {(shares: [number, number]) => string[]} kind.words  what there is at shares of the sides, if anything
 * @param {(shares: [number, number]) => [number, number] | null} [kind.cell]  the middle of the cell there, if there is one
 */
export function probedPlot(store, plot, axes, { paint, words, cell = () => null }) {
  const frame = canvasFrame(plot, (ctx, width, height, colors) => {
    const box = plotBox(width, height);
    paint(ctx, box, colors);
    lay(hair.element, box);
  });
  frame.canvas.setAttribute("role", "img");
  const hair = crossHair(store, axes, { words, cell });
  plot.append(hair.element);
  const tip = cellTip(plot);
  /** @param {MouseEvent} event @param {boolean} asked */
  function read(event, asked) {
    const shares = sharesIn(hair.element.getBoundingClientRect(), [event.clientX, event.clientY]);
    const lines = asked && areWithin(shares) ? words(shares) : [];
    if (!lines.length) return tip.hide();
    return tip.show(placeIn(plotBox(plot.clientWidth, plot.clientHeight), shares), lines);
  }

  plot.addEventListener("pointermove", (event) => read(event, !event.buttons && event.pointerType !== "touch"));
  // A finger has no other way to ask.
  plot.addEventListener("click", (event) => read(event, /** @type {PointerEvent} */ (event).pointerType === "touch"));
  for (const type of ["pointerleave", "pointerdown"]) plot.addEventListener(type, tip.hide);
  return { frame, hair };
}
