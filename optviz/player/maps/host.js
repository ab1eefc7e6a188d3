/** The page of maps inside Streamlit: it gets everything from the data plane beside the page. */

import { httpApi } from "../client.js";
import { hosting } from "../hosting.js";
import { mount } from "./page.js";

/** @import {OnCommit} from "../store.js" */
/** @import {Catalogue, Race} from "../types.js" */
/** @import {MapsView} from "./lineup.js" */
/** @typedef {{base: string, home: string, race: Race, view: MapsView, problems: string[]}} Data */

const SHEETS = ["player.css", "panels.css", "basins.css", "ratemap.css", "maps/maps.css"];

export const host = hosting(SHEETS, maps);

/** @param {HTMLElement} element @param {Data} data @param {Catalogue} catalogue @param {OnCommit} onCommit */
function maps(element, { base, home, race, view, problems }, catalogue, onCommit) {
  return mount(element, { catalogue, race, view, problems, api: httpApi(base), home, onCommit });
}
