/** The keys that move the play-head: space, left and right (with shift by ten), Home and End. */

/** What uses these keys itself. */
const FIELDS = "input, select, textarea, [contenteditable], [role=listbox], [role=menu], [role=dialog]";

/**
 * @typedef {object} Actions
 * @property {() => void} flip
 * @property {(steps: number) => void} by
 * @property {() => void} first
 * @property {() => void} last
 */

/**
 * Listen to the keys while the focus is in the player, or nowhere in particular.
 *
 * @param {HTMLElement} root
 * @param {Actions} actions
 * @returns {() => void}  stops listening
 */
export function listenToKeys(root, actions) {
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const keys = {
    " ": actions.flip,
    ArrowLeft: ({ shiftKey }) => actions.by(shiftKey ? -10 : -1),
    ArrowRight: ({ shiftKey }) => actions.by(shiftKey ? 10 : 1),
    Home: actions.first,
    End: actions.last,
  };
  /** @param {KeyboardEvent} event */
  const listener = (event) => {
    const act = keys[event.key];
    if (!act || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!isOurs(event, root)) return;
    event.preventDefault();
    act(event);
  };
  document.addEventListener("keydown", listener);
  return () => document.removeEventListener("keydown", listener);
}

/** @param {KeyboardEvent} event @param {HTMLElement} root */
function isOurs(event, root) {
  const target = /** @type {Element} */ (event.composedPath()[0]);
  if (target === document.body || target === document.documentElement) return root.isConnected;
  // A slider has no use for the space bar, and the scrubber is the play-head itself.
  if (target.matches(".ov-scrubber")) return root.contains(target);
  if (event.key === " " && target.matches("input[type=range]")) return root.contains(target);
  if (!root.contains(target) || target.closest(FIELDS)) return false;
  return event.key !== " " || !target.closest("button, a, summary");
}
