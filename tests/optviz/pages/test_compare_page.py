"""The compare page's script: its link, what it tells the browser, the way to it and from it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from optviz import RULES, SURFACES, Lane, Race
from optviz.comparison.experiment import FIRST, Comparison
from optviz.pages.compare import PAGE, SORTS, CompareLink, read
from optviz.pages.hosted import NOT_ALL_USED
from optviz.race import DEFAULT

QUERY = "surface=ravine&shape=condition:9,rotation:5&rules=adam,lion&trials=8&sort=-works"
SCRIPT = """
import streamlit as st
from optviz.pages.compare import PAGE

PAGE.show(st.container())
"""


def visit(query: str) -> AppTest:
    page = AppTest.from_string(SCRIPT, default_timeout=60)
    for name, values in parse_qs(query).items():
        page.query_params[name] = values
    return page.run()


def told(page: AppTest) -> dict:
    """Return what the script tells the browser module."""
    protos: list[Any] = [e.proto for e in page.main if e.type == "bidi_component"]
    (component,) = [one for one in protos if one.component_name == "optviz_hosted"]
    return json.loads(component.json)


def test_without_a_link_the_page_shows_the_first_comparison():
    page = visit("")
    assert not page.exception
    assert told(page)["comparison"] == FIRST.plain()
    assert (told(page)["sort"], told(page)["problems"]) == ("rank", [])


def test_a_link_holds_the_comparison_and_the_order():
    link = read(QUERY)
    assert read(link.query()) == link
    assert link.comparison.shape == {"condition": 9, "rotation": 5}
    for sort in SORTS:
        for order in (sort, f"-{sort}"):
            assert read(CompareLink(FIRST, order).query()).sort == order
    assert "sort" not in CompareLink(FIRST).query()


def test_broken_parts_are_told_and_the_rest_is_shown():
    page = visit("surface=saddle&rules=adam,adom&trials=9&sort=quality&x=1")
    assert not page.exception
    said = told(page)
    assert said["problems"][0] == NOT_ALL_USED
    assert len(said["problems"]) == 1 + 4
    assert said["comparison"] == Comparison("rosenbrock", ["adam"], trials=9).plain()


def test_the_menu_offers_what_can_be_compared_on_and_keeps_the_budget():
    page = visit(QUERY)
    (menu,) = page.selectbox
    assert menu.options == [one.name for one in SURFACES.values() if one.minima]
    menu.select("booth").run()
    words = {n: [one] if isinstance(one, str) else one for n, one in page.query_params.items()}
    assert words["surface"] == ["booth"]
    assert "shape" not in words
    kept = [words[name] for name in ("rules", "trials", "sort")]
    assert kept == [["sgd,adam,lion"], ["8"], ["-works"]]


def test_the_script_offers_the_link_and_the_command():
    shared, command = (code.value for code in visit(QUERY).code)
    assert read(shared.partition("?")[2]) == read(QUERY)
    asked = command.split('"')[1]
    assert Comparison.from_query(asked) == read(QUERY).comparison


def test_a_race_brings_its_surface_shape_and_rules():
    race = Race("ravine", [Lane("adam"), Lane("adam", lr=1), Lane("lion")], shape={"condition": 9})
    link = read(PAGE.query_of(race))
    assert link.problems == ()
    assert link.comparison.rules == ("sgd", "adam", "lion")
    assert link.comparison.shape == race.shape
    assert link.comparison.trials == FIRST.trials
    assert read(PAGE.query_of(DEFAULT)).comparison == FIRST
    back = PAGE.race_of(link.query())
    assert (back.surface, back.shape) == ("ravine", race.shape)
    assert [lane.rule for lane in back.lanes] == ["sgd", "adam", "lion"]
    assert PAGE.race_of("") == DEFAULT


@pytest.mark.parametrize("slug", [slug for slug, one in SURFACES.items() if not one.minima])
def test_a_race_where_nothing_can_be_compared_brings_a_sentence(slug):
    link = read(PAGE.query_of(Race(slug, ["adam", *RULES])))
    assert "has no known minimum to arrive at" in " ".join(link.problems)
    assert link.comparison.surface == "rosenbrock"


def test_the_link_says_whether_every_surface_is_compared_on():
    link = read(f"{QUERY}&everywhere=1")
    assert link.everywhere
    assert read(link.query()) == link
    assert "everywhere" not in read(QUERY).query()
    assert "everywhere is 1 or 0" in read(f"{QUERY}&everywhere=yes").problems[0]
