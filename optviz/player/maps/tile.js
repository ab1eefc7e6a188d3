/** One small map: an optimizer's name, its picture with both axes, and how robust it is by it. */

import { cellWords } from "../outcomes/celltip.js";
import { fill, h, parsed, setText } from "../base/dom.js";
import { together } from "../base/listening.js";
import { fateImage, fateInBrief } from "../outcomes/fates.js";
import { areWithin, pixelIn, placeIn, sharesIn } from "../look/box.js";
import { canvasFrame } from "../look/canvas.js";
import { lossImage } from "../outcomes/losscolors.js";
import { shareOf } from "../outcomes/mapaxis.js";
import { drawMarker, drawSetOff, laneStyle, markerSvg } from "../look/palette.js";
import { strokeRing } from "../look/strokes.js";
import { cellsOf as imageCells, drawAxes, drawCells } from "../outcomes/cells.js";
import { settingText } from "../controls/settingtext.js";
import { bestCell } from "../outcomes/neighbours.js";
import { percent } from "../scales/numbers.js";
import { ownValue } from "./sides.js";

/** @import {Box, DrawIn} from "../look/box.js" */
/** @import {Exponents} from "../outcomes/losscolors.js" */
/** @import {Sides} from "../outcomes/cells.js" */
/** @import {Ink} from "../look/theme.js" */
/** @import {MapReply, RuleEntry} from "../state/types.js" */
/** @import {Entry} from "./lineup.js" */
/** @import {Outcome} from "./outcome.js" */

/**
 * @typedef {object} Seen  What is drawn of an optimizer.
 * @property {Entry} entry
 * @property {Sides} sides
 */

/** With the numbers at both axes, and their names. */
const MARGIN = { left: 43, top: 6, right: 8, bottom: 34 };
const MARKER = 4;
const MINIMUM = 3;

/**
 * @param {HTMLElement} list  within the page
 * @param {string} keys  id of the text that tells what keys do in a map
 * @param {() => Exponents | null} range  of all maps' final losses; null to colour by places and steps
 */
