/** Drawn signs, and the buttons that are nothing but one. */

import { h, parsed } from "../base/dom.js";

const GLYPHS = {
  play: "M5 3.2v9.6L12.6 8Z",
  pause: "M5 3.5v9 M11 3.5v9",
  first: "M3.5 3.5v9 M12.5 3.5 6.5 8l6 4.5Z",
  last: "M12.5 3.5v9 M3.5 3.5l6 4.5-6 4.5Z",
  back: "M10 3.5 5 8l5 4.5",
  forward: "M6 3.5 11 8l-5 4.5",
  loop: "M3 7.5V7a2.5 2.5 0 0 1 2.5-2.5h7 M10.5 2.5l2 2-2 2 M13 8.5V9a2.5 2.5 0 0 1-2.5 2.5h-7 M5.5 13.5l-2-2 2-2",
  plus: "M8 3.5v9 M3.5 8h9",
  minus: "M3.5 8h9",
  fit: "M3 6V3h3 M10 3h3v3 M13 10v3h-3 M6 13H3v-3",
  home: "M2.5 8 8 3l5.5 5 M4.5 6.8V13h7V6.8",
  close: "M4 4l8 8 M12 4l-8 8",
  present: "M2 3h12v8H2Z M8 11v2.5 M5.5 13.5h5",
  link: "M6.8 9.2 9.2 6.8 M7.2 4.6l1.4-1.4a3 3 0 0 1 4.2 4.2l-1.4 1.4 M8.8 11.4l-1.4 1.4a3 3 0 0 1-4.2-4.2l1.4-1.4",
  lock: "M4.5 7.5h7v5.5h-7Z M6 7.5V5.5a2 2 0 0 1 4 0v2",
  sequence: "M3 4h10 M3 8h10 M3 12h6 M11 10.5l2.5 1.5-2.5 1.5Z",
  help: "M5.6 6.1a2.4 2.4 0 1 1 3.5 2.1C8.3 8.6 8 9 8 9.8 M8 12.4v.1",
  trail: "M2.5 13c4 .5 2.5-5 6.5-5.5 M10 3l4.5 1.8-2 .8-.8 2Z",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
  eyeOff: "M2.5 6.5C4 8.6 5.8 9.7 8 9.7s4-1.1 5.5-3.2 M4.4 8.9 3.2 10.8 M8 9.8v2.2 M11.6 8.9l1.2 1.9",
  undo: "M5.5 2.8 2.5 5.8l3 3 M2.5 5.8h7a3.7 3.7 0 0 1 0 7.4H6.5",
  redo: "M10.5 2.8l3 3-3 3 M13.5 5.8h-7a3.7 3.7 0 0 0 0 7.4h3",
  reset: "M3.2 6.2A5.2 5.2 0 1 1 2.8 9 M3 2.8v3.6h3.6",
};
const FILLED = ["play", "first", "last"];

/** @param {keyof typeof GLYPHS} name */
export function glyph(name) {
  const fill = FILLED.includes(name) ? "currentColor" : "none";
  return parsed(
    `<svg viewBox="0 0 16 16" width="16" height="16" fill="${fill}" stroke="currentColor" stroke-width="1.5" ` +
      `stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${GLYPHS[name]}"/></svg>`,
  );
}

/**
 * @param {keyof typeof GLYPHS} name
 * @param {string} label  what it does
 * @param {() => void} click
 * @param {{title?: string, look?: string}} [options]  another title; its class
 */
export function glyphButton(name, label, click, { title = label, look = "ov-glyph" } = {}) {
  const properties = { type: "button", class: look, title, "aria-label": label, on: { click } };
  return h("button", properties, glyph(name));
}
