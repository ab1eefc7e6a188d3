"""The Streamlit script: the pages and how to move between them."""

from pathlib import Path

import streamlit as st

from optviz.pages import race

st.set_page_config(page_title="optviz", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide")
st.html(Path(__file__).with_name("page.css"))
st.navigation([st.Page(race.page, title="Race", default=True)], position="hidden").run()
