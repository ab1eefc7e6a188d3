/** What lanes look like: an optimizer has one colour and marker on every page, whoever runs beside it. */

/** @import {PageStore} from "./pagestore.js" */
/** @import {Lane} from "./types.js" */

/** As many looks as look/palette.js tells apart; the next as many have the same colours. */
const LOOKS = 32;

/**
 * Return the look of each lane: several of one rule have its colour, and other dashes and markers.
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
