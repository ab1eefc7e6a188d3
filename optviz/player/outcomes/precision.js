/** Says of a map who has made it, and in which precision, where that is not the server in double. */

import { h } from "../base/dom.js";

/** @import {MapReply} from "../state/types.js" */

const SINGLE = "in single precision, with seven digits: where rounding decides, a cell may end elsewhere than its race, which has sixteen";
const OWN = "Of places it knows those that are listed for the surface; cells that rest elsewhere are not told from those on their way. When nothing is dragged, the server is asked for its own map.";

/** @param {Pick<MapReply, "precision" | "own">} map */
export function precisionNote({ precision, own }) {
  const single = precision === "float32";
  if (!single && !own) return null;
  const text = [...(single ? ["float32"] : []), ...(own ? ["made here"] : [])].join(", ");
  const how = `Computed ${own ? "in this browser" : "by the server"}${single ? `, ${SINGLE}` : ""}.${own ? ` ${OWN}` : ""}`;
  return h("abbr", { class: "ov-precision", title: how }, text, h("span", { class: "ov-hidden" }, `: ${how}`));
}

/** What the note depends on. @param {Pick<MapReply, "precision" | "own">} map */
export function precisionKey({ precision, own }) {
  return `${precision} ${own ?? false}`;
}
