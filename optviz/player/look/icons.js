/** The line icons of the panels' buttons, drawn in the text's colour. */

/** @type {Record<string, string>} */
const PATHS = {
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
  eyeOff: "M2.5 6.5C4 8.6 5.8 9.7 8 9.7s4-1.1 5.5-3.2 M4.4 8.9 3.2 10.8 M8 9.8v2.2 M11.6 8.9l1.2 1.9",
  close: "M4 4l8 8 M12 4l-8 8",
  plus: "M8 3v10 M3 8h10",
  reset: "M3.2 6.2A5.2 5.2 0 1 1 2.8 9 M3 2.8v3.6h3.6",
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {string} SVG markup, 16 x 16, hidden from those who hear the page
 */
export function icon(name) {
  return `<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`;
}
