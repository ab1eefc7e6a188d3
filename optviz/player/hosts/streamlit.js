/** What a browser module builds inside a Streamlit page: it outlives being taken away and put back. */

import { h } from "../base/dom.js";
import { loadStyles } from "../base/load.js";
import { watchConnection } from "./connection.js";
import { httpApi } from "../server/client.js";

/** @import {Api, Catalogue} from "../state/types.js" */

/** @typedef {(link: any) => void} OnCommit */
/** @typedef {{base: string, heard: number}} Said  the data plane's path; the last change the host has heard of */
/** @typedef {{catalogue: Catalogue, api: Api, onCommit?: OnCommit}} Surroundings  What every page gets. */
/** @typedef {{update: (data: any) => void, leave: () => void}} Hosted  `leave` when the root is taken away */
/**
 * @template Data
 * @typedef {((root: HTMLElement, data: Data, onCommit: OnCommit) => Promise<Hosted>) & {ahead: () => void}} Host
 *   `ahead` asks for what it will need, while nobody has called it yet
 */

/** So long, in ms, Streamlit may take to write a change into the address. */
const PROMPT = 3000;
const AWAY = "The server does not answer. This page goes on as soon as it is back.";

/**
 * When two runs of the script overlap, Streamlit takes the component away and puts it back at once.
 * What was built waits so many milliseconds for that, with its zoom, camera and play-head.
 */
const PATIENCE = 3000;

/**
 * Return the function `host` of a module, which builds what it hosts into a root, or moves there what
 * has just lost its own.
 *
 * @template {object} Options
 * @param {Parameters<typeof loadStyles>[0]} page  whose style sheets it needs
 * @param {(element: HTMLElement, options: Options) => {update: (data: any) => void, warn?: (sentences: string[]) => void, destroy: () => void}} build
 *   gets what the host says, its surroundings, and all else from the data plane beside the page
 * @param {{warning?: string, addressOf?: (link: any) => string, ahead?: () => Promise<unknown>}} [more]  what it
 *   says while the server is away, and the query of a change, for a page that goes on meanwhile; `ahead` asks
 *   for what the page will need
 * @returns {Host<Omit<Options, keyof Surroundings> & Said>}
 */
export function hosting(page, build, { warning = AWAY, addressOf, ahead } = {}) {
  /** @type {{free: () => boolean, move: (root: HTMLElement, onCommit: OnCommit) => Hosted} | null} */
  let present = null;

  /** @type {(root: HTMLElement, data: any, onCommit: OnCommit) => Promise<Hosted>} */
  const host = async (root, data, onCommit) => {
    if (present?.free()) return present.move(root, onCommit);
    // Styles first: a page that is laid out twice flickers.
    const [catalogue] = await Promise.all([catalogueHere(), loadStyles(page)]);
    let commit = onCommit;
    let end = 0;
    // Of the last change that the host was sent; the host says which one it has `heard` of.
    let number = data.heard;
    const element = h("div", {});
    root.replaceChildren(element);
    receive();
    const send = afterPaint((link) => commit(link));
    /** @type {object | null} */
    let latest = null;
    const onChange = (/** @type {object} */ link) => {
      latest = link;
      send({ ...link, number: ++number });
      if (addressOf) keep(addressOf(link));
    };
    let kept = 0;
    let away = false;
    /** Streamlit writes the address; if it does not, this does. @param {string} query */
    const keep = (query) => {
      clearTimeout(kept);
      const write = () => history.replaceState(history.state, "", `?${query}`);
      if (away) write();
      else kept = window.setTimeout(write, PROMPT);
    };
    const around = { catalogue, api: httpApi(data.base), onCommit: onChange };
    const built = build(element, /** @type {Options} */ (/** @type {unknown} */ ({ ...data, ...around })));
    const unwatch = watchConnection({
      away() {
        away = true;
        built.warn?.([warning]);
      },
      back() {
        away = false;
        built.warn?.([]);
        // A server that begins anew takes nothing down from the first run of its script.
        if (latest) send({ ...latest, number: ++number });
      },
    });

    /** @param {HTMLElement} place @returns {Hosted} */
    const hosted = (place) => ({
      update(said) {
        // Streamlit has no words for what the way between the pages is.
        const ways = document.querySelector(".st-key-ways") ?? {};
        Object.assign(ways, { role: "navigation", ariaLabel: "Pages" });
        const current = said.heard === number;
        if (current) clearTimeout(kept);
        built.update({ ...said, current });
      },
      leave() {
        if (element.parentElement !== place) return;
        end = window.setTimeout(() => {
          if (present === self) present = null;
          clearTimeout(kept);
          unwatch();
          built.destroy();
        }, PATIENCE);
      },
    });
    /** @type {NonNullable<typeof present>} */
    const self = {
      // Its place was told of its end, or is gone already and will be told later; it may be the new place.
      free: () => end !== 0 || !element.isConnected,
      move(place, onNextCommit) {
        clearTimeout(end);
        end = 0;
        commit = onNextCommit;
        place.replaceChildren(element);
        element.dispatchEvent(new Event("moved"));
        return hosted(place);
      },
    };
    present = self;
    return hosted(root);
  };
  // What does not come now is asked for again when it is needed.
  return Object.assign(host, { ahead: () => void Promise.all([catalogueHere(), ahead?.()]).catch(() => {}) });
}

let received = 0;

/** Who has lost the focus by coming here from another page is led to the main part of this one. */
function receive() {
  const comes = received > 0 || document.referrer.startsWith(`${location.origin}/`);
  received += 1;
  if (comes && document.activeElement === document.body) document.querySelector("main")?.focus();
}

/** Return the catalogue of the server that this module is of. @returns {Promise<Catalogue>} */
async function catalogueHere() {
  const reply = await fetch(new URL("../catalogue.json", import.meta.url));
  if (!reply.ok) throw new Error("The catalogue could not be loaded.");
  return reply.json();
}

/**
 * Return `send`, put off until what caused it is painted: a run of the script keeps the page busy.
 * Of several calls until then the last one counts.
 *
 * @param {OnCommit} send
 * @returns {OnCommit}
 */
function afterPaint(send) {
  /** @type {{link: unknown} | null} */
  let latest = null;
  const flush = () => {
    if (latest) send(latest.link);
    latest = null;
  };
  return (link) => {
    if (!latest) requestAnimationFrame(() => setTimeout(flush));
    latest = { link };
  };
}
