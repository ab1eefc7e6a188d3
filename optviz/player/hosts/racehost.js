/** The player inside a Streamlit page: it gets everything from the data plane beside the page. */

import { httpApi } from "../server/client.js";
import { hosting } from "./streamlit.js";
import { mount } from "../race/page.js";

/** @import {OnCommit} from "../state/store.js" */
/** @import {Catalogue, Race, View} from "../state/types.js" */
/** @typedef {{base: string, race: Race, view: View, problems: string[]}} Data */

export const host = hosting("race", player);

/** @param {HTMLElement} element @param {Data} data @param {Catalogue} catalogue @param {OnCommit} onCommit */
function player(element, { base, race, view, problems }, catalogue, onCommit) {
  const plotly = new URL("../plotly.min.js", import.meta.url).href;
  return mount(element, { catalogue, race, view, problems, api: httpApi(base), plotly, onCommit });
}
