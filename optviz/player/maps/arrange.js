/** Puts the maps into another order; each is seen to move to its new place. */

const MOVING = { duration: 350, easing: "ease-in-out" };

/** @param {HTMLElement} list @param {HTMLElement[]} order  its children */
export function arrange(list, order) {
  if (order.every((element, at) => list.children[at] === element)) return;
  const before = new Map(order.map((element) => [element, element.getBoundingClientRect()]));
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  list.append(...order);
  // What is moved within the page loses the focus.
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [element, { left, top }] of before) {
    const now = element.getBoundingClientRect();
    const way = `${left - now.left}px ${top - now.top}px`;
    if (way !== "0px 0px") element.animate([{ translate: way }, { translate: "none" }], MOVING);
  }
}
