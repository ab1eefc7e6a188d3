"""The bar above every page: the way between the pages, and room for what a page offers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optviz.race import Race


@dataclass(frozen=True)
class Page:
    """A page, and how a race is taken to it and from it.

    `data` is what a query says to `host`, a module of the player's `hosts/`. `show` draws the page,
    with its own offers into the bar that it is given; `race_of` returns the race that a query of
    this page is about, `query_of` the query with which this page is about a race. One that is
    not `listed` is found by a link alone.
    """

    title: str
    path: str
    host: str
    data: Callable[[str], dict[str, Any]]
    show: Callable[[DeltaGenerator], None]
    race_of: Callable[[str], Race]
    query_of: Callable[[Race], str]
    listed: bool = True


def run(pages: Sequence[Page]) -> None:
    """Show the page of the address bar; the first of `pages` is that of the bare address."""
    bar = st.container(horizontal=True, vertical_alignment="center", key="bar")
    ways = [
        st.Page(
            partial(page.show, bar), title=page.title, url_path=page.path, default=page is pages[0]
        )
        for page in pages
    ]
    here = st.navigation(ways, position="hidden")
    st.set_page_config(page_title=f"{here.title} - optviz")
    bar.html(f'<h1 aria-label="optviz: {here.title}">optviz</h1>', width="content")
    if len(pages) > 1:
        _ways(bar, pages, ways, ways.index(here))
    here.run()


def _ways(bar: DeltaGenerator, pages: Sequence[Page], ways: Sequence[st.Page], here: int) -> None:
    """Offer the pages by name; each is then about the race that is seen here."""
    race = pages[here].race_of(address())
    with bar.container(horizontal=True, width="content", key="ways"):
        for index, (page, way) in enumerate(zip(pages, ways, strict=True)):
            if index == here:
                st.html(f'<span aria-current="page">{page.title}</span>', width="content")
            elif page.listed:
                st.page_link(way, label=page.title, query_params=parse_qsl(page.query_of(race)))


def address() -> str:
    """Return the query string of the address bar."""
    parameters = st.query_params
    return urlencode([(name, value) for name in parameters for value in parameters.get_all(name)])


def go(query: str) -> None:
    """Put the query into the address bar, which is where a page's state lives."""
    st.query_params.from_dict(parse_qs(query))
