/** A line of text for those who hear the page: the step, and every lane's loss at it. */

import { h, setText } from "./dom.js";
import { readable } from "./numbers.js";

/** @import {Store} from "./store.js" */

/** How long the play-head must rest before it is spoken of, and how often while it plays, in ms. */
const PAUSE = 700;
const WHILE_PLAYING = 6000;

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @returns {() => void}  takes it away
 */
export function narrator(store, element) {
  const line = h("p", { class: "ov-hidden", role: "status", "aria-live": "polite" });
  element.append(line);
  let timer = 0;
  let spoken = 0;

  function speak() {
    spoken = performance.now();
    timer = 0;
    setText(line, sentence(store));
  }

  function soon() {
    if (store.playing) {
      if (performance.now() - spoken > WHILE_PLAYING) speak();
      return;
    }
    clearTimeout(timer);
    timer = window.setTimeout(speak, PAUSE);
  }

  const types = ["step", "result", "playing", "view"];
  for (const type of types) store.addEventListener(type, soon);
  return () => {
    for (const type of types) store.removeEventListener(type, soon);
    clearTimeout(timer);
  };
}

/** @param {Store} store */
function sentence({ result, step, view }) {
  if (!result) return "";
  const at = Math.min(Math.floor(step), result.steps);
  const lanes = result.race.lanes
    .map(({ label }, lane) => `${label}: ${state(result, lane, at)}.`)
    .filter((_, lane) => !view.hidden.includes(lane));
  return `Step ${at} of ${result.steps}. ${lanes.join(" ")}`;
}

/**
 * @param {import("./types.js").Result} result
 * @param {number} lane
 * @param {number} step
 */
function state(result, lane, step) {
  const { status } = result.lanes[lane];
  if (status.state === "diverged" && status.step !== null && step >= status.step) return status.text;
  return `loss ${readable(result.excess[lane * (result.steps + 1) + step] + (result.floor ?? 0))}`;
}
