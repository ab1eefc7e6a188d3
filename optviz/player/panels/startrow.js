/** The row of the start point: its coordinates, to be typed. */

import { h } from "../base/dom.js";
import { around, numberField } from "../controls/numberfield.js";
import { outside } from "../scales/numbers.js";

/** @import {Part} from "../base/dom.js" */
/** @import {Store} from "../state/types.js" */

/** @param {Store} store @returns {Part} */
export function startRow(store) {
  const remark = (/** @type {number} */ value, /** @type {number} */ at) =>
    outside(value, at === 0 ? store.surface().x : store.surface().y, "the range of the surface");
  const rows = ["x", "y"].map((name, at) => {
    const take = (/** @type {number} */ value) =>
      store.change((race) => ({ ...race, start: at === 0 ? [value, race.start[1]] : [race.start[0], value] }));
    const element = around(`Start, ${name}`, "ov-row", h("i", {}, name));
    const number = numberField({ label: `Start, ${name}, number`, name: `start ${name}`, home: element, remark: (value) => remark(value, at), take });
    element.append(number.field, number.problem);
    return { element, update: () => number.show(store.race.start[at]) };
  });
  const words = h("span", { class: "ov-meaning ov-cut", title: "Where every optimizer begins; it can be dragged in the picture, too" }, "Start");
  return {
    element: h("div", { class: "ov-row ov-wrap ov-start-row" }, words, ...rows.map(({ element }) => element)),
    update: () => rows.forEach((row) => row.update()),
  };
}
