"""Every cell of a map is the race from there, or the race with those values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optviz import RULES, SURFACES, Change, Lane, Race, RaceError, run
from optviz.maps import sweep
from optviz.maps.grids import DIVERGED, RUNNING, run_map
from optviz.proceed import StoppedError
from optviz.suggestions import suggested

STEPS = 80
SIDE = 5
LANE = 1  # behind another, so that a mix-up of lanes shows
# Every map is a program to compile: hyperparameters of every rule, starts of one of every kind.
KINDS = ("sgd", "nesterov", "adagrad", "adam", "rprop", "polyak", "newton", "bfgs")


def race_of(slug: str, surface: str = "himmelblau", steps: int = STEPS, **options: Any) -> Race:
    lanes = [Lane("sgd", lr=1e-5), Lane(slug, label="", **suggested(slug, surface))]
    return Race(surface, lanes, steps=steps, **options)


def raced(race: Race, start=None, **values):
    """Return status and end of the race's lane from another start, with other values."""
    own = race.lanes[LANE]
    lanes = [race.lanes[0], Lane(own.rule, **{**own.values, **values})]
    other = Race(
        race.surface,
        lanes,
        start or race.start,
        race.steps,
        race.schedule,
        race.noise,
        race.seed,
        changes=race.changes,
    )
    done = run(other)
    return done.status[LANE], done.theta[LANE, -1], done.loss[LANE, -1]


