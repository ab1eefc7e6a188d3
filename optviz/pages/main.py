"""The Streamlit script: the pages and how to move between them."""

import streamlit as st

from optviz.pages import race

st.set_page_config(page_title="optviz", page_icon=":material/conversion_path:", layout="wide")
st.navigation([st.Page(race.page, title="Race", default=True)], position="hidden").run()
