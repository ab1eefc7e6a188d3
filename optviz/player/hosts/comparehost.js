/** The compare page inside Streamlit: it gets everything from the data plane beside the page. */

import { httpApi } from "../server/client.js";
import { hosting } from "./streamlit.js";
import { mount } from "../compare/page.js";

/** @import {Catalogue} from "../state/types.js" */
/** @import {Said, Surroundings} from "../compare/page.js" */
/** @typedef {Said & Surroundings} Data */
/** @typedef {(link: {query: string}) => void} OnCommit */

export const host = hosting("compare", comparing);

/** @param {HTMLElement} element @param {Data} data @param {Catalogue} catalogue @param {OnCommit} onCommit */
function comparing(element, data, catalogue, onCommit) {
  return mount(element, { catalogue, data, api: httpApi(data.base), onCommit });
}
