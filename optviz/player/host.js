/** The player inside a Streamlit page: it gets everything from the data plane beside the page. */

import { httpApi } from "./client.js";
import { mount } from "./player.js";

/** @import {Race, View} from "./types.js" */
/** @typedef {{base: string, race: Race, view: View, problems: string[]}} Data */

/**
 * @param {HTMLElement} root
 * @param {Data} data  `base` is the path of the data plane
 * @param {(link: {query: string, view: View}) => void} onCommit
 */
export async function host(root, { base, race, view, problems }, onCommit) {
  const [reply] = await Promise.all([
    fetch(`${base}/catalogue`),
    stylesheet("player.css"),
    stylesheet("panels.css"),
  ]);
  return mount(root, {
    catalogue: await reply.json(),
    race,
    view,
    problems,
    api: httpApi(base),
    plotly: new URL("plotly.min.js", import.meta.url).href,
    onCommit,
  });
}

/**
 * Load a stylesheet that stands beside this module, once per page.
 *
 * @param {string} name
 * @returns {Promise<void>}
 */
function stylesheet(name) {
  const href = new URL(name, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
  });
}
