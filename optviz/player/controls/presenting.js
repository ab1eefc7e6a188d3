/** Presenting: the picture, large, with what an audience needs, on the full screen or in the whole window. */

import { listen, together } from "../base/listening.js";
import { press } from "./switch.js";
import { glyphButton } from "../look/glyphs.js";

/** @import {Keys} from "./keys.js" */

/** A height and a width, in px, at which type is as large as at a desk: the last row sees a screen as far away. */
const [HIGH, WIDE] = [540, 960];
/** What tells style sheets how large type is, in units of that. */
const LARGE = "--ov-large";

/**
 * Put the button that begins and ends it into `place`. The root is sent a `presenting` event (detail:
 * whether it has begun), and `scaled` when type has another size.
 *
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 * @param {boolean} [begin]  whether it begins at once
 * @returns {() => void}  ends it
 */
export function presenting(keys, root, place, begin = false) {
  const flip = () => turn(!isOn());
  const button = glyphButton("present", "Present", flip, { title: "Present (f)" });
  const isOn = () => root.classList.contains("ov-presenting");
  let release = () => {};

  /** @param {boolean} on */
  function turn(on) {
    if (on === isOn()) return;
    root.classList.toggle("ov-presenting", on);
    press(button, on);
    button.title = on ? "Leave (Esc)" : "Present (f)";
    if (on) enter();
    else release();
    keepFocus(root, button);
    root.dispatchEvent(new CustomEvent("presenting", { detail: on }));
  }

  function enter() {
    const alone = isolate(root);
    const unscale = scaling(root);
    const forget = keys.add("Present", { keys: ["Escape"], does: "Leave", act: () => turn(false) });
    release = () => {
      alone();
      forget();
      unscale();
      if (root.matches(":popover-open")) root.hidePopover();
      root.removeAttribute("popover");
      if (document.fullscreenElement === root) document.exitFullscreen();
    };
    fill(root).then(() => isOn() || release());
  }

  const left = () => document.fullscreenElement !== root && !root.matches(":popover-open") && turn(false);
  press(button, false);
  place.append(button);
  keys.add("Present", { keys: ["f"], does: "Present on the full screen", act: flip });
  // Once all who listen are there.
  if (begin) queueMicrotask(() => turn(true));
  return together(() => turn(false), listen(document, "fullscreenchange", left));
}

/** Let type grow with the screen. @param {HTMLElement} root @returns {() => void}  ends it */
function scaling(root) {
  const scale = () => {
    const times = Math.max(1, Math.min(innerHeight / HIGH, innerWidth / WIDE));
    root.style.setProperty(LARGE, times.toFixed(3));
    root.dispatchEvent(new CustomEvent("scaled"));
  };
  scale();
  return together(listen(window, "resize", scale), () => root.style.removeProperty(LARGE));
}

/** Show what can be set instead of what came of it, or no longer, while one presents. @param {HTMLElement} root @param {boolean} [on] */
export function showExperiment(root, on = true) {
  return root.classList.toggle("ov-at-experiment", on && root.classList.contains("ov-presenting"));
}

/** How large type is, in units of that at a desk. @param {HTMLElement} root */
export function largeness(root) {
  return Number(root.style.getPropertyValue(LARGE)) || 1;
}

/**
 * Fill the screen; where that is refused or unknown, as on some phones, the window: a popover lies
 * above all else, whatever it stands in.
 *
 * @param {HTMLElement} root
 */
async function fill(root) {
  try {
    await root.requestFullscreen();
  } catch {
    root.popover = "manual";
    root.showPopover();
  }
}

/**
 * Take what lies behind out of reach of the keyboard and of those who hear the page.
 *
 * @param {HTMLElement} root
 * @returns {() => void}  brings it back
 */
function isolate(root) {
  /** @type {Element[]} */
  const behind = [];
  for (let inner = /** @type {Element} */ (root); inner.parentElement; inner = inner.parentElement) {
    behind.push(...[...inner.parentElement.children].filter((other) => other !== inner && !other.hasAttribute("inert")));
  }
  behind.forEach((element) => element.setAttribute("inert", ""));
  return () => behind.forEach((element) => element.removeAttribute("inert"));
}

/** What had the focus may not be shown now. @param {HTMLElement} root @param {HTMLElement} refuge */
function keepFocus(root, refuge) {
  const active = document.activeElement;
  const lost = active && root.contains(active) && !active.checkVisibility({ visibilityProperty: true });
  if (lost) refuge.focus({ preventScroll: true });
}
