"""The race page's script: it shows what the address says, and writes there what is chosen."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from app import SCRIPT
from optviz import SURFACES, link
from optviz.notation import NOTATIONS
from optviz.pages.hosted import NOT_ALL_USED
from optviz.race import DEFAULT, default_lanes
from optviz.suggestions import opening, suggested

QUERY = "surface=ravine&steps=70&lane=adam,lr:0.3,label:Mine&lane=sgd&notation=ruder&hidden=1"


@pytest.fixture
def visit() -> Callable[[str], AppTest]:
    """Run the page's script for a query."""

    def run(query: str) -> AppTest:
        page = AppTest.from_file(SCRIPT, default_timeout=60)
        for name, values in parse_qs(query, keep_blank_values=True).items():
            page.query_params[name] = values
        return page.run()

    return run


def told(page: AppTest) -> dict[str, Any]:
    """Return what the script tells the player."""
    protos: list[Any] = [e.proto for e in page.main if e.type == "bidi_component"]
    (component,) = [one for one in protos if one.component_name == "optviz_hosted"]
    return json.loads(component.json)


def address(page: AppTest) -> link.Link:
    """Return what the address bar means."""
    pairs = [(k, v if isinstance(v, list) else [v]) for k, v in page.query_params.items()]
    return link.read("&".join(f"{k}={one}" for k, values in pairs for one in values))


def test_without_a_link_the_script_shows_the_default_race(visit):
    page = visit("")
    assert not page.exception
    assert told(page)["race"] == DEFAULT.plain()
    assert told(page)["view"] == link.View(chosen=1).plain()
    assert told(page)["problems"] == []


def test_the_menus_offer_everything_and_show_what_is_chosen(visit):
    page = visit(QUERY)
    surface, notation = page.selectbox
    assert [text.partition(":")[0] for text in surface.options] == [
        one.name for one in SURFACES.values()
    ]
    for shown, one in zip(notation.options, NOTATIONS.values(), strict=True):
        assert shown.startswith(f"{one.name}: ")
    assert (surface.value, notation.value) == ("ravine", "ruder")


def test_the_player_is_told_the_links_race_and_view(visit):
    said = told(visit(QUERY))
    meant = link.read(QUERY)
    assert said["race"] == meant.race.plain()
    assert said["view"] == meant.view.plain()
    assert said["module"].startswith(said["base"] + "/player/")


def test_broken_parts_are_told_and_the_rest_is_shown(visit):
    page = visit("surface=rosenbrok&lane=adam,lr:fast&steps=60&x=1")
    assert not page.exception
    said = told(page)
    assert said["problems"][0] == NOT_ALL_USED
    assert len(said["problems"]) == 1 + 3
    assert (said["race"]["surface"], said["race"]["steps"]) == ("rosenbrock", 60)


@pytest.mark.parametrize("slug", ["beale", "goldstein_price"])
def test_a_link_of_a_surface_alone_brings_the_rates_that_suit_it(visit, slug):
    race = told(visit(f"surface={slug}"))["race"]
    rates = {lane["rule"]: lane["values"]["lr"] for lane in race["lanes"]}
    assert rates == {rule: suggested(rule, slug)["lr"] for rule in rates}
    assert rates != {rule: suggested(rule, "rosenbrock")["lr"] for rule in rates}
    assert tuple(rates) == opening(slug)


def test_who_has_chosen_nothing_sees_the_race_that_shows_another_surface_best(visit):
    page = visit("steps=60")
    page.selectbox(key="surface").select("saddle").run()
    assert [*address(page).race.lanes] == default_lanes(SURFACES["saddle"])
    page.selectbox(key="surface").select("ravine").run()
    assert [*address(page).race.lanes] == default_lanes(SURFACES["ravine"])
    assert address(page).race.steps == 60


def test_choosing_a_surface_writes_the_moved_race_into_the_address(visit):
    page = visit(
        f"lane=adam,lr:{suggested('adam', 'rosenbrock')['lr']}&lane=sgd,lr:0.0123&steps=60"
    )
    page.selectbox(key="surface").select("himmelblau").run()
    race = address(page).race
    assert race.surface == "himmelblau"
    assert race.start == SURFACES["himmelblau"].start
    assert race.steps == 60
    rates = [lane.values["lr"] for lane in race.lanes]
    assert rates == [suggested("adam", "himmelblau")["lr"], 0.0123]
    assert told(page)["race"] == race.plain()


def test_choosing_a_notation_changes_the_view_alone(visit):
    page = visit(QUERY)
    page.selectbox(key="notation").select("pytorch").run()
    assert address(page).view.notation == "pytorch"
    assert address(page).race == link.read(QUERY).race
    assert address(page).view.hidden == (1,)


def test_the_script_offers_the_link_and_the_program_of_the_race(visit):
    page = visit(QUERY)
    shared, program = (code.value for code in page.code)
    meant = link.read(QUERY)
    assert link.read(shared.partition("?")[2]) == meant
    assert program.strip() == meant.race.to_python().strip()


def test_who_looks_for_a_bowl_a_valley_or_a_saddle_finds_one(visit):
    """The menu's search goes through what it shows."""
    shown = visit("").selectbox(key="surface").options
    for sought, found in (("bowl", "Booth"), ("valley", "Rosenbrock"), ("saddle", "Monkey saddle")):
        assert any(sought in name.lower() and name.startswith(found) for name in shown), sought
    assert "Saddle" in shown
