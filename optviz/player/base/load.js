/** Brings what the player needs besides its modules: Plotly and the style sheets, each once. */

/** The style sheets of each page: one for every room that it shows something of, in the order of the floors. */
const SHEETS = {
  race: ["look/look", "controls/controls", "controls/sheets", "charts/charts", "space/space", "step/step", "outcomes/outcomes", "panels/panels", "picture/picture", "labsheet/labsheet", "race/race", "race/present"],
  maps: ["look/look", "controls/controls", "controls/sheets", "outcomes/outcomes", "maps/maps"],
  compare: ["look/look", "controls/controls", "controls/sheets", "compare/compare", "compare/present"],
  lessons: ["look/look", "controls/controls", "controls/sheets", "charts/charts", "space/space", "step/step", "outcomes/outcomes", "panels/panels", "picture/picture", "labsheet/labsheet", "race/race", "race/present", "lessons/lessons"],
  sheets: ["look/look", "controls/controls", "controls/sheets", "sheets/sheets"],
};

/** So long, in ms, what could not be loaded is not tried again. */
const RETRY = 3000;
/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** Builds of Plotly by their addresses. @type {Map<string, any>} */
const builds = new Map();

/** Return a build of Plotly, or what the page has had from its beginning. @param {string} url @returns {Promise<any>} */
export async function loadPlotly(url) {
  const page = /** @type {any} */ (window);
  if (builds.has(url)) return builds.get(url);
  if (builds.size === 0 && page.Plotly) return page.Plotly;
  await once(url, () => Object.assign(document.createElement("script"), { src: url }));
  // Each build leaves itself at the same place; several may be on their way.
  if (!builds.has(url)) builds.set(url, page.Plotly);
  return builds.get(url);
}

/** Add a page's style sheets, unless the host has put them in. @param {keyof typeof SHEETS} page */
export async function loadStyles(page) {
  if (document.querySelector("style[data-ov-styles]")) return;
  await Promise.all(
    SHEETS[page].map((name) => {
      const href = new URL(`../${name}.css`, import.meta.url).href;
      if (!loading.has(href) && document.querySelector(`link[href="${href}"]`)) return undefined;
      return once(href, () => Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
    }),
  );
}

/**
 * Load something, again and again until it has come.
 *
 * @template T
 * @param {() => Promise<T>} load
 * @param {{came: (what: T) => void, failed: () => void}} hears
 * @returns {() => void}  gives it up
 */
export function persist(load, { came, failed }) {
  let ended = false;
  const begin = () => void (ended || load().then(came, lost));
  const lost = () => {
    if (ended) return;
    failed();
    setTimeout(begin, RETRY);
  };
  begin();
  return () => void (ended = true);
}

/** @param {string} url @param {() => HTMLElement} make */
function once(url, make) {
  const begun = loading.get(url);
  if (begun) return begun;
  const element = make();
  /** @type {Promise<void>} */
  const done = new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => {
      // Who asks again is to get it.
      loading.delete(url);
      element.remove();
      reject(new Error(`${url} could not be loaded.`));
    });
  });
  document.head.append(element);
  loading.set(url, done);
  return done;
}
