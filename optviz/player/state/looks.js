/** What lanes look like: an optimizer has one hue and marker on every page, whoever runs beside it. */

/** @import {PageStore} from "./pagestore.js" */
/** @import {Lane} from "./types.js" */

/** As many first looks as look/palette.js has, no fewer than rules; the next as many have other shades. */
const LOOKS = 40;

/**
 * Return the look of each lane: several of one rule have its hue, in other shades, dashes and markers.
 *
 * @param {{lanes: Pick<Lane, "rule">[]}} race
 * @param {Pick<PageStore<any, any>, "rule">} catalogue
 * @returns {number[]}
 */
export function looksOf({ lanes }, catalogue) {
  return lanes.map(({ rule }, index) => {
    const before = lanes.slice(0, index).filter((lane) => lane.rule === rule).length;
    return catalogue.rule(rule).look + LOOKS * before;
  });
}
