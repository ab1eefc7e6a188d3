/** What a browser module builds inside a Streamlit page: it outlives being taken away and put back. */

import { h } from "../base/dom.js";
import { loadStyles } from "../base/load.js";

/** @import {Catalogue} from "../state/types.js" */

/**
 * @template Data
 * @template Link
 * @typedef {(root: HTMLElement, data: Data, onCommit: (link: Link) => void) => Promise<Hosted<Data>>} Host
 */
/**
 * @template Data
 * @typedef {{update: (data: Data) => void, leave: () => void}} Hosted  `leave` when the root is taken away
 */

/**
 * When two runs of the script overlap, Streamlit takes the component away and puts it back at once.
 * What was built waits so many milliseconds for that, with its zoom, camera and play-head.
 */
const PATIENCE = 3000;

/**
 * Return the function `host` of a module, which builds what it hosts into a root, or moves there what
 * has just lost its own.
 *
 * @template {{base: string}} Data  `base` is the path of the data plane
 * @template Link
 * @param {Parameters<typeof loadStyles>[0]} page  whose style sheets it needs
 * @param {(element: HTMLElement, data: Data, catalogue: Catalogue, onCommit: (link: Link) => void) =>
 *   {update: (data: Data) => void, destroy: () => void}} build
 * @returns {Host<Data, Link>}
 */
export function hosting(page, build) {
  /** @typedef {(link: Link) => void} OnCommit */
  /** @type {{free: () => boolean, move: (root: HTMLElement, onCommit: OnCommit) => Hosted<Data>} | null} */
  let present = null;

  return async (root, data, onCommit) => {
    if (present?.free()) return present.move(root, onCommit);
    // Styles first: a page that is laid out twice flickers.
    const [catalogue] = await Promise.all([catalogueAt(data.base), loadStyles(page)]);
    let commit = onCommit;
    let end = 0;
    const element = h("div", {});
    root.replaceChildren(element);
    const built = build(element, data, catalogue, afterPaint((link) => commit(link)));

    /** @param {HTMLElement} place */
    function leave(place) {
      if (element.parentElement !== place) return;
      end = window.setTimeout(() => {
        if (present === self) present = null;
        built.destroy();
      }, PATIENCE);
    }

    /** @param {HTMLElement} place @returns {Hosted<Data>} */
    const hosted = (place) => ({ update: built.update, leave: () => leave(place) });
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
}

/** @param {string} base @returns {Promise<Catalogue>} */
async function catalogueAt(base) {
  // After an update of the server, the catalogue of before may still be within its age.
  const reply = await fetch(`${base}/catalogue`, { cache: "no-cache" });
  if (!reply.ok) throw new Error("The catalogue could not be loaded.");
  return reply.json();
}

/**
 * Return `send`, put off until what caused it is painted: a run of the script keeps the page busy.
 * Of several calls until then the last one counts.
 *
 * @template Link
 * @param {(link: Link) => void} send
 * @returns {(link: Link) => void}
 */
function afterPaint(send) {
  /** @type {{link: Link} | null} */
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