export function mapTile(list, keys, range) {
  const name = h("h3", { class: "ov-row ov-tile-name" });
  const plot = h("a", { class: "ov-tile-plot", draggable: false, "aria-describedby": keys });
  const verdict = h("b", {});
  const says = h("span", {});
  const aside = h("span", { class: "ov-tile-aside ov-cut" });
  const values = h("p", { class: "ov-tile-values" });
  const element = h("li", { class: "ov-tile" }, name, plot, h("p", { class: "ov-tile-verdict" }, verdict, says, aside), values);
  const cross = h("span", { class: "ov-tile-cross", hidden: true });
  list.append(element);

  /** @type {Seen | null} */
  let seen = null;
  /** @type {MapReply | null} */
  let map = null;
  /** Its cells as an image, and what that was made for. @type {{cells: OffscreenCanvas, made: string} | null} */
  let picture = null;
  /** The steps of its race. */
  let steps = 1;
  let usual = "";
  /** Whether the picture shows something else than what is wanted: nothing is told of it then. */
  let past = false;

  const frame = canvasFrame(plot, (ctx, width, height, colors) => {
    if (!seen) return;
    const box = boxOf(width, height);
    if (map) drawCells(ctx, box, cells(map, colors.dark));
    ctx.strokeStyle = colors.grid;
    ctx.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
    drawAxes(ctx, box, seen.sides, colors);
    nameAxes(ctx, box, seen.sides, colors);
    if (map?.axes[0] === "x" && map.axes[1] === "y") drawMinima(ctx, box, map, seen.sides, colors);
    drawOwn(ctx, box, seen, colors);
  });
  frame.canvas.setAttribute("aria-hidden", "true");
  plot.append(cross);

  /** @param {MapReply} of @param {boolean} dark */
  function cells(of, dark) {
    const losses = range();
    const made = JSON.stringify([dark, steps, losses]);
    if (picture?.made === made) return picture.cells;
    const image = losses ? lossImage(of, losses, dark) : fateImage(of, steps, dark);
    picture = { cells: imageCells(image), made };
    return picture.cells;
  }

  return {
    element,
    plot,
    repaint: frame.repaint,
    /**
     * What is wanted now; a picture that has other sides keeps them until another one comes.
     *
     * @param {Seen} next
     * @param {(name: string) => string} symbolOf  MathML of a hyperparameter
     * @param {RuleEntry} rule
     */
    update(next, symbolOf, rule) {
      if (!map || JSON.stringify(seen?.sides) === JSON.stringify(next.sides)) seen = next;
      const { race, lane, look } = next.entry;
      const { label, values: set } = race.lanes[lane];
      const { across, up } = next.sides;
      const rest = rule.hyperparameters.filter((one) => ![across.name, up.name].includes(one.name));
      fill(values, JSON.stringify([rest.map((one) => [symbolOf(one.name), set[one.name]])]), () => [settingText(rest, set, symbolOf)]);
      fill(name, `${look} ${label}`, () => [parsed(markerSvg(look)), h("span", { class: "ov-cut", title: label }, label)]);
      if (!map && !element.classList.contains("ov-tile-failed")) plot.setAttribute("aria-label", `${label}: the map is on its way`);
      frame.repaint();
    },
    /** Whether the picture is of before. @param {boolean} old */
    age(old) {
      element.classList.toggle("ov-tile-old", old && map !== null);
    },
    /** @param {MapReply} next @param {Seen} drawn @param {number} raceSteps */
    show(next, drawn, raceSteps) {
      map = next;
      seen = drawn;
      steps = raceSteps;
      picture = null;
      element.classList.remove("ov-tile-failed");
      frame.repaint();
    },
    /** Nothing is said of a map that shows something else than what is wanted. */
    await() {
      past = true;
      for (const text of [verdict, says, aside]) setText(text, "");
      usual = "";
      plot.setAttribute("aria-label", `${name.textContent}: the map is on its way`);
    },
    /** @param {Outcome} outcome @param {{arriving: string, cells: string, none: boolean}} words  `none`: there is no minimum to reach */
    judge(outcome, { arriving, cells: what, none }) {
      past = false;
      const { reached, diverged, rests, cells: count } = outcome;
      const lost = `${percent(diverged)} diverged`;
      const still = `${percent(rests)} at rest`;
      setText(verdict, percent(none ? diverged : reached));
      setText(says, ` ${none ? "diverged" : arriving}`);
      usual = none ? still : lost;
      setText(aside, usual);
      const shares = none ? `${lost}, ${still}` : `${percent(reached)} ${arriving}, ${lost}`;
      plot.setAttribute("aria-label", `${name.textContent}: of ${count.toLocaleString("en")} ${what}, ${shares}`);
    },
    /** @param {string[]} problems */
    fail(problems) {
      map = picture = null;
      element.classList.add("ov-tile-failed");
      element.classList.remove("ov-tile-old");
      setText(verdict, "");
      setText(aside, "");
      setText(says, problems.join(" "));
      plot.setAttribute("aria-label", `${name.textContent}: ${problems.join(" ")}`);
      frame.repaint();
    },
    /** Say beneath it what became of a cell, or its usual words again. @param {string} text */
    remark(text) {
      setText(aside, text || usual);
    },
    /** Where a point of the screen is, in shares of the picture's sides; null outside of it. @param {{clientX: number, clientY: number}} point @returns {[number, number] | null} */
    sharesAt(point) {
      const { width, height } = plot.getBoundingClientRect();
      const shares = sharesIn(boxOf(width, height), pixelIn(plot, point));
      return areWithin(shares) ? shares : null;
    },
    /** Put a cross at shares of the sides, or take it away. @param {[number, number] | null} shares */
    point(shares) {
      cross.hidden = !shares;
      if (!shares) return;
      const [x, y] = placeIn(boxOf(plot.clientWidth, plot.clientHeight), shares);
      cross.style.translate = `${x}px ${y}px`;
    },
    /** The shares of the cell that holds these. @param {[number, number]} shares @returns {[number, number]} */
    cell([u, v]) {
      const last = (map?.n ?? Infinity) - 1;
      return last < Infinity ? [Math.round(u * last) / last, Math.round(v * last) / last] : [u, v];
    },
    /** Where shares of the sides are, in pixels of something around it. @param {HTMLElement} place @param {[number, number]} shares @returns {[number, number]} */
    within(place, shares) {
      const [outer, inner] = [place.getBoundingClientRect(), plot.getBoundingClientRect()];
      const [x, y] = placeIn(boxOf(inner.width, inner.height), shares);
      return [inner.left - outer.left + x, inner.top - outer.top + y];
    },
    /** What there is at shares of the sides, in words. @param {[number, number]} shares @param {number} lowest */
    words: (shares, lowest) => (map && seen && !past ? cellWords(map, seen.sides, shares, lowest) : []),
    /** What became of the cell there, in few words. @param {[number, number]} shares */
    briefly: (shares) => (map && !past ? fateInBrief(map, shares) : ""),
    /** The optimizer's own values in shares of the sides; beyond them they are brought to an end. @returns {[number, number]} */
    own() {
      const [u, v] = (seen ? ownShares(seen) : [0.5, 0.5]).map((share) => Math.min(1, Math.max(0, share)));
      return [u, v];
    },
    /** The shares of the cell that converges first; nothing where none does. */
    best: () => (map && !past ? (bestCell(map)?.shares ?? null) : null),
    destroy: together(frame.destroy, () => element.remove()),
  };
}

