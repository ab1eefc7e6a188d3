/** The picture as an image for slides: what the screen shows, many times as sharp, with the names of the lanes below. */

import { draw } from "./scene.js";
import { drawSetOff, laneStyle } from "../look/palette.js";

/** @import {Scene} from "./scene.js" */

/** Height of a line of names and the room beside each, in CSS pixels. */
const [LINE, BESIDE] = [24, 22];

/**
 * @param {any} plotly
 * @param {HTMLElement} plot  the contour and its axes
 * @param {Scene} scene
 * @param {number} step  of the play-head
 * @param {string[]} names  of all lanes
 * @param {number} scale  pixels of the image for one of the screen
 * @returns {Promise<Blob>}  a PNG
 */
export async function snapshot(plotly, plot, scene, step, names, scale) {
  const { clientWidth: width, clientHeight: height } = plot;
  const below = await loaded(await plotly.toImage(plot, { format: "png", width, height, scale }));
  const canvas = document.createElement("canvas");
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.font = fontOf(scene);
  const shown = names.map((name, lane) => ({ name, lane })).filter(({ lane }) => !scene.hidden.includes(lane));
  const rows = rowsOf(ctx, shown, width);
  [canvas.width, canvas.height] = [width * scale, (height + LINE * rows.length) * scale];
  ctx.scale(scale, scale);
  ctx.fillStyle = scene.ink.ground;
  ctx.fillRect(0, 0, width, height + LINE * rows.length);
  ctx.drawImage(below, 0, 0, width, height);
  draw(ctx, scene, step);
  rows.forEach((row, at) => drawNames(ctx, scene, row, height + LINE * (at + 0.5)));
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The picture is too large."))), "image/png"));
}

/** @typedef {{name: string, lane: number}} Named */

/** @param {Scene} scene */
function fontOf({ ink }) {
  return `13px ${ink.font}`;
}

/** Break the names into lines that are no wider than the picture. @param {CanvasRenderingContext2D} ctx @param {Named[]} shown @param {number} width */
function rowsOf(ctx, shown, width) {
  /** @type {Named[][]} */
  const rows = [];
  let left = 0;
  for (const one of shown) {
    const needed = ctx.measureText(one.name).width + 2 * BESIDE;
    if (rows.length === 0 || left + needed > width - BESIDE) {
      rows.push([]);
      left = BESIDE;
    }
    rows[rows.length - 1].push(one);
    left += needed;
  }
  return rows;
}

/** @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {Named[]} row @param {number} y */
function drawNames(ctx, scene, row, y) {
  const { ink } = scene;
  Object.assign(ctx, { font: fontOf(scene), textBaseline: "middle" });
  let x = 2 * BESIDE;
  for (const { name, lane } of row) {
    const { color, marker } = laneStyle(scene.looks[lane] ?? lane, ink.dark);
    drawSetOff(ctx, marker, [x, y], 5, { color, ground: ink.ground, ring: 1 });
    ctx.fillStyle = ink.text;
    ctx.fillText(name, x + 12, y);
    x += ctx.measureText(name).width + 2 * BESIDE;
  }
}

/** @param {string} address @returns {Promise<HTMLImageElement>} */
async function loaded(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}
