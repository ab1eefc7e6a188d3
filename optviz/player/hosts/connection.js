/** Whether Streamlit's server is there. */

import { listen, together } from "../base/listening.js";

/** A connection that is back within so many ms was never gone. */
const GRACE = 1500;
/** Where Streamlit says on its page whether it is connected. */
export const STATE = "data-test-connection-state";
/** Streamlit's own choices and ways, which do nothing without a server but look as if they had. */
const ITS = ".st-key-bar";

/**
 * Watch the connection of the page. While there is none, Streamlit's own words about it are taken away:
 * they would lie over a page that goes on.
 *
 * @param {{away: () => void, back: () => void}} hears
 * @returns {() => void}  ends it
 */
export function watchConnection({ away, back }) {
  const app = document.querySelector(`[${STATE}]`);
  if (!app) return () => {};
  let gone = false;
  let timer = 0;
  // A socket may stay open for long where there is no network any more.
  const lost = () => !navigator.onLine || app.getAttribute(STATE) !== "CONNECTED";
  const look = () => {
    clearTimeout(timer);
    bar(lost());
    if (!lost()) {
      if (gone) back();
      gone = false;
    } else if (!gone) {
      timer = window.setTimeout(() => {
        gone = true;
        away();
      }, GRACE);
    }
  };
  const states = new MutationObserver(look);
  states.observe(app, { attributeFilter: [STATE] });
  const dialogs = new MutationObserver(() => lost() && dismiss());
  dialogs.observe(document.body, { childList: true });
  look();
  return together(
    listen(window, ["online", "offline"], look),
    () => bar(false),
    () => clearTimeout(timer),
    () => states.disconnect(),
    () => dialogs.disconnect(),
  );
}

/** @param {boolean} waits */
function bar(waits) {
  /** @type {HTMLElement | null} */ (document.querySelector(ITS))?.toggleAttribute("inert", waits);
}

/** Close what Streamlit has opened. */
function dismiss() {
  for (const button of document.querySelectorAll(".stDialog [aria-label='Close']")) /** @type {HTMLElement} */ (button).click();
}
