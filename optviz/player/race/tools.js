/** The buttons for whoever presents: notation, pointer trail, full screen, link to the moment, help. */

import { follow, listen, together } from "../base/listening.js";
import { press } from "../controls/switch.js";
import { h } from "../base/dom.js";
import { glyphButton } from "../look/glyphs.js";
import { helpSheet } from "../controls/helpsheet.js";
import { linkSheet } from "../controls/linksheet.js";
import { presenting } from "../controls/presenting.js";
import { forStudents } from "./students.js";
import { namesApart } from "../state/laneedits.js";
import { savePicture } from "./savepicture.js";
import { sequence } from "./sequence.js";
import { surfaceMenu } from "./surfacemenu.js";
import { pointerTrail } from "./trail.js";

/** @import {Keys} from "../controls/keys.js" */
/** @import {Entered} from "./sequence.js" */
/** @import {Image} from "./savepicture.js" */
/** @import {Store, View} from "../state/types.js" */

const FINGERS = [
  "Drag the start: it stays above the finger.",
  "Tap the picture to put the start there, or a path to read it.",
  "A tap in the charts Map and Finder takes the values there; their ring can be dragged, and beside it a finger scrolls.",
  "Hold a button or a name to have it explained.",
  "Two fingers zoom and move the picture, one scrolls the page.",
];
const HELD = "It holds the race as it is now: the step, playing or paused, the part of the picture, the chart and the chosen optimizer.";

/**
 * @param {Store} store
 * @param {Keys} keys
 * @param {{root: HTMLElement, tools: HTMLElement, stage: HTMLElement}} places
 * @param {{base: string, begin: boolean, address: (look?: Partial<View>) => string, enter: (entered: Entered) => void,
 *   lesson?: LessonKeys, image: Image}} link  the data plane's path, whether presenting begins at once, the link to this moment, what
 *   enters another, and the picture for slides
 * @returns {() => void}  ends them
 */
export function tools(store, keys, { root, tools: place, stage }, { base, begin, address, enter, lesson, image }) {
  // A menu of surfaces and a link need a server.
  const ends = store.alone ? [] : [surfaceMenu(store, keys, place, base)];
  ends.push(notationMenu(store, place));
  if (!lesson) ends.push(presenting(keys, root, place, begin));
  ends.push(trailSwitch(keys, root, stage, place), startLock(store, keys, root, place));
  if (lesson) lessonKeys(keys, lesson);
  else if (!store.alone) ends.push(sequence(keys, root, place, { address, title: () => titleOf(store), enter }));
  if (!store.alone) momentLink(store, keys, root, place, { base, address, image });
  helpSheet(keys, root, place, FINGERS);
  return together(...ends);
}

/** @param {Store} store @param {Keys} keys @param {HTMLElement} root @param {HTMLElement} place @param {{base: string, address: (look?: Partial<View>) => string, image: Image}} link */
function momentLink(store, keys, root, place, { base, address, image }) {
  const students = forStudents(store.view, `${base}/../sheets`, () => renew());
  const renew = linkSheet(keys, root, place, {
    base,
    about: HELD,
    address: () => address(students.look()),
    more: { "Save as PNG": () => savePicture(store, image) },
    choices: [students.element],
  });
}

/** @typedef {{full: () => void, turn: (way: 1 | -1) => void}} LessonKeys  the lesson on the full screen; its next part, or the one before */

/** @param {Keys} keys @param {LessonKeys} lesson */
function lessonKeys(keys, { full, turn }) {
  keys.add(
    "Present",
    { keys: ["f"], does: "The lesson on the full screen", act: full },
    { keys: ["PageDown", "PageUp"], does: "The next part of the lesson, the one before", act: ({ key }) => turn(key === "PageDown" ? 1 : -1) },
  );
}

/** What the page offers beside the player is out of sight while one presents. @param {Store} store @param {HTMLElement} place */
function notationMenu(store, place) {
  const options = store.catalogue.notations.map(({ slug, name }) => h("option", { value: slug }, name));
  const names = { "aria-label": "Notation", title: "Notation (m)" };
  const menu = h("select", { class: "ov-glyph ov-speed ov-notation", ...names }, ...options);
  menu.addEventListener("change", () => store.look({ notation: menu.value }));
  place.append(menu);
  return follow(store, "view", () => (menu.value = store.view.notation));
}

/**
 * A stray touch in front of an audience is not to move the start: it is locked then, until somebody
 * unlocks it.
 *
 * @param {Store} store
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 * @returns {() => void}  ends it
 */
function startLock(store, keys, root, place) {
  const flip = () => store.lock(!store.locked);
  const button = glyphButton("lock", "Start locked", flip, { title: "Lock the start where it is (j)" });
  button.classList.add("ov-lock");
  place.append(button);
  keys.add("Present", { keys: ["j"], does: "Lock the start, unlock it", act: flip });
  const deaf = [follow(store, "locked", () => press(button, store.locked)), listen(root, "presenting", ({ detail }) => store.lock(detail))];
  return together(...deaf);
}

/**
 * The trail is switched on for presenting, and off again after it; who prefers less motion has none.
 *
 * @param {Keys} keys
 * @param {HTMLElement} root
 * @param {HTMLElement} stage
 * @param {HTMLElement} place
 * @returns {() => void}  ends it
 */
function trailSwitch(keys, root, stage, place) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const trail = pointerTrail(root, stage);
  const change = (/** @type {boolean} */ on) => {
    trail.on = on && !calm.matches;
    press(button, trail.on);
    button.disabled = calm.matches;
    button.title = calm.matches ? "No pointer trail: less motion is asked for" : "Pointer trail (t)";
  };
  const flip = () => change(!trail.on);
  const button = glyphButton("trail", "Pointer trail", flip);
  button.classList.add("ov-trail-switch");
  place.append(button);
  change(false);
  keys.add("Present", { keys: ["t"], does: "Pointer trail", act: flip });
  return together(listen(root, "presenting", ({ detail }) => change(detail)), trail.destroy);
}

/** A moment in a few words. @param {Store} store */
function titleOf(store) {
  return `${store.surface().name}: ${namesApart(store.race).join(", ")}`;
}