def assert_cell(chart, row, column, done):
    status, end, loss = done
    assert chart.state(row, column) == (status.state, status.step)
    if status.state == "diverged":
        assert np.isnan(chart.loss[row, column])
    else:
        np.testing.assert_allclose(chart.end[row, column], end, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(chart.loss[row, column], loss, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("slug", KINDS)
def test_every_cell_of_a_start_map_is_the_race_from_there(slug):
    race = race_of(slug)
    chart = run_map(race, LANE, n=SIDE, dtype=np.float64)
    for row, y in enumerate(chart.y):
        for column, x in enumerate(chart.x):
            assert_cell(chart, row, column, raced(race, (x, y)))


# Each third rule: what a map does with values does not depend on whose they are.
@pytest.mark.parametrize("slug", [*RULES][::3])
def test_every_cell_of_a_hyperparameter_map_is_the_race_with_those_values(slug):
    """With a schedule, noise, and a change in mid-run, which are the same for all cells."""
    changes = [Change(40, LANE, lr=1e-3)]
    # With a wrong lowest loss Polyak's steps leap about, and magnify rounding tenfold in each.
    steps = 50 if slug == "polyak" else STEPS
    race = race_of(slug, steps=steps, schedule="cosine", noise=1e-3, seed=3, changes=changes)
    names = [*RULES[slug].hyperparameters]
    axes = tuple([*names, "x"][:2])
    chart = run_map(race, LANE, axes, n=SIDE, dtype=np.float64)
    for row, second in enumerate(chart.y):
        for column, first in enumerate(chart.x):
            values = dict(zip(axes, (first, second), strict=True))
            start = (values.pop("x", race.start[0]), race.start[1])
            status, end, _ = raced(race, start, **values)
            assert chart.state(row, column)[0] == status.state
            if status.state != "diverged":
                # The same operations in another order: where a path hops, that is magnified.
                np.testing.assert_allclose(chart.end[row, column], end, rtol=1e-4, atol=1e-4)


def test_a_start_far_outside_has_the_bounds_of_a_race_from_there():
    race = race_of("momentum", "ravine")
    chart = run_map(race, LANE, x=(-900.0, 900.0), y=(-3.0, 2.0), n=SIDE, dtype=np.float64)
    for row, y in enumerate(chart.y):
        for column, x in enumerate(chart.x):
            assert_cell(chart, row, column, raced(race, (x, y)))


def test_float32_tells_nearly_always_the_same():
    race = race_of("adam", steps=300)
    single, double = (run_map(race, LANE, n=48, dtype=d) for d in (np.float32, np.float64))
    assert (single.place == double.place).mean() > 0.99
    assert (np.abs(single.step - double.step) <= 1).mean() > 0.99


def test_a_map_in_tiles_is_the_same_map(monkeypatch):
    race = race_of("adam")
    whole = run_map(race, LANE, n=20)
    monkeypatch.setattr(sweep, "TILES", {"cpu": (64,)})
    done = []
    tiled = run_map(race, LANE, n=20, proceed=lambda cells: done.append(cells) or True)
    for name in ("place", "step", "end", "loss"):
        np.testing.assert_array_equal(getattr(tiled, name), getattr(whole, name))
    assert done[0] == 0
    assert done[-1] == 400
    assert done == sorted(done)
    assert len(done) > 3


def test_a_map_that_nobody_wants_any_more_stops(monkeypatch):
    monkeypatch.setattr(sweep, "TILES", {"cpu": (64,)})
    told = []
    with pytest.raises(StoppedError):
        run_map(race_of("adam"), LANE, n=50, proceed=lambda cells: told.append(cells) or cells < 64)
    assert told[0] == 0
    assert all(cells < 64 for cells in told[:-1])
    assert 64 <= told[-1] < 2500


def test_other_numbers_compile_nothing(probe):
    lane = Lane("adam", lr=0.05)
    race = Race(probe.surface, [lane], steps=100)
    run_map(race, n=8)
    run_map(race, 0, ("lr", "rho1"), n=8)
    before = probe.traces
    other = Race(
        probe.surface,
        [Lane("adam", lr=0.01, rho2=0.9)],
        (0.3, 0.4),
        150,
        "cosine",
        shape={"mix": 0.2},
    )
    run_map(other, n=9, x=(-3, 3))
    run_map(other, 0, ("lr", "rho1"), n=9)
    assert probe.traces == before


def test_both_minima_of_the_double_well_have_their_half():
    """The well is the same on both sides, and a small step never crosses the ridge between."""
    race = Race("double_well", [Lane("sgd", lr=0.01)], steps=800)
    chart = run_map(race, n=40)
    names = np.array([place.point[0] for place in chart.places if place.point])
    side = np.sign(names[chart.place])
    np.testing.assert_array_equal(side, np.broadcast_to(np.sign(chart.x), side.shape))
    np.testing.assert_array_equal(chart.place[:, ::-1], chart.place ^ 1)
    np.testing.assert_array_equal(chart.step[:, ::-1], chart.step)


def test_basins_of_himmelblau_are_those_of_the_gradients_flow():
    """Small steps follow the flow dp/dt = -grad f: integrate it densely and compare."""
    surface = SURFACES["himmelblau"]
    chart = run_map(Race("himmelblau", [Lane("sgd", lr=5e-4)], steps=3000), n=32)
    x, y = np.meshgrid(chart.x, chart.y)
    for _ in range(12_000):
        u, v = x * x + y - 11, x + y * y - 7
        x, y = x - 1e-4 * (4 * x * u + 2 * v), y - 1e-4 * (2 * u + 4 * y * v)
    gaps = [np.hypot(x - a, y - b) for a, b in surface.minima]
    assert np.max(np.min(gaps, axis=0)) < 0.1
    agrees = chart.place == np.argmin(gaps, axis=0)
    # Cells on a border of two basins may fall to either side.
    assert agrees.mean() > 0.99


def test_places_that_no_list_names_are_found():
    """Rastrigin declares its global minimum only; momentum ends in many of the others."""
    chart = run_map(Race("rastrigin", [Lane("momentum", lr=5e-4)], steps=500), n=64)
    assert len(chart.places) > 50
    points = np.array([place.point for place in chart.places if "minimum" in place.kind])
    # They lie near whole numbers, pulled towards the origin.
    np.testing.assert_allclose(points, np.round(points), atol=0.12)
    assert len(np.unique(np.round(points), axis=0)) == len(points)
    assert (chart.place >= 0).mean() > 0.99


def test_what_stands_still_without_a_minimum_is_not_called_arrived():
    chart = run_map(Race("saddle", [Lane("sgd", lr=0.01)], steps=50), n=21)
    assert (chart.place == RUNNING).any()
    middle = 10, 10
    assert chart.places[chart.place[middle]].kind == "saddle"
    assert chart.state(*middle) == ("running", None)


@pytest.mark.parametrize("condition", [10.0, 40.0])
@pytest.mark.parametrize(
    ("slug", "other", "limit"),
    [("sgd", "x", lambda _: 2.0), ("momentum", "alpha", lambda alpha: 2 * (1 + alpha))],
)
def test_on_the_ravine_the_border_of_divergence_is_theorys(slug, other, limit, condition):
    race = Race("ravine", [Lane(slug)], (1.0, 2.0), 3000, shape={"condition": condition})
    # Away from the axis across, where a start does not feel the steep direction.
    up = (1.0, 3.0) if other == "x" else (0.0, 0.95)
    chart = run_map(race, 0, ("lr", other), (1e-3, 1.0), up, 64)
    rates = np.array([limit(value) / condition for value in chart.y])
    lost = chart.place == DIVERGED
    for row, rate in enumerate(rates):
        border = chart.x[lost[row]].min()
        ratio = chart.x[1] / chart.x[0]
        assert rate / ratio <= border <= rate * ratio, (other, chart.y[row])


@pytest.mark.parametrize(
    ("axes", "words"),
    [
        (("lr", "lr"), "two different axes"),
        (("lr",), "two different axes"),
        (("lr", "aplha"), "Did you mean 'alpha'"),
    ],
)
def test_axes_that_a_lane_has_not_get_a_sentence(axes, words):
    with pytest.raises(RaceError, match=words):
        run_map(race_of("momentum"), LANE, axes)


def test_limits_that_cannot_be_spaced_get_a_sentence():
    with pytest.raises(RaceError, match="logarithmically"):
        run_map(race_of("momentum"), LANE, ("lr", "alpha"), x=(0.0, 1.0))
    with pytest.raises(RaceError, match="2 lanes"):
        run_map(race_of("momentum"), 2)


def test_a_decay_that_single_precision_takes_for_1_is_mapped_in_double():
    near = race_of("adam").replace(lanes=[Lane("adam", lr=0.05, rho2=0.99999999)])
    chart = run_map(near, 0, n=4)
    assert chart.precision == "float64"
    for row, y in enumerate(chart.y):
        for column, x in enumerate(chart.x):
            done = run(near.replace(start=(x, y)))
            assert chart.state(row, column) == (done.status[0].state, done.status[0].step)


@pytest.mark.parametrize(
    ("window", "precision"), [(None, "float32"), ((-4.0, 4.0), "float32"), ((0.9, 1.1), "float64")]
)
def test_what_is_looked_at_closely_is_computed_in_double(window, precision):
    assert run_map(race_of("sgd"), LANE, x=window, n=4).precision == precision
