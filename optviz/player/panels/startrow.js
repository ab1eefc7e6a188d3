/** The row of the start point: its coordinates, to be typed. */

import { h } from "../base/dom.js";
import { numberField } from "../controls/numberfield.js";

/** @import {Part} from "../base/dom.js" */
/** @import {Store} from "../state/types.js" */

/** @param {Store} store @returns {Part} */
export function startRow(store) {
  const rows = ["x", "y"].map((name, at) => {
    const take = (/** @type {number} */ value) =>
      store.change((race) => ({ ...race, start: at === 0 ? [value, race.start[1]] : [race.start[0], value] }));
    const number = numberField({ label: `Start, ${name}, number`, name: `start ${name}`, take });
    return { update: () => number.show(store.race.start[at]), nodes: [h("i", {}, name), number.field, number.problem] };
  });
  const words = h("span", { class: "ov-meaning ov-cut" }, "Start");
  return {
    element: h("div", { class: "ov-row ov-wrap ov-start-row" }, words, ...rows.flatMap((row) => row.nodes)),
    update: () => rows.forEach((row) => row.update()),
  };
}
