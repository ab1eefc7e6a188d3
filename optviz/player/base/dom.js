/** Building DOM nodes: one function for elements, one for the server's MathML. */

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {{element: HTMLElement, update: () => void, destroy?: () => void}} Part  What shows a state, brought up to date. */

/**
 * Make an element. Properties are assigned, except `class`, `role`, `for` and names with a dash, which
 * become attributes, and `on`, whose functions become listeners. Strings become text, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (name === "class" || name === "role" || name === "for" || name.includes("-"))
      element.setAttribute(name, value);
    else Reflect.set(element, name, value);
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child)));
  return element;
}

/**
 * Parse one <math> or <svg> element made by the program (the catalogue's equations, the palette's
 * swatches); anything around it is dropped.
 *
 * @param {string | undefined} markup
 * @returns {Element | null} null where there is none
 */
export function parsed(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup ?? "";
  return template.content.querySelector("math, svg");
}

/**
 * Replace an element's children unless `key` is the one it was last filled for.
 *
 * @param {HTMLElement} element
 * @param {string} key what the children depend on
 * @param {() => Child[]} children
 */
export function fill(element, key, children) {
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.replaceChildren(.../** @type {(Node | string)[]} */ (children().filter((child) => child)));
}

/**
 * Set an element's text if it differs: an unchanged text node costs no layout.
 *
 * One that is there already is written anew: for each that is put in, a browser looks through whole
 * pages for what `:has` asks, which takes longer than all else that a frame does.
 *
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  const { firstChild: only } = element;
  if (element.textContent === text) return;
  if (text && only instanceof Text && !only.nextSibling) only.data = text;
  else element.textContent = text;
}

let made = 0;

/** @returns {string} an id that no other element of this page has */
export function freshId() {
  made += 1;
  return `ov-${made}`;
}
