/** The compare page inside Streamlit. */

import { hosting } from "./streamlit.js";
import { mount } from "../compare/page.js";

export const host = hosting("compare", mount);
