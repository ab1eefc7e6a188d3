"""The maps page's script: its link, and the way to it and from it."""

from __future__ import annotations

import itertools
import json
from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from optviz import SURFACES, Lane, Race
from optviz.pages import maps
from optviz.pages.hosted import NOT_ALL_USED
from optviz.pages.maps import CHOICES, PAGE, USUAL, read
from optviz.race import DEFAULT
from optviz.suggestions import starting

RACE = "surface=ravine&steps=70&lane=adam,lr:0.3,label:Mine&lane=sgd"


SCRIPT = """
import streamlit as st
from optviz.pages.maps import PAGE

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


def address(page: AppTest) -> maps.MapsLink:
    """Return what the address bar means."""
    pairs = [(k, v if isinstance(v, list) else [v]) for k, v in page.query_params.items()]
    return read("&".join(f"{k}={one}" for k, values in pairs for one in values))


def test_a_link_holds_race_and_look():
    race = maps.links.read(RACE)
    for words in itertools.product(*(words for words, _ in CHOICES.values())):
        chosen = dict(zip(CHOICES, words, strict=True))
        link = maps.MapsLink(race, chosen)
        assert read(link.query()) == link
        said = [f"{name}={word}" for name, word in chosen.items() if word != CHOICES[name][0][0]]
        assert link.query() == "&".join([race.query(), *said])


def test_broken_parts_are_told_and_the_rest_is_shown():
    page = visit(f"{RACE}&over=start&sort=robust&color=red&who=race&lane=nope")
    assert not page.exception
    said = told(page)
    first, *others = said["problems"]
    assert first == NOT_ALL_USED
    assert len(others) == 3
    assert all(sentence.startswith("There is no ") for sentence in others)
    assert "Did you mean 'starts'?" in " ".join(said["problems"])
    assert {name: said["view"][name] for name in CHOICES} == USUAL | {"who": "race"}
    assert said["race"] == Race.from_query(RACE).plain()
    assert said["home"] == said["base"].removesuffix("api")


def test_the_way_to_the_maps_and_back_keeps_the_race():
    """Lanes that somebody has chosen are shown; else all of the catalogue."""
    own = Race.from_query(RACE)
    for race, who in ((own, "race"), (DEFAULT, "all")):
        query = PAGE.query_of(race)
        assert PAGE.race_of(query) == race
        assert read(query).look == USUAL | {"who": who}
        assert read(query).problems == ()


def test_choosing_a_surface_moves_the_race_and_keeps_the_look():
    page = visit(
        Race(
            "rosenbrock", [Lane("adam", label="", **starting("adam", "rosenbrock"))], steps=60
        ).to_query()
        + "&over=rate&color=loss"
    )
    page.selectbox(key="surface").select("himmelblau").run()
    moved = address(page)
    assert moved.look == USUAL | {"over": "rate", "color": "loss"}
    assert moved.link.race == Race(
        "himmelblau", [Lane("adam", label="", **starting("adam", "himmelblau"))], steps=60
    )
    assert moved.link.race.start == SURFACES["himmelblau"].start
    assert told(page)["race"] == moved.link.race.plain()


def test_the_link_to_share_is_that_of_the_page():
    (shared,) = (code.value for code in visit(f"{RACE}&over=own").code)
    assert read(shared.partition("?")[2]) == read(f"{RACE}&over=own")