/** @typedef {ReturnType<typeof mapTile>} Tile */

/** @param {number} width @param {number} height @returns {Box} */
function boxOf(width, height) {
  const { left, top, right, bottom } = MARGIN;
  return { left, top, width: width - left - right, height: height - top - bottom };
}

/** @param {Seen} seen */
function ownShares({ entry, sides: { across, up } }) {
  return /** @type {[number, number]} */ ([across, up].map((side) => shareOf(side, ownValue(entry, side))));
}

/** @type {DrawIn<Sides>} */
function nameAxes(ctx, { left, top, width, height }, { across, up }, colors) {
  ctx.save();
  ctx.fillStyle = colors.text;
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  ctx.fillText(across.meaning, left + width / 2, top + height + MARGIN.bottom, width);
  ctx.translate(2, top + height / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.textBaseline = "top";
  ctx.fillText(up.meaning, 0, 0, height);
  ctx.restore();
}

/** @param {CanvasRenderingContext2D} ctx @param {Box} box @param {MapReply} map @param {Sides} sides @param {Ink} colors */
function drawMinima(ctx, box, { places }, { across, up }, colors) {
  for (const { kind, point } of places) {
    if (kind !== "minimum" || !point) continue;
    const shares = [shareOf(across, point[0]), shareOf(up, point[1])];
    if (!areWithin(shares)) continue;
    ctx.fillStyle = colors.ground;
    drawMarker(ctx, "circle", ...placeIn(box, shares), MINIMUM);
    strokeRing(ctx, ...placeIn(box, shares), MINIMUM, colors.text);
  }
}

/** Mark the optimizer's own values. @type {DrawIn<Seen>} */
function drawOwn(ctx, box, seen, colors) {
  const shares = ownShares(seen);
  if (!areWithin(shares)) return;
  const { color, marker } = laneStyle(seen.entry.look, colors.dark);
  const look = { color, ground: colors.ground, ring: 1.5 };
  drawSetOff(ctx, marker, placeIn(box, shares), MARKER, look);
}
