/** Whether the page is light or dark, and the colours that scripts draw with. */

import { listen, together } from "../base/listening.js";
import { applyPalette } from "./palette.js";

/**
 * @typedef {object} Ink  Colours for what is drawn by script.
 * @property {boolean} dark
 * @property {string} text
 * @property {string} muted  for axes and labels
 * @property {string} grid  for hairlines
 * @property {string} halo  around paths, the colour of the ground
 * @property {string} ground
 * @property {string} font  family of the page's text
 * @property {string} accent
 * @property {string} contour  lines of equal height
 * @property {[number, string][]} scale  heights from low to high
 * @property {[number, string][]} relief  the same in space, where light and shade come on top
 * @property {string} ridge  lines of equal height in space
 * @property {number} weight  of lines and markers, more for an audience
 */

/** @typedef {Omit<Ink, "ground" | "font" | "weight">} Palette */

/** @type {Palette} */
const LIGHT = {
  dark: false,
  text: "#1c2430",
  muted: "#5b6675",
  grid: "#dfe4ea",
  halo: "rgba(255, 255, 255, 0.72)",
  accent: "#1257d6",
  contour: "rgba(52, 78, 112, 0.20)",
  scale: [[0, "#fbfcfd"], [0.35, "#edf1f5"], [0.7, "#d7dfe8"], [1, "#bccad8"]],
  relief: [[0, "#ffffff"], [0.35, "#e6ecf3"], [0.7, "#ccd7e3"], [1, "#adbfd1"]],
  ridge: "#a3b4c7",
};

/** @type {Palette} */
const DARK = {
  dark: true,
  text: "#e6eaf0",
  muted: "#9aa5b4",
  grid: "#2b3341",
  halo: "rgba(10, 13, 20, 0.66)",
  accent: "#6fb1ff",
  contour: "rgba(176, 198, 228, 0.34)",
  scale: [[0, "#0d1219"], [0.35, "#151d29"], [0.7, "#212d3e"], [1, "#33435a"]],
  relief: [[0, "#131b26"], [0.35, "#1e2a3a"], [0.7, "#2f3f56"], [1, "#4a5f7e"]],
  ridge: "#5a6f8e",
};

/**
 * Tell whether `root` stands on a dark ground: the luminance of its computed background.
 *
 * @param {HTMLElement} root
 */
export function isDark(root) {
  return luminance(getComputedStyle(root).backgroundColor) < 0.25;
}

/** Return the colours that fit the ground of `root`. @param {HTMLElement} root @returns {Ink} */
export function ink(root) {
  const { backgroundColor: ground, fontFamily: font } = getComputedStyle(root);
  const weight = root.classList.contains("ov-presenting") ? 1.5 : 1;
  return { ...(isDark(root) ? DARK : LIGHT), ground, font, weight };
}

/**
 * Keep `root` dressed for its ground, and call `onChange` whenever the ground has changed.
 *
 * The style sheet gives `.ov` a transition of its background that is too short to be seen: its
 * end is the only event that tells of a changed custom property, whoever changed it. An element that
 * is moved has no transitions: `moved` is the event that tells of that.
 *
 * @param {HTMLElement} root
 * @param {() => void} onChange
 * @returns {() => void}  stops watching
 */
export function watchTheme(root, onChange) {
  dress(root);
  const change = () => {
    dress(root);
    onChange();
  };
  const ended = (/** @type {TransitionEvent} */ event) => {
    if (event.target === root && event.propertyName === "background-color") change();
  };
  return together(listen(root, "transitionend", ended), listen(root, "moved", change));
}

/** @param {HTMLElement} root */
function dress(root) {
  const dark = isDark(root);
  root.dataset.ovTheme = dark ? "dark" : "light";
  applyPalette(root, dark);
}

/**
 * Return the relative luminance (WCAG 2) of a computed colour, 0 .. 1; transparent is light.
 *
 * @param {string} color  `rgb(r, g, b)` or `rgba(r, g, b, a)`
 */
function luminance(color) {
  const [r = 255, g = 255, b = 255, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (a === 0) return 1;
  const [R, G, B] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * R + 0.7152 * G + 0.0722 * B;
}
