/** The race beside a lesson's text: live as everywhere, and veiled while a prediction is asked. */

import { follow, together } from "../base/listening.js";
import { h } from "../base/dom.js";
import { isCalm, mount } from "../race/page.js";

/** @import {State} from "./state.js" */
/** @import {Section} from "./types.js" */
/** @import {Api, Catalogue} from "../state/types.js" */

const VEILED = "The paths are shown when you have predicted.";

/**
 * @param {State} state
 * @param {HTMLElement} element
 * @param {{catalogue: Catalogue, api: Api, base: string, plotly: {plane: string, space: string}}} surroundings
 * @returns {() => void}  takes it down
 */
export function figure(state, element, surroundings) {
  /** @type {ReturnType<typeof mount> | null} */
  let player = null;
  const root = h("div", {});
  const veil = h("p", { class: "ov-lesson-veil" }, VEILED);
  element.append(root, veil);

  /** Show the race of the part that is open, from its beginning. */
  function enter() {
    const { section, veiled } = state;
    element.scrollTop = 0;
    if (!section) {
      player?.destroy();
      player = null;
      return;
    }
    // Whoever wants less motion sees all of it at once.
    const first = isCalm() ? {} : { at: 0, playing: true };
    const moment = veiled ? { ...section.moment, at: 0, playing: false } : { ...first, ...section.moment };
    const home = new URL("./", location.href).pathname;
    const lesson = { full, turn: (/** @type {1 | -1} */ way) => state.turn(way) };
    if (player) player.enter({ ...beginning(section), moment, problems: [] });
    else player = mount(root, { ...surroundings, ...beginning(section), moment, home, lesson });
    cover();
  }

  function cover() {
    element.classList.toggle("ov-veiled", state.veiled);
    veil.hidden = !state.veiled;
    root.inert = state.veiled;
  }

  function unveil() {
    cover();
    enter();
  }

  return together(follow(state, ["lesson", "part"], enter), follow(state, "guess", unveil), () => player?.destroy());
}

/** Show the whole page on the full screen, the text with its race, or no longer. */
function full() {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  // Where that is refused the page is as large as it can be.
  done.catch(() => {});
}

/** @param {Section} section */
function beginning({ race, view }) {
  return { race, view };
}
