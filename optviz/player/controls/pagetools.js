/** The buttons and keys that every page has for whoever presents: full screen, link, keys. */

import { together } from "../base/listening.js";
import { h } from "../base/dom.js";
import { helpSheet } from "./helpsheet.js";
import { Keys } from "./keys.js";
import { linkSheet } from "./linksheet.js";
import { presenting } from "./presenting.js";

const HELD = "It holds what is shown now, as the address bar does.";

/**
 * Put them into `place`.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 * @param {string} base  path of the data plane
 * @returns {() => void}  ends them
 */
export function pageTools(root, place, base) {
  const keys = new Keys(root);
  const tools = h("div", { class: "ov-tools ov-page-tools", role: "group", "aria-label": "Presenting" });
  const end = presenting(keys, root, tools);
  linkSheet(keys, root, tools, { base, about: HELD, address: () => location.href });
  helpSheet(keys, root, tools);
  place.append(tools, keys.said);
  return together(end, keys.destroy);
}
