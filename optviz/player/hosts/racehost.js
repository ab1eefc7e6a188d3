/** The player inside a Streamlit page. */

import { hosting } from "./streamlit.js";
import { loadPlotly } from "../base/load.js";
import { mount } from "../race/page.js";
import { plotly } from "./plotly.js";
import { viewQuery } from "../state/query.js";

/** @import {Options} from "../race/page.js" */

const warning = "The server does not answer. Sliders, start and play go on; what it computes, such as another surface, what Share offers or a fine map, waits until it is back.";

export const host = hosting("race", (root, /** @type {Omit<Options, "plotly">} */ said) => mount(root, { ...said, plotly }), {
  warning,
  ahead: () => loadPlotly(plotly.plane),
  addressOf: ({ query, view }) => [query, viewQuery(view)].filter(Boolean).join("&"),
});
