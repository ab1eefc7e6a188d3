/** The axes' text, larger for an audience. */

/** In a narrower picture, in pixels, large numbers would run into each other. */
const LEAST_WIDTH = 600;

/**
 * Set the sizes of Plotly's text and the room for it.
 *
 * @param {any} plotly
 * @param {HTMLElement} plot
 * @param {boolean} large
 */
export function setType(plotly, plot, large) {
  const roomy = large && plot.offsetWidth >= LEAST_WIDTH;
  const title = roomy ? 20 : 14;
  return plotly.relayout(plot, {
    "font.size": roomy ? 17 : 12,
    "xaxis.title.font.size": title,
    "yaxis.title.font.size": title,
    "margin.l": roomy ? 66 : 46,
    "margin.b": roomy ? 54 : 40,
  });
}
