/** The player inside a Streamlit page: it gets everything from the data plane beside the page. */

import { httpApi } from "./client.js";
import { loadStyles } from "./load.js";
import { mount } from "./player.js";

/** @import {Race, View} from "./types.js" */
/** @typedef {{base: string, race: Race, view: View, problems: string[]}} Data */

/**
 * @param {HTMLElement} root
 * @param {Data} data  `base` is the path of the data plane
 * @param {(link: {query: string, view: View}) => void} onCommit
 */
export async function host(root, { base, race, view, problems }, onCommit) {
  // Styles first: a player that is laid out twice flickers.
  // After an update of the server, the catalogue of before may still be within its age.
  const [reply] = await Promise.all([fetch(`${base}/catalogue`, { cache: "no-cache" }), loadStyles()]);
  if (!reply.ok) throw new Error("The catalogue could not be loaded.");
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
