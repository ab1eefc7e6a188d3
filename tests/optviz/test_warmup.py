"""The warm-up computes what the player will ask for, so that no visitor waits for a compilation."""

from __future__ import annotations

import re
import threading

import pytest

from optviz import SURFACES, Surface, pointwise
from optviz.api import assets, warmup
from optviz.comparison.experiment import FIRST
from optviz.heights import heights
from optviz.maps.sweep import START
from optviz.programs import Programs
from optviz.race import DEFAULT, Race, default_lanes

CONTOUR = (assets.PLAYER / "picture" / "contour.js").read_text()
KERNELS = (assets.PLAYER / "live" / "kernels.js").read_text()
LIVE_MAP = "".join(
    (assets.PLAYER / name).read_text() for name in ("live/livemaps.js", "server/mapquery.js")
)


def constant(name):
    """Return a number that the player's contour declares, once."""
    (number,) = re.findall(rf"^const {name} = (\d+);$", CONTOUR, re.MULTILINE)
    return int(number)


def declared(name):
    """Return the number of cells along a side that the player's maps begin with."""
    (number,) = re.findall(rf"^(?:export )?const {name} = \[?(\d+)", LIVE_MAP, re.MULTILINE)
    return int(number)


def fetched_ahead():
    """Return what the player fetches ahead of a surface, as its code says it."""
    (listed,) = re.findall(r"^    for \(const name of \[(.*)\]\) \{$", KERNELS, re.MULTILINE)
    return [address.strip("` ") for address in listed.split(",")]


@pytest.fixture
def asked(monkeypatch):
    """Record the races and grids that are computed, instead of computing them."""
    races: list[Race] = []
    grids: list[tuple] = []
    inspections: list[tuple] = []
    maps: list[tuple] = []
    for kind, note in {
        warmup.RaceAsked: lambda one, _: races.append(one.race),
        warmup.SurfaceAsked: lambda one, _: grids.append((one.surface.slug, one.n)),
        warmup.InspectionAsked: lambda one, _: inspections.append((one.race, one.lane)),
        warmup.MapAsked: lambda one, _: maps.append(
            (one.race, one.lane, one.over, (one.x, one.y), one.n)
        ),
    }.items():
        monkeypatch.setattr(kind, "answer", note)
    verdicts: list[tuple] = []
    monkeypatch.setattr(warmup, "verdict", lambda *one: verdicts.append(one[:-1]))
    # Freezing would keep the tests' own objects for ever.
    monkeypatch.setattr(warmup, "freeze", lambda: None)
    return races, grids, inspections, maps, verdicts


@pytest.fixture(scope="module")
def player():
    """The points along a side that the player asks for: while a shape is dragged, and at rest."""
    return constant("COARSE"), constant("FINE")


def test_the_players_grids_are_one_program(player, monkeypatch):
    """What is made ready for the coarse one does for the fine one, too."""
    programs = Programs()
    monkeypatch.setattr(pointwise, "PROGRAMS", programs)
    bowl = Surface.of(lambda x, y: x**2 + 3 * y**2)
    for n in player:
        heights(bowl, {}, bowl.x, bowl.y, n)
    assert len(programs) == 1


def test_the_first_visitors_race_and_grids_are_ready(asked, player):
    races, grids, *_ = asked
    warmup.warm_up()
    assert races == [DEFAULT]
    assert grids == [(DEFAULT.surface, player[0])]


def test_every_surface_is_made_ready_at_the_grid_that_the_player_asks_for_first(asked, player):
    races, grids, *_ = asked
    warmup.warm_up_rest(threading.Event())
    expected = [Race(slug, default_lanes(one)) for slug, one in SURFACES.items()]
    assert races == expected
    assert grids == [(race.surface, player[0]) for race in expected]


def test_the_lanes_of_the_first_race_can_be_inspected_at_once(asked):
    _, _, inspections, *_ = asked
    warmup.warm_up_rest(threading.Event())
    assert inspections == [(DEFAULT, lane) for lane in range(len(DEFAULT.lanes))]


@pytest.mark.usefixtures("asked")
def test_what_pages_fetch_ahead_of_the_first_surface_is_printed_before(monkeypatch):
    printed: list[str] = []
    keep = lambda *names: printed.append("/".join(names))  # noqa: E731
    monkeypatch.setattr(warmup.kernels, "compressed", keep)
    warmup.warm_up_rest(threading.Event())
    slug = DEFAULT.surface
    ahead = {address.replace("${surface}", slug) for address in fetched_ahead()}
    assert ahead == {f"all/{slug}", f"lines/all/{slug}"}
    assert {*printed[:2]} == ahead


def test_the_start_maps_of_the_first_race_are_ready_coarse_and_fine(asked):
    *_, maps, _ = asked
    warmup.warm_up_rest(threading.Event())
    lanes = range(len(DEFAULT.lanes))
    sizes = [declared("COARSE"), declared("FINE")]
    assert maps == [(DEFAULT, k, START, (None, None), n) for k in lanes for n in sizes]


def test_the_first_comparison_is_judged_before_anyone_asks(asked):
    *_, verdicts = asked
    warmup.warm_up_rest(threading.Event())
    assert verdicts == [(FIRST, rule) for rule in FIRST.rules]


def test_the_warm_up_ends_when_it_is_told_to(asked, monkeypatch):
    races, *_ = asked
    stopped = threading.Event()

    def third(one, _):
        races.append(one.race)
        if len(races) == 3:
            stopped.set()

    monkeypatch.setattr(warmup.RaceAsked, "answer", third)
    warmup.warm_up_rest(stopped)
    assert len(races) == 3


def test_the_warm_up_in_the_background_is_over_when_it_is_left():
    begun, ended = threading.Event(), threading.Event()

    def work(stopped):
        begun.set()
        stopped.wait()
        ended.set()

    with warmup.in_background(work):
        assert begun.wait(30)
        assert not ended.is_set()
    assert ended.is_set()
