/** The player inside a Streamlit page: it gets everything from the data plane beside the page. */

import { httpApi } from "./client.js";
import { h } from "./dom.js";
import { loadStyles } from "./load.js";
import { mount } from "./player.js";

/** @import {Race, View} from "./types.js" */
/** @typedef {{base: string, race: Race, view: View, problems: string[]}} Data */
/** @typedef {(link: {query: string, view: View}) => void} OnCommit */
/** @typedef {{update: (data: Data) => void, leave: () => void}} Hosted */

/**
 * When two runs of the script overlap, Streamlit takes the component away and puts it back at once.
 * A player waits so many milliseconds for that, with its zoom, camera and play-head.
 */
const PATIENCE = 3000;

/** @type {{free: () => boolean, move: (root: HTMLElement, onCommit: OnCommit) => Hosted} | null} */
let present = null;

/**
 * @param {HTMLElement} root
 * @param {Data} data  `base` is the path of the data plane
 * @param {OnCommit} onCommit
 * @returns {Promise<Hosted>}  `leave` when the root is taken away
 */
export async function host(root, data, onCommit) {
  if (present?.free()) return present.move(root, onCommit);
  const { base, race, view, problems } = data;
  // Styles first: a player that is laid out twice flickers.
  // After an update of the server, the catalogue of before may still be within its age.
  const [reply] = await Promise.all([fetch(`${base}/catalogue`, { cache: "no-cache" }), loadStyles()]);
  if (!reply.ok) throw new Error("The catalogue could not be loaded.");
  let commit = onCommit;
  let end = 0;
  const element = h("div", {});
  root.replaceChildren(element);
  const player = mount(element, {
    catalogue: await reply.json(),
    race,
    view,
    problems,
    api: httpApi(base),
    plotly: new URL("plotly.min.js", import.meta.url).href,
    onCommit: afterPaint((link) => commit(link)),
  });

  /** @param {HTMLElement} place */
  function leave(place) {
    if (element.parentElement !== place) return;
    end = window.setTimeout(() => {
      if (present === self) present = null;
      player.destroy();
    }, PATIENCE);
  }

  /** @param {HTMLElement} place @returns {Hosted} */
  const hosted = (place) => ({ update: player.update, leave: () => leave(place) });
  const self = (present = {
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
  });
  return hosted(root);
}

/**
 * Return `send`, put off until what caused it is painted: a run of the script keeps the page busy.
 * Of several calls until then the last one counts.
 *
 * @param {OnCommit} send
 * @returns {OnCommit}
 */
function afterPaint(send) {
  /** @type {Parameters<OnCommit>[0] | null} */
  let latest = null;
  const flush = () => {
    if (latest) send(latest);
    latest = null;
  };
  return (link) => {
    if (!latest) requestAnimationFrame(() => setTimeout(flush));
    latest = link;
  };
}
