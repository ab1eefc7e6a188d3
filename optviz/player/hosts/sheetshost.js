/** The page that reads lab sheets, inside Streamlit. */

import { hosting } from "./streamlit.js";
import { mount } from "../sheets/page.js";

export const host = hosting("sheets", mount);
