/** The lessons page inside Streamlit. */

import { hosting } from "./streamlit.js";
import { loadPlotly } from "../base/load.js";
import { mount } from "../lessons/page.js";
import { plotly } from "./plotly.js";

/** @import {Said, Surroundings} from "../lessons/page.js" */

const warning = "The server does not answer. The race of this part goes on; other lessons wait until it is back.";

export const host = hosting("lessons", (root, /** @type {Omit<Said & Surroundings, "plotly">} */ said) => mount(root, { ...said, plotly }), {
  warning,
  ahead: () => loadPlotly(plotly.plane),
});
