/** A setting as it is read: the symbols of its hyperparameters and their values. */

import { h, parsed } from "../base/dom.js";
import { explained } from "../state/glossary.js";
import { shortest } from "../scales/numbers.js";

/** @import {Parameter} from "../state/types.js" */

/**
 * @param {Parameter[]} hyperparameters  those that are told
 * @param {Record<string, number>} values
 * @param {(name: string) => string} symbolOf  MathML; "" where there is none
 */
export function settingText(hyperparameters, values, symbolOf) {
  const parts = hyperparameters.map(({ name, meaning }) =>
    h("span", { class: "ov-setting", title: explained(meaning) }, parsed(symbolOf(name)) ?? meaning, ` ${shortest(values[name])}`),
  );
  return h("span", { class: "ov-wrap ov-settings" }, ...parts);
}
