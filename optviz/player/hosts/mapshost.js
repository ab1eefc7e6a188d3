/** The page of maps inside Streamlit: it gets everything from the data plane beside the page. */

import { httpApi } from "../server/client.js";
import { hosting } from "./streamlit.js";
import { mount } from "../maps/page.js";

/** @import {OnCommit} from "../state/store.js" */
/** @import {Catalogue, Race} from "../state/types.js" */
/** @import {MapsView} from "../maps/lineup.js" */
/** @typedef {{base: string, home: string, race: Race, view: MapsView, problems: string[]}} Data */

export const host = hosting("maps", maps);

/** @param {HTMLElement} element @param {Data} data @param {Catalogue} catalogue @param {OnCommit} onCommit */
function maps(element, { base, home, race, view, problems }, catalogue, onCommit) {
  return mount(element, { catalogue, race, view, problems, api: httpApi(base), home, onCommit });
}
