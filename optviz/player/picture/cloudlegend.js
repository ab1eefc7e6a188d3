/** Says what many seeds of the noise come to: in a corner of the picture, and in words. */

import { fill, h, parsed, setText } from "../base/dom.js";
import { percent, readable } from "../scales/numbers.js";
import { markerSvg } from "../look/palette.js";

/** @import {Frame} from "./contour.js" */
/** @import {Ensemble} from "../server/ensembles.js" */
/** @import {Store} from "../state/store.js" */
/** @import {EnsembleReply} from "../state/types.js" */

/** How long an ensemble must have stayed before it is spoken of, in ms. */
const PAUSE = 700;
/** In a narrower picture the start map's legend is a strip along the upper edge. */
const NARROW = 500;
const MEDIAN = 2;

/** @param {Store} store @param {HTMLElement} element  the picture */
export function cloudLegend(store, element) {
  const title = h("p", { class: "ov-cloud-title" });
  const shares = h("span", {});
  const half = h("span", { class: "ov-cloud-half" });
  const box = h("div", { class: "ov-legend ov-cloud-legend", "aria-hidden": "true", hidden: true }, title, h("p", {}, shares, " ", half));
  const said = h("p", { class: "ov-hidden", role: "status" });
  element.append(box, said);
  let timer = 0;

  function speak() {
    if (store.held) return void (timer = window.setTimeout(speak, PAUSE));
    setText(said, `${title.textContent}: ${shares.textContent} ${half.textContent}`.trim());
  }

  /** At the top, on the left; at the bottom where the start map's legend has all of the top. @param {Frame} frame */
  function place({ left, top, width, height }) {
    const low = width < NARROW && store.view.show.includes("basins");
    box.style.top = low ? "auto" : `${top + 6}px`;
    box.style.bottom = low ? `${element.clientHeight - top - height + 6}px` : "auto";
    box.style.left = `${left + 6}px`;
    box.style.maxWidth = `${Math.min(width - 12, 460)}px`;
  }

  return {
    /** @param {Ensemble} ensemble @param {Frame} frame */
    show({ reply, lane }, frame) {
      box.hidden = false;
      place(frame);
      const { label } = store.lane(lane);
      const name = `${label} with ${reply.seeds} seeds of the noise`;
      fill(title, `${lane} ${name}`, () => [parsed(markerSvg(lane)), h("span", {}, name)]);
      const text = [outcome(reply, several(store)), middle(reply)];
      if (shares.textContent === text[0] && half.textContent === text[1]) return;
      setText(shares, text[0]);
      setText(half, text[1]);
      clearTimeout(timer);
      timer = window.setTimeout(speak, PAUSE);
    },
    hide() {
      clearTimeout(timer);
      box.hidden = true;
      setText(shares, "");
      setText(half, "");
      setText(said, "");
    },
    destroy() {
      clearTimeout(timer);
      box.remove();
      said.remove();
    },
  };
}

/** Whether a lane may come to rest at one minimum or another. @param {Store} store */
function several(store) {
  const { minima, local_minima } = store.surface();
  return minima.length + local_minima.length !== 1;
}

/** Say how low the better half of the seeds ended. @param {EnsembleReply} reply */
function middle({ excess, steps }) {
  const median = excess[MEDIAN * (steps + 1) + steps];
  return Number.isFinite(median) ? `Half end with a loss of at most ${readable(median, 2)}.` : "";
}

/**
 * Say how many seeds reached a minimum, diverged, or did neither.
 *
 * @param {EnsembleReply} reply
 * @param {boolean} several  whether there is more than one minimum
 */
function outcome({ shares: { converged, diverged, running }, lowest }, several) {
  const best = lowest > 0 && lowest < converged ? ` (${percent(lowest)} a lowest one)` : "";
  const parts = [
    converged > 0 ? `${percent(converged)} reached ${several ? "a" : "the"} minimum${best}` : "None came to rest at a minimum",
    diverged > 0 && `${percent(diverged)} diverged`,
    converged > 0 && running > 0 && `${percent(running)} are still on their way`,
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}
