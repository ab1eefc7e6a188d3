/** The player inside a Streamlit page. */

import { hosting } from "./streamlit.js";
import { mount } from "../race/page.js";

/** @import {Options} from "../race/page.js" */

const plotly = new URL("../plotly.min.js", import.meta.url).href;

export const host = hosting("race", (root, /** @type {Omit<Options, "plotly">} */ said) => mount(root, { ...said, plotly }));
