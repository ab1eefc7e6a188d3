"""A race as one file: all that it needs is in it, and no user's text ends what it stands in."""

from __future__ import annotations

import base64
import gzip
import json
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import Lane, Race, RaceError
from optviz.api import kernels, offline
from optviz.api.catalogue import catalogue
from optviz.link import View
from optviz.noise import draws
from tests.optviz.own_functions import dish

EVIL = "</script><!--<script>alert(1)</script> $packed"


class Read(HTMLParser):
    """What a browser makes of a page: its scripts by their number, and its title."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.title, self.comments = "", []
        self._within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        if tag == "script":
            assert "src" not in dict(attrs)
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script":
            self.scripts[-1] += data
        elif self._within == "title":
            self.title += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


@pytest.fixture(scope="module")
def race() -> Race:
    return Race("beale", [Lane("sgd", label=EVIL), Lane("adam")], seed=7, noise=0.1)


@pytest.fixture(scope="module")
def page(race) -> bytes:
    return offline.page(race)


def test_all_that_a_race_needs_is_in_it_and_is_what_the_server_has(race, page):
    read = Read(page.decode())
    assert len(read.scripts) == 2
    assert read.title == f"Beale: {race.lanes[0].label}, Adam"
    told: dict[str, Any] = json.loads(read.scripts[0])
    assert told["race"] == race.plain()
    parts = {
        name: gzip.decompress(base64.b64decode(part["data"]))
        for name, part in told["parts"].items()
    }
    assert parts["all.js"] == gzip.decompress(kernels.compressed("all", "beale"))
    assert parts["lines.js"] == gzip.decompress(kernels.compressed("lines", "all", "beale"))
    assert parts["catalogue.json"] == catalogue()
    ours = np.frombuffer(parts["draws"], "<f8").reshape(-1, 2)
    np.testing.assert_array_equal(ours, draws(len(ours), 7))
    # Nothing is left to be asked for.
    assert b"import.meta" not in parts["player.js"]
    (licences,) = read.comments
    for owner in ("The optviz authors", "Plotly", "SIL OPEN FONT LICENSE"):
        assert owner in licences


def test_it_is_small_and_the_same_each_time(race, page):
    assert len(page) < 2_000_000
    assert offline.page(race) == page


@given(st.text())
def test_no_text_ends_the_script_that_it_stands_in(text):
    within = offline.within_script({"label": text})
    assert "<" not in within
    assert json.loads(within) == {"label": text}


def test_what_is_of_no_catalogue_gets_a_sentence():
    with pytest.raises(RaceError, match="the catalogue's own surfaces"):
        offline.page(Race(dish, ["sgd"]))


def test_what_needs_a_server_is_not_shown_and_all_else_as_it_was():
    view = View(notation="ruder", chosen=1, show=("numbers", "basins", "space"), chart="finder")
    left = offline.without_server(view)
    assert left == View(notation="ruder", chosen=1, show=("numbers",), chart="loss")
    assert offline.without_server(View(chart="rate")) == View(chart="rate")
