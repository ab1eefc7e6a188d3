/** The symbols of hyperparameters on the compare page, which are those of the book. */

/** @import {RuleEntry} from "../state/types.js" */

const NOTATION = "book";

/** @param {RuleEntry} rule @param {string} name @returns {string}  MathML */
export function symbolOf(rule, name) {
  return rule.symbols[NOTATION][name];
}
