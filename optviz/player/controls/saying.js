/** What is told to those who hear the page, once it has stayed: a number that still changes is no news. */

import { h, setText } from "../base/dom.js";

/** How long it must have stayed before it is spoken of, in ms. */
const PAUSE = 700;
const ROUGH = 3000;

/**
 * @param {{held: boolean}} store  whether something is being dragged
 * @param {() => string} words  what is said then
 */
export function saying(store, words) {
  const element = h("p", { class: "ov-hidden", role: "status" });
  let timer = 0;

  function speak() {
    if (store.held) say();
    else setText(element, words());
  }

  /** Say it in a while, if it has not changed by then; what is rough waits longer for what is finer. @param {{rough?: boolean}} [how] */
  function say({ rough = false } = {}) {
    clearTimeout(timer);
    timer = window.setTimeout(speak, rough ? ROUGH : PAUSE);
  }

  return {
    element,
    say,
    /** Nothing is true of it any more. */
    hush() {
      clearTimeout(timer);
      setText(element, "");
    },
    destroy: () => clearTimeout(timer),
  };
}
