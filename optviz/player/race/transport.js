/** The controls of the play-head: buttons, scrubber, speed, loop, and their keys. */

import { follow, together } from "../base/listening.js";
import { press } from "../controls/switch.js";
import { changeMarks } from "./changemarks.js";
import { h, setText } from "../base/dom.js";
import { glyph, glyphButton } from "../look/glyphs.js";
import { Playback } from "./playback.js";
import { scrubbing } from "./scrubbing.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Store} from "../state/types.js" */

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

/**
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {Keys} keys
 * @returns {() => void}  ends it
 */
export function transport(store, element, keys) {
  const playback = new Playback(store);
  /** @param {number} step */
  const jump = (step) => {
    store.play(false);
    store.seek(step);
  };
  // Going back from between two steps reaches the earlier one first.
  const by = (/** @type {number} */ steps) => jump((steps < 0 ? Math.ceil : Math.floor)(store.step) + steps);
  const flip = () => playback.flip();
  const first = () => jump(0);
  const last = () => jump(store.race.steps);

  const play = glyphButton("play", "Play", flip);
  play.classList.add("ov-play");
  const scrubber = h("input", { type: "range", class: "ov-scrubber", min: "0", step: "any", "aria-label": "Step" });
  scrubbing(scrubber, (value) => jump(Math.round(value)), showStep);
  const count = h("span", { class: "ov-count" });
  const buttons = h(
    "div",
    { class: "ov-buttons" },
    glyphButton("first", "To the start (Home)", first),
    glyphButton("back", "One step back (left arrow)", () => by(-1)),
    play,
    glyphButton("forward", "One step on (right arrow)", () => by(1)),
    glyphButton("last", "To the end (End)", last),
  );
  const speed = speedMenu(store);
  const loop = loopButton(store);
  const manner = h("div", { class: "ov-buttons" }, count, speed.element, loop.element);
  const rail = h("div", { class: "ov-rail" }, scrubber);
  const unmark = changeMarks(store, rail);
  element.append(rail, buttons, manner);

  function showStep() {
    const { step, race } = store;
    scrubber.max = String(race.steps);
    scrubber.value = String(step);
    scrubber.style.setProperty("--ov-done", `${(100 * step) / race.steps}%`);
    scrubber.setAttribute("aria-valuetext", `step ${Math.floor(step)} of ${race.steps}`);
    setText(count, `${Math.floor(step)} / ${race.steps}`);
    count.style.minWidth = `${2 * String(race.steps).length + 3}ch`;
  }

  function showPlaying() {
    const label = store.playing ? "Pause" : "Play";
    play.replaceChildren(/** @type {Element} */ (glyph(store.playing ? "pause" : "play")));
    play.title = `${label} (space)`;
    play.setAttribute("aria-label", label);
  }

  keys.add(
    "Play",
    { keys: [" "], does: "Play or pause", act: flip },
    {
      keys: ["ArrowLeft", "ArrowRight"],
      does: "One step back, on; with Shift ten",
      act: ({ key, shiftKey }) => by((key === "ArrowLeft" ? -1 : 1) * (shiftKey ? 10 : 1)),
      repeats: true,
    },
    { keys: ["Home", "End"], does: "To the start, to the end", act: ({ key }) => (key === "Home" ? first() : last()) },
    { keys: ["<", ">"], does: "Slower, faster", act: ({ key }) => speed.by(key === "<" ? -1 : 1) },
    { keys: ["l"], does: "Loop", act: () => loop.element.click() },
  );
  return together(
    follow(store, ["step", "race"], showStep),
    follow(store, "playing", showPlaying),
    follow(store, "manner", () => [speed, loop].forEach((one) => one.update())),
    unmark,
    playback.destroy,
  );
}

/** @param {Store} store */
function speedMenu(store) {
  const options = SPEEDS.map((speed) => h("option", { value: String(speed) }, `${speed}×`));
  const names = { "aria-label": "Speed", title: "Speed (< and >)" };
  const element = h("select", { class: "ov-glyph ov-speed", ...names }, ...options);
  element.addEventListener("change", () => store.pace({ speed: SPEEDS[element.selectedIndex] }));
  return {
    element,
    update: () => (element.value = String(store.manner.speed)),
    /** @param {number} places  further in the list */
    by(places) {
      const at = Math.min(Math.max(element.selectedIndex + places, 0), SPEEDS.length - 1);
      store.pace({ speed: SPEEDS[at] });
      return `Speed ${SPEEDS[at]} times`;
    },
  };
}

/** @param {Store} store */
function loopButton(store) {
  const flip = () => store.pace({ loop: !store.manner.loop });
  const element = glyphButton("loop", "Loop", flip, { title: "Loop (l)" });
  return { element, update: () => press(element, store.manner.loop) };
}
