/** The symbols and equations of the catalogue in the notation that the user chose. */

/** @import {Store} from "./types.js" */

/**
 * @param {Store} store
 * @param {string} name  of a hyperparameter or parameter
 * @param {string} [rule]  slug of the rule that has it, whose equation may need another letter
 * @returns {string}  inline MathML; "" where the notation has no symbol for it
 */
export function symbolOf(store, name, rule) {
  const { notation: style } = store.view;
  const own = rule && store.rule(rule).symbols[style]?.[name];
  return own || (store.catalogue.notations.find(({ slug }) => slug === style)?.symbols[name] ?? "");
}

/**
 * @param {Store} store
 * @param {Record<string, string>} equations  MathML by notation
 * @returns {string}  MathML; the first notation's where the chosen one is missing
 */
export function equationOf(store, equations) {
  return equations[store.view.notation] ?? Object.values(equations)[0] ?? "";
}
