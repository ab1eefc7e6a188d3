/** What lanes look like: an optimizer has one hue and marker on every page, whoever runs beside it. */

/** @import {PageStore} from "./pagestore.js" */
/** @import {Lane} from "./types.js" */

/** As many first looks as look/palette.js has, no fewer than rules; the next as many have other shades. */
const LOOKS = 40;
/** No race has as many lanes. */
const MOST = 100;

/**
 * Return the look of each lane: several of one rule have its hue, in other shades, dashes and markers.
 * One that is called by a rule's name and a number keeps the look of that number when others go.
 *
 * @param {{lanes: (Pick<Lane, "rule"> & Partial<Lane>)[]}} race
 * @param {Pick<PageStore<any, any>, "rule">} catalogue
 * @returns {number[]}
 */
export function looksOf({ lanes }, catalogue) {
  /** @type {Set<number>} */
  const taken = new Set();
  const numbered = lanes.map(({ rule, label = "" }) => {
    const { look, name } = catalogue.rule(rule);
    const number = label.startsWith(`${name} `) ? Number(label.slice(name.length + 1)) : NaN;
    const wanted = Number.isInteger(number) && number > 1 && number <= MOST ? look + LOOKS * (number - 1) : null;
    const own = wanted !== null && !taken.has(wanted) ? wanted : null;
    if (own !== null) taken.add(own);
    return { look, own };
  });
  return numbered.map(({ look, own }) => {
    if (own !== null) return own;
    let free = look;
    while (taken.has(free)) free += LOOKS;
    taken.add(free);
    return free;
  });
}
