/** A setting as it is read: the symbols of its hyperparameters and their values. */

import { h, parsed } from "../base/dom.js";
import { readable } from "../scales/numbers.js";
import { explained } from "../state/glossary.js";

/** @import {RuleEntry} from "../state/types.js" */

const NOTATION = "book";

/** @param {RuleEntry} rule @param {Record<string, number>} values */
export function settingText(rule, values) {
  const parts = rule.hyperparameters.map(({ name, meaning }) =>
    h("span", { class: "ov-setting", title: explained(meaning) }, symbol(rule, name), ` ${readable(values[name])}`),
  );
  return h("span", { class: "ov-wrap ov-settings" }, ...parts);
}

/** @param {RuleEntry} rule @param {string} name */
export function symbol(rule, name) {
  return parsed(rule.symbols[NOTATION][name]);
}
