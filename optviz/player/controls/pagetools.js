/** The buttons and keys that every page has for whoever presents: full screen, link, keys. */

import { listen, together } from "../base/listening.js";
import { h, setText } from "../base/dom.js";
import { helpSheet } from "./helpsheet.js";
import { Keys } from "./keys.js";
import { linkSheet } from "./linksheet.js";
import { presenting } from "./presenting.js";

/** @import {Shortcut} from "./keys.js" */

const HELD = "It holds what is shown now, as the address bar does.";

/**
 * Put them into `place`.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 * @param {string} base  path of the data plane
 * @param {() => string} title  what the page is about, in whose bar that stands
 * @param {...Shortcut} own  further keys, of this page alone
 * @returns {() => void}  ends them
 */
export function pageTools(root, place, base, title, ...own) {
  const keys = new Keys(root);
  keys.add("Look closer", ...own);
  const name = h("p", { class: "ov-page-name" });
  // Without a picture that takes the focus, it is the page that the keys scroll.
  root.tabIndex = -1;
  const begun = listen(root, "presenting", ({ detail }) => {
    setText(name, title());
    if (detail) root.focus({ preventScroll: true });
  });
  const tools = h("div", { class: "ov-tools ov-page-tools", role: "group", "aria-label": "Presenting" });
  const end = presenting(keys, root, tools);
  linkSheet(keys, root, tools, { base, about: HELD, address: () => location.href });
  helpSheet(keys, root, tools);
  place.append(tools, keys.said);
  place.prepend(name);
  return together(end, begun, keys.destroy);
}
