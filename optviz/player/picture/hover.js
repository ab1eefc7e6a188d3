/** What is under the pointer: the nearest point of a path, or a landmark of the surface. */

import { h, parsed } from "../base/dom.js";
import { landmarkAt } from "../plane/landmarks.js";
import { readable } from "../scales/numbers.js";
import { tipIn } from "../look/tip.js";
import { markerSvg } from "../look/palette.js";
import { toPixels } from "../plane/frame.js";
import { inside } from "../plane/polyline.js";
import { nearest } from "../plane/projection.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {Paths} from "./paths.js" */
/** @import {Store} from "../state/types.js" */

const REACH = 20;

/** @param {Store} store @param {HTMLElement} place @param {Paths} paths @param {() => Frame | null} frame */
export function hover(store, place, paths, frame) {
  const tip = tipIn(place, { gap: 12, rise: 14, fall: 16 });

  function hide() {
    tip.hide();
    paths.point(null, store.step);
  }

  /** @param {readonly [number, number]} pixel @returns {boolean}  whether something is there */
  function look(pixel) {
    const axes = frame();
    const { result, view } = store;
    if (!axes || !result || !paths.projected || !inside(...pixel, axes, 0)) return hide(), false;
    const found = nearest(paths.projected, pixel, REACH, (lane) => !view.hidden.includes(lane));
    const landmark = landmarkAt(store.surface(), axes, pixel, 9);
    paths.point(landmark ? null : found, store.step);
    if (landmark) tip.show(toPixels(axes, landmark.point), describeLandmark(landmark), axes);
    else if (found) tip.show(found.at, describe(store, found.lane, found.step), axes);
    else hide();
    return Boolean(landmark || found);
  }

  return { look, hide };
}

/** @param {Store} store @param {number} lane @param {number} step */
function describe(store, lane, step) {
  const { result, race } = store;
  if (!result) return [];
  const i = lane * (result.steps + 1) + step;
  const loss = result.excess[i] + (result.floor ?? 0);
  const label = (result.race.lanes[lane] ?? race.lanes[lane]).label;
  return [
    h("div", { class: "ov-row ov-tip-lane" }, parsed(markerSvg(store.lookOf(lane, result.race))), label),
    h("div", {}, `step ${step}`),
    h("div", {}, `(x, y) = (${readable(result.theta[2 * i], 4)}, ${readable(result.theta[2 * i + 1], 4)})`),
    h("div", {}, `loss ${readable(loss)}`),
  ];
}

/** @param {import("../plane/landmarks.js").Landmark} landmark */
function describeLandmark({ kind, point }) {
  return [h("div", {}, kind), h("div", {}, `(x, y) = (${readable(point[0], 4)}, ${readable(point[1], 4)})`)];
}
