/** Where the builds of Plotly are: one that draws contours, and one for 3-D. */

const urlOf = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url).href;
export const plotly = { plane: urlOf("plotly-cartesian.min.js"), space: urlOf("plotly.min.js") };
