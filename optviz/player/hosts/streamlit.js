/** What a browser module builds inside a Streamlit page: it outlives being taken away and put back. */

import { h } from "../base/dom.js";
import { loadStyles } from "../base/load.js";
import { watchConnection } from "./connection.js";
import { menuAtTop } from "./menu.js";
import { askedWhy } from "./refusal.js";
import { httpApi } from "../server/client.js";
import { standIn } from "./standin.js";
import { Telling } from "./telling.js";

/** @import {OnCommit} from "./telling.js" */
/** @import {Api, Catalogue} from "../state/types.js" */

/** @typedef {{base: string, heard: number}} Said  the data plane's path; the last change the host has heard of */
/** @typedef {{catalogue: Catalogue, api: Api, onCommit?: OnCommit}} Surroundings  What every page gets. */
/** @typedef {{update: (data: any) => void, leave: () => void}} Hosted  `leave` when the root is taken away */
/**
 * @template Data
 * @typedef {((root: HTMLElement, data: Data, onCommit: OnCommit) => Promise<Hosted>) & {ahead: () => void}} Host
 *   `ahead` asks for what it will need, while nobody has called it yet
 */

const AWAY = "The server does not answer. This page goes on as soon as it is back.";

/**
 * When two runs of the script overlap, Streamlit takes the component away and puts it back at once.
 * What was built waits so many milliseconds for that, with its zoom, camera and play-head.
 */
const PATIENCE = 3000;
/** So often, in ms, a server is asked why it does not connect a page. */
const WHY = 8000;

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
  /** @type {Guest | null} */
  let present = null;

  /** @type {(root: HTMLElement, data: any, onCommit: OnCommit) => Promise<Hosted>} */
  const host = async (root, data, onCommit) => {
    if (present?.free()) return present.move(root, onCommit);
    // Styles first: a page that is laid out twice flickers.
    const [catalogue] = await Promise.all([catalogueHere(), loadStyles(page)]);
    const element = h("div", {});
    root.replaceChildren(element);
    receive();
    const telling = new Telling(data.heard, onCommit, addressOf);
    const around = { catalogue, api: httpApi(data.base), onCommit: telling.tell };
    const built = build(element, /** @type {Options} */ (/** @type {unknown} */ ({ ...data, ...around })));
    let asks = 0;
    let answers = 0;
    // A server that answers something is not silent: it may be another one, which has no room.
    async function ask() {
      const why = await askedWhy(page).catch(() => null);
      answers = why ? answers + 1 : 0;
      // One that has just come back is connected soon.
      if (asks) built.warn?.([why && (why.said.refusal || answers > 1) ? why.sentence : warning]);
    }
    const unmenu = menuAtTop();
    const unwatch = watchConnection({
      away() {
        telling.away();
        built.warn?.([data.alone ?? warning]);
        if (!data.alone) asks = window.setInterval(ask, WHY);
      },
      back() {
        clearInterval(asks);
        asks = answers = 0;
        telling.back();
        built.warn?.([]);
      },
    });
    const guest = new Guest(element, telling, built.update, Boolean(data.alone), () => {
      if (present === guest) present = null;
      clearInterval(asks);
      telling.end();
      unwatch();
      unmenu();
      built.destroy();
    });
    present = guest;
    return guest.at(root);
  };
  return Object.assign(host, {
    ahead() {
      // What does not come now is asked for again when it is needed.
      Promise.all([catalogueHere(), ahead?.()]).catch(() => {});
      standIn(page, host);
    },
  });
}

/** What was built, wherever it is: it waits for a new place for a while before it ends. */
class Guest {
  #element;
  #telling;
  #update;
  #standsIn;
  #destroy;
  /** Timer of its end, 0 while it has a place. */
  #end = 0;

  /** @param {HTMLElement} element @param {Telling} telling @param {(said: any) => void} update @param {boolean} standsIn  until Streamlit has a place for it @param {() => void} destroy */
  constructor(element, telling, update, standsIn, destroy) {
    this.#element = element;
    this.#telling = telling;
    this.#update = update;
    this.#standsIn = standsIn;
    this.#destroy = destroy;
  }

  // Its place was told of its end, or is gone already and will be told later; it may be the new place.
  free = () => this.#standsIn || this.#end !== 0 || !this.#element.isConnected;

  /** @param {HTMLElement} place @param {OnCommit} onCommit */
  move(place, onCommit) {
    clearTimeout(this.#end);
    this.#end = 0;
    this.#standsIn = false;
    this.#telling.commit = onCommit;
    place.replaceChildren(this.#element);
    this.#element.dispatchEvent(new Event("moved"));
    return this.at(place);
  }

  /** What its place may do with it. @param {HTMLElement} place @returns {Hosted} */
  at(place) {
    return {
      update: (said) => {
        // Streamlit has no words for what the way between the pages is.
        const ways = document.querySelector(".st-key-ways") ?? {};
        Object.assign(ways, { role: "navigation", ariaLabel: "Pages" });
        this.#update({ ...said, current: this.#telling.hears(said.heard) });
      },
      leave: () => {
        if (this.#element.parentElement !== place) return;
        this.#end = window.setTimeout(this.#destroy, PATIENCE);
      },
    };
  }
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
