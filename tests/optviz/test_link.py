"""The address bar holds a race and how it is looked at."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import RULES, SURFACES, Lane, Race
from optviz.link import CHARTS, NOTHING, ORDERS, PARTS, SHOWN, Link, View, encode_view, read
from optviz.notation import NOTATIONS
from optviz.race import DEFAULT
from optviz.suggestions import opening, starting

RACE = Race("beale", [Lane(slug) for slug in ("sgd", "momentum", "adam", "newton")])
VIEWS = st.builds(
    View,
    notation=st.sampled_from([*NOTATIONS]),
    chosen=st.integers(0, 3),
    linked=st.booleans(),
    hidden=st.sets(st.integers(0, 3)).map(lambda hidden: tuple(sorted(hidden))),
    show=st.sets(st.sampled_from(SHOWN)).map(lambda show: tuple(sorted(show, key=SHOWN.index))),
    chart=st.sampled_from(CHARTS),
    order=st.sampled_from(ORDERS),
    only=st.one_of(
        st.just((NOTHING,)),
        st.sets(st.sampled_from(PARTS)).map(lambda only: tuple(sorted(only, key=PARTS.index))),
    ),
    ask=st.sampled_from(["", "Why?", "Why, & how?\nWhat is \u03b1 = 100 %?"]),
)


@pytest.mark.parametrize("part", ["chart=los", "show=arows,numbers", "notation=boook", "only=rats"])
def test_what_is_unknown_in_a_view_gets_a_sentence_and_the_rest_is_kept(part):
    link = read(f"surface=beale&linked=1&{part}")
    assert link.view.linked
    assert link.view.show == (("numbers",) if "show" in part else ())
    assert (link.view.chart, link.view.notation) == ("loss", "book")
    assert len(link.problems) == 1
    assert "Did you mean" in link.problems[0]


@given(VIEWS)
def test_a_view_survives_its_link(view):
    assert read(Link(RACE, view).query()) == Link(RACE, view)
    assert read("?" + Link(RACE, view).query()) == Link(RACE, view)


@given(VIEWS)
def test_a_view_survives_as_plain_data(view):
    query = "&".join(filter(None, [RACE.to_query(), encode_view(view.plain())]))
    assert query == Link(RACE, view).query()


def test_an_empty_link_is_the_default():
    assert read("") == Link(DEFAULT, View(chosen=1))


@pytest.mark.parametrize("slug", SURFACES)
def test_where_nobody_names_lanes_one_with_momentum_is_looked_at(slug):
    link = read(f"surface={slug}")
    assert "alpha" in link.race.lanes[link.view.chosen].values
    assert read(f"surface={slug}&chosen=0").view.chosen == 0
    # As soon as a page has written the lanes, the first one is chosen unless another is named.
    assert read(Race(slug, link.race.lanes).to_query()).view.chosen == 0
    assert read(link.query()) == link


@pytest.mark.parametrize("slug", SURFACES)
def test_a_link_without_lanes_gets_them_at_the_rates_of_its_surface(slug):
    found = read(f"surface={slug}")
    assert found.problems == ()
    assert found.race.start == SURFACES[slug].start
    assert tuple(lane.rule for lane in found.race.lanes) == opening(slug)
    for lane in found.race.lanes:
        assert lane.values == starting(lane.algorithm.slug, slug)


def test_other_surfaces_have_other_rates():
    """Else the test above could not tell whose rates a link got."""
    rates = {slug: [starting(rule, slug)["lr"] for rule in RULES] for slug in SURFACES}
    alike = [slug for slug in SURFACES if rates[slug] == rates["rosenbrock"]]
    assert alike == ["rosenbrock"]


def test_what_is_as_usual_is_left_out():
    assert encode_view(View().plain()) == ""
    assert Link(RACE, View()).query() == RACE.to_query()


def test_a_link_reads_well():
    view = View("ruder", 1, linked=True, hidden=(0, 2))
    assert encode_view(view.plain()) == "notation=ruder&chosen=1&linked=1&hidden=0,2"


@pytest.mark.parametrize(
    ("query", "view", "says"),
    [
        ("notation=ruderr", View(), "Did you mean 'ruder'?"),
        ("chosen=9", View(), "The link speaks of lanes '9', but the race has 4."),
        ("hidden=1,9", View(hidden=(1,)), "the race has 4."),
        ("chosen=-1", View(), "The link speaks of lanes '-1'"),
        ("chosen=x", View(), "The link speaks of lanes 'x'"),
        ("hidden=" + "9" * 5000, View(), "but the race has 4."),
        ("chosen=%00", View(), "The link speaks of lanes '\\x00'"),
        ("stepps=3", View(), "Did you mean 'steps'?"),
        ("Notation=ruder", View(), "Did you mean 'notation'?"),
        ("linked=yes", View(), "linked is 1 or 0, not 'yes'."),
    ],
)
def test_a_broken_part_falls_back_and_says_so(query, view, says):
    link = read(f"{RACE.to_query()}&{query}")
    assert (link.race, link.view) == (RACE, view)
    (problem,) = link.problems
    assert says in problem
    assert len(problem) < 300


@given(st.text() | st.text("notation=chosenlikdh&0123,%-", max_size=40))
def test_any_text_gives_a_link(text):
    link = read(text)
    assert read(link.query()) == Link(link.race, link.view)


def test_a_link_with_a_former_notation_means_the_one_of_today():
    link = read("surface=beale&lane=sgd&notation=library")
    assert link.view.notation == "pytorch"
    assert not link.problems


def test_a_second_chart_is_one_of_lines():
    assert read("lane=sgd&second=rate").view.second == "rate"
    link = read("lane=sgd&second=map")
    assert link.view.second == ""
    assert "no chart of lines 'map'" in link.problems[0]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("", {*PARTS}),
        ("only=", {*PARTS}),
        ("only=start,rates", {"start", "rates"}),
        ("only=nothing", set()),
        ("only=nothing,start", {"start"}),
    ],
)
def test_a_link_leaves_all_to_its_reader_or_what_it_says(said, left):
    view = read(f"surface=beale&{said}").view
    assert {part for part in PARTS if view.leaves(part)} == left


def test_questions_are_lines_and_too_many_are_left_out_with_a_sentence():
    link = read("surface=beale&ask=" + quote(" Why? \n\n  How   far? "))
    assert (link.view.ask, link.problems) == ("Why?\nHow far?", ())
    for asked in ("\n".join("abcdefghijklm"), "a" * 2001):
        link = read("surface=beale&ask=" + quote(asked))
        assert link.view.ask == ""
        (problem,) = link.problems
        assert problem.startswith("A link asks at most 12 questions of 2000 characters")
