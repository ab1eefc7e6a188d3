/** Presenting: the picture, large, with what an audience needs, on the full screen or in the whole window. */

import { listen, together } from "../base/listening.js";
import { press } from "../controls/switch.js";
import { glyphButton } from "../look/glyphs.js";

/** @import {Keys} from "../controls/keys.js" */

/**
 * Put the button that begins and ends it into `place`. The root is sent a `presenting` event (detail:
 * whether it has begun).
 *
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 * @returns {() => void}  ends it
 */
export function presenting(keys, root, place) {
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
    const forget = keys.add("Present", { keys: ["Escape"], does: "Leave", act: () => turn(false) });
    release = () => {
      alone();
      forget();
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
  return together(() => turn(false), listen(document, "fullscreenchange", left));
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
