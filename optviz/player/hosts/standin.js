/** Stands in for Streamlit where its connection does not come about, though its page has come. */

import { h } from "../base/dom.js";
import { recalled, remember } from "../base/memory.js";
import { STATE } from "./connection.js";
import { askedWhy } from "./refusal.js";

/** @import {Hosted} from "./streamlit.js" */
/** @import {OnCommit} from "./telling.js" */

/** So long, in ms, Streamlit may try to connect, and how often that is looked at. */
const PATIENCE = 6000;
const LOOK = 500;
/** Where it is remembered, for this visit, that it did not: then the next page does not wait again. */
const MEMORY = "optviz.unconnected";
/** Streamlit's own page, which is grey bars without a connection. */
const ITS = "#root";
const PAGES = { race: "Race", maps: "Maps", compare: "Compare", lessons: "Lessons" };
/** Pages that are found by a link alone. @type {Record<string, string>} */
const UNLISTED = { sheets: "Lab sheets" };

const connected = () => document.querySelector(`[${STATE}]`)?.getAttribute(STATE) === "CONNECTED";

/**
 * Show the page without Streamlit if that has not connected after a while, until it does.
 *
 * @param {string} page  its path
 * @param {(root: HTMLElement, data: any, onCommit: OnCommit) => Promise<Hosted>} host
 */
export function standIn(page, host) {
  let waited = 0;
  /** @type {(() => void) | null} */
  let leave = null;
  let asked = false;

  async function stand() {
    const { said, sentence } = await askedWhy(page);
    if (connected()) return;
    const root = h("main", { class: "ov-standin-main" });
    const whole = h("div", { class: "ov-standin" }, bar(page), root);
    const its = document.querySelector(ITS);
    its?.toggleAttribute("hidden", true);
    document.body.prepend(whole);
    const hosted = await host(root, { ...said, alone: sentence }, () => {});
    remember(MEMORY, "yes", true);
    leave = () => {
      hosted.leave();
      whole.remove();
      its?.removeAttribute("hidden");
    };
    if (connected()) leave();
  }

  const timer = window.setInterval(() => {
    if (connected()) {
      clearInterval(timer);
      remember(MEMORY, null, true);
      leave?.();
    } else if (document.querySelector(`[${STATE}]`)) {
      waited += LOOK;
      if (asked || waited < (recalled(MEMORY, true) ? LOOK : PATIENCE)) return;
      asked = true;
      // What could not be had is asked for again as late.
      stand().catch(() => {
        asked = false;
        waited = 0;
      });
    }
  }, LOOK);
}

/** @param {string} page */
function bar(page) {
  const here = page in UNLISTED ? { [page]: UNLISTED[page] } : {};
  const ways = Object.entries({ ...PAGES, ...here }).map(([path, name]) =>
    path === page ? h("span", { "aria-current": "page" }, name) : h("a", { href: `./${path}` }, name),
  );
  return h("header", { class: "ov-row ov-standin-bar" }, h("h1", {}, "optviz"), h("nav", { class: "ov-row", "aria-label": "Pages" }, ...ways));
}
