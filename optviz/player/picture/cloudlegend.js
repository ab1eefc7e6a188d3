/** Says what many seeds of the noise come to: in a corner of the picture, and in words. */

import { cornerLegend } from "./cornerlegend.js";
import { h, setText } from "../base/dom.js";
import { heard, percent, readable } from "../scales/numbers.js";

/** @import {Frame} from "../plane/frame.js" */
/** @import {Ensemble} from "../live/ensembles.js" */
/** @import {EnsembleReply, Store} from "../state/types.js" */

/** In a narrower picture the start map's legend is a strip along the upper edge. */
const NARROW = 500;
const MEDIAN = 2;

/**
 * @param {Store} store
 * @param {HTMLElement} element  the picture
 * @param {HTMLElement} place  within it
 */
export function cloudLegend(store, element, place) {
  const shares = h("span", {});
  const half = h("span", { class: "ov-cloud-half" });
  let name = "";
  const words = () => heard(`${name}: ${shares.textContent} ${half.textContent}`.trim());
  const { box, ...legend } = cornerLegend(store, place, "ov-cloud-legend", words, h("p", {}, shares, " ", half));
  box.setAttribute("aria-hidden", "true");

  /** At the top, on the left; at the bottom where the start map's legend has all of the top. @param {Frame} frame */
  function lay({ left, top, width, height }) {
    const low = width < NARROW && store.view.show.includes("basins");
    box.style.top = low ? "auto" : `${top + 6}px`;
    box.style.bottom = low ? `${element.clientHeight - top - height + 6}px` : "auto";
    box.style.left = `${left + 6}px`;
    box.style.maxWidth = `${Math.min(width - 12, 460)}px`;
  }

  return {
    destroy: legend.destroy,
    /** @param {Ensemble} ensemble @param {Frame} frame @param {boolean} late  it is of before */
    show({ reply, lane }, frame, late) {
      box.hidden = false;
      box.classList.toggle("ov-fading", late);
      lay(frame);
      name = `${store.lane(lane).label} with ${reply.seeds} seeds of the noise`;
      legend.entitle(lane, name);
      const text = [outcome(reply, several(store)), middle(reply)];
      if (shares.textContent === text[0] && half.textContent === text[1]) return;
      setText(shares, text[0]);
      setText(half, text[1]);
      legend.say();
    },
    hide() {
      legend.hide();
      setText(shares, "");
      setText(half, "");
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
    converged > 0 && running > 0 && `${percent(running)} have not converged`,
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}
