/** Brings what the player needs besides its modules: Plotly and the style sheets, each once. */

const SHEETS = ["look/player.css", "panels/panels.css", "charts/charts.css", "outcomes/ratemap.css", "outcomes/finder.css", "space/space.css", "step/inspector.css", "picture/basins.css", "picture/seeds.css", "race/present.css"];

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Return Plotly, from the page if it has it already.
 *
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function loadPlotly(url) {
  const page = /** @type {any} */ (window);
  if (!page.Plotly) await once(url, () => Object.assign(document.createElement("script"), { src: url }));
  return page.Plotly;
}

/** Add the style sheets of the player, given by room and name, unless the host has put them into the page. */
export async function loadStyles(sheets = SHEETS) {
  if (document.querySelector("style[data-ov-styles]")) return;
  await Promise.all(
    sheets.map((name) => {
      const href = new URL(`../${name}`, import.meta.url).href;
      if (document.querySelector(`link[href="${href}"]`)) return undefined;
      return once(href, () => Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
    }),
  );
}

/**
 * @param {string} url
 * @param {() => HTMLElement} make
 */
function once(url, make) {
  const begun = loading.get(url);
  if (begun) return begun;
  const done = new Promise((resolve, reject) => {
    const element = make();
    element.addEventListener("load", () => resolve(undefined));
    element.addEventListener("error", () => reject(new Error(`${url} could not be loaded.`)));
    document.head.append(element);
  });
  loading.set(url, /** @type {Promise<void>} */ (done));
  return /** @type {Promise<void>} */ (done);
}
