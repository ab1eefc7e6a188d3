/** The keys of the player: each part adds its own, and the help sheet lists them all. */

import { listen, together } from "../base/listening.js";
import { h } from "../base/dom.js";
import { recalled, remember } from "../base/memory.js";

/** What uses keys itself. A slider or a switch has no use for letters. */
const TYPING = "input:not([type=range]):not([type=checkbox]), select, textarea, [contenteditable]";
const POPUPS = "dialog, [role=dialog], [role=listbox], [role=menu]";
const GROUPS = /** @type {const} */ (["Play", "Change", "Optimizers", "Picture", "Look closer", "Present"]);
/** So long, in ms, what a key has switched is news. */
const NEWS = 4000;
/** Where the browser remembers that letters are not keys. */
const MEMORY = "optviz.letters";

/** @typedef {typeof GROUPS[number]} Group */

/**
 * @typedef {object} Shortcut
 * @property {string[]} keys  as `KeyboardEvent.key` names them
 * @property {string} does  for the help sheet
 * @property {(event: KeyboardEvent) => unknown} act  may return a sentence about what it has come to
 * @property {boolean} [repeats]  while the key is held down
 * @property {boolean} [served]  whether it needs a server
 */

export class Keys {
  /** @type {Map<Group, Shortcut[]>} */
  #groups = new Map(GROUPS.map((group) => [group, []]));
  #alone = false;
  #letters = recalled(MEMORY) !== "off";
  /** Timer after which what was told is no news any more. */
  #old = 0;
  /** Where it is told what a key has switched; the page puts it somewhere. */
  said = h("p", { class: "ov-hidden ov-key-said", role: "status" });

  /** What takes the focus of who has chosen from a menu: all keys count there. @type {HTMLElement | null} */
  rest = null;

  /**
   * @param {HTMLElement} root  keys count while the focus is in it or nowhere in particular, letters everywhere
   * @param {{alone?: boolean}} [page]  `alone`: there is no server, nor what needs one
   */
  constructor(root, { alone = false } = {}) {
    this.root = root;
    this.#alone = alone;
    const early = (/** @type {KeyboardEvent} */ event) => isLetter(event.key) && this.#hear(event);
    const late = (/** @type {KeyboardEvent} */ event) => isLetter(event.key) || this.#hear(event);
    // Before the page, which may have letters of its own; the parts' own use of arrows comes first.
    const deaf = [listen(window, "keydown", early, { capture: true }), listen(document, "keydown", late)];
    this.destroy = together(...deaf, () => clearTimeout(this.#old));
  }

  /** @param {Group} group @param {...Shortcut} shortcuts @returns {() => void}  takes them away */
  add(group, ...shortcuts) {
    this.#groups.get(group)?.push(...shortcuts.filter(({ served }) => !(served && this.#alone)));
    return () => {
      const left = this.#groups.get(group)?.filter((one) => !shortcuts.includes(one)) ?? [];
      this.#groups.set(group, left);
    };
  }

  /** All keys by group, without empty groups. */
  get groups() {
    return [...this.#groups].filter(([, shortcuts]) => shortcuts.length > 0);
  }

  /** Whether letters, digits and signs are keys (WCAG 2.1.4: one must be able to switch them off). */
  get letters() {
    return this.#letters;
  }

  set letters(on) {
    this.#letters = on;
    remember(MEMORY, on ? null : "off");
  }

  /** @param {KeyboardEvent} event */
  #hear(event) {
    const { root } = this;
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const key = nameOf(event);
    const shortcut = [...this.#groups.values()].flat().find(({ keys }) => keys.includes(key));
    if (!shortcut || (isLetter(key) && !this.#letters) || !isOurs(event, root)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat && !shortcut.repeats) return;
    // The titles of buttons and switches name their keys.
    const its = `[title$="(${CSS.escape(key)})"]`;
    const button = root.querySelector(`[aria-pressed]${its}, [role=switch]${its}`);
    const came = shortcut.act(event);
    const state = button?.matches("[aria-pressed=true], :checked") ? "on" : "off";
    if (typeof came === "string") this.say(came);
    else if (button) this.say(`${button.ariaLabel ?? button.textContent} ${state}`);
  }

  /** Tell what a key has come to. What is the same as before is set, too: it is news again. @param {string} text */
  say(text) {
    clearTimeout(this.#old);
    this.said.textContent = text;
    this.#old = window.setTimeout(() => (this.said.textContent = ""), NEWS);
  }
}

/** Letters, digits and signs, which someone who speaks to the computer may type by accident. @param {string} key */
function isLetter(key) {
  return key.length === 1 && key !== " ";
}

/** With caps lock a letter is the same key; with shift it is another. @param {KeyboardEvent} event */
function nameOf({ key, shiftKey, ctrlKey, metaKey }) {
  if (ctrlKey || metaKey) return `Ctrl+${shiftKey ? "Shift+" : ""}${key.toUpperCase()}`;
  return isLetter(key) && !shiftKey ? key.toLowerCase() : key;
}

/** @param {KeyboardEvent} event @param {HTMLElement} root */
function isOurs(event, root) {
  const target = /** @type {Element} */ (event.composedPath()[0]);
  if (root.querySelector("dialog[open]")) return false;
  if (target !== root && target.contains(root)) return true;
  // One that has just been closed may have the focus a moment longer.
  if (target.closest(POPUPS)?.checkVisibility()) return false;
  if (target.closest(TYPING)) return false;
  // The page's own buttons have no use for letters either.
  if (!root.contains(target)) return root.isConnected && isLetter(event.key);
  if (isLetter(event.key) || event.key === "Escape") return true;
  // Page keys are the slider's own; before an audience, the clicker's.
  if (event.key.startsWith("Page") && target.matches("input")) return root.classList.contains("ov-presenting");
  // A slider has no use for the space bar, and the scrubber is the play-head itself.
  if (target.matches(".ov-scrubber")) return true;
  if (event.key === " ") return !target.closest("button, a, summary, [type=checkbox]");
  return !target.matches("input");
}
