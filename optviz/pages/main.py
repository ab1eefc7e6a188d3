"""The Streamlit script: the pages and how to move between them."""

from pathlib import Path

import streamlit as st

from optviz.pages import compare, lessons, maps, navigation, race, sheets
from optviz.pages.reruns import TURN
from optviz.watch import figures

HERE = Path(__file__).parent

with TURN, figures.RERUNS.time():
    st.set_page_config(layout="wide")
    st.html(HERE / "page.css")
    navigation.run([race.PAGE, maps.PAGE, compare.PAGE, lessons.PAGE, sheets.PAGE])
