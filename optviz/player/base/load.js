/** Brings what the player needs besides its modules: Plotly and the style sheets, each once. */

/** The style sheets of each page: one for every room that it shows something of, in the order of the floors. */
const SHEETS = {
  race: ["look/look", "controls/controls", "charts/charts", "space/space", "step/step", "outcomes/outcomes", "panels/panels", "picture/picture", "race/race", "race/present"],
  maps: ["look/look", "controls/controls", "outcomes/outcomes", "maps/maps"],
  compare: ["look/look", "controls/controls", "compare/compare"],
};

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

/** Add a page's style sheets, unless the host has put them in. @param {keyof typeof SHEETS} page */
export async function loadStyles(page) {
  if (document.querySelector("style[data-ov-styles]")) return;
  await Promise.all(
    SHEETS[page].map((name) => {
      const href = new URL(`../${name}.css`, import.meta.url).href;
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
