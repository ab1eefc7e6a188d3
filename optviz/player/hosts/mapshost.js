/** The page of maps inside Streamlit. */

import { hosting } from "./streamlit.js";
import { mount } from "../maps/page.js";

export const host = hosting("maps", mount);
