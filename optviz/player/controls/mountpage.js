/** A page in an element of its host: built, kept up to date with what the host says, taken away. */

import { faultOf } from "../base/faults.js";
import { follow, listen, together } from "../base/listening.js";
import { explaining } from "./explaining.js";
import { notice } from "./notice.js";

/** @import {Noticed} from "./notice.js" */

/**
 * @template About
 * @typedef {Noticed & {sync: (said: About & {current?: boolean}) => void, complain: (problems: string[], source: string) => void}} Mounted
 *   the page's store
 */

/** Where this program comes from. */
const HOME = new URL("../", import.meta.url).href;

/**
 * @template About
 * @param {HTMLElement} root
 * @param {Mounted<About>} store
 * @param {object} page
 * @param {string[]} page.classes
 * @param {string[]} [page.problems]  sentences about the link
 * @param {Node[]} page.parts
 * @param {HTMLElement} page.notices  where it is told what went wrong
 * @param {HTMLElement} [page.main]  what that is about, if it does not stand there
 * @param {() => (() => void)[]} page.fill  fills the parts, which are on the page then, and returns the ends of all
 */
export function mountPage(root, store, { classes, problems = [], parts, notices, main, fill }) {
  store.complain(problems, "link");
  root.classList.add(...classes);
  root.replaceChildren(...parts);
  const faults = listen(root, "fault", ({ detail }) => store.complain([detail], "fault"));
  const ends = [keepTop(root), faults, tellErrors(store), notice(store, notices, main), explaining(root), ...fill()];
  let left = false;
  return {
    /** What came later ends with the page; if that has ended already, it does not begin. @param {() => () => void} begin */
    also(begin) {
      if (!left) ends.push(begin());
    },
    /** Say what is wrong with all of the page, or that nothing is. @param {string[]} sentences */
    warn(sentences) {
      store.complain(sentences, "host");
    },
    /** What the host says again changes nothing. @param {About & {problems?: string[], current?: boolean}} said */
    update(said) {
      store.sync(said);
      store.complain(said.problems ?? [], "link");
    },
    destroy() {
      left = true;
      ends.forEach((end) => end());
      root.replaceChildren();
      root.classList.remove(...classes);
    },
  };
}

/** An error that nobody catches is the browser's to log and ours to tell. @param {Mounted<any>} store */
function tellErrors(store) {
  return listen(window, ["error", "unhandledrejection"], ({ error, reason }) => {
    const fault = error ?? reason;
    if (String(fault?.stack).includes(HOME)) store.complain([faultOf(fault)], "page");
  });
}

/** Tell the style sheet how far down the page it begins, so that it fills what is left. @param {HTMLElement} root */
function keepTop(root) {
  const measure = () => {
    const top = root.getBoundingClientRect().top + window.scrollY;
    root.style.setProperty("--ov-top", `${Math.max(0, Math.ceil(top))}px`);
  };
  const sizes = new ResizeObserver(measure);
  sizes.observe(document.body);
  return together(follow(window, "resize", measure), () => sizes.disconnect());
}
