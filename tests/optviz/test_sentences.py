"""What Python is asked wrongly gets the sentence that a link would get."""

from __future__ import annotations

import numpy as np
import pytest

import optviz
from optviz import Change, Comparison, Lane, Race, RaceError, find_rate, inspect, run, run_map
from optviz.heights import heights
from optviz.limits import MAX_SEED
from optviz.query import pairs
from optviz.race import read

RACE = Race("ravine", ["momentum", Lane("adam", label="mine")], steps=5, noise=0.1)
SURFACE = RACE.objective
DONE = run(RACE)
ASKED = {
    "inspect": lambda lane: inspect(DONE, lane),
    "run_map": lambda lane: run_map(RACE, lane, n=4),
    "find_rate": lambda lane: find_rate(RACE, lane),
    "run_ensemble": lambda lane: optviz.run_ensemble(RACE, lane, 2),
}
LANES = {
    "too high": (9, "The race has 2 lanes, counted from 0; there is no lane 9."),
    "negative": (-1, "must be a whole number of at least 0"),
    "half": (0.5, "must be a whole number"),
    "misspelt": ("min", "There is no lane 'min'. Did you mean 'mine'?"),
    "nothing": (None, "is not a number"),
}
WRONG = {
    "dtype": (lambda: run_map(RACE, n=4, dtype="float16"), "it can be float32 or float64"),
    "no dtype": (lambda: find_rate(RACE, dtype="double trouble"), "float32 or float64"),
    "reversed window": (lambda: run_map(RACE, x=(1, -1)), "from a lower number to a higher one"),
    "window without a width": (
        lambda: run_map(RACE, x=(-1e308, 1e308)),
        "The window's x is too wide: its limits differ by more than the largest number.",
    ),
    "no window": (lambda: run_map(RACE, y=3), "needs two numbers"),  # type: ignore[arg-type]
    "map of one cell": (lambda: run_map(RACE, n=1), "at least 2"),
    "fine grid": (
        lambda: heights(SURFACE, RACE.shape, (0, 1), (0, 1), 300),
        "n, the number of points along a side, is 300; it can be at most 256.",
    ),
    "coarse grid": (lambda: heights(SURFACE, RACE.shape, (0, 1), (0, 1), 1), "at least 2"),
    "reversed grid": (
        lambda: heights(SURFACE, RACE.shape, (0, 1), (1, 0), 9),
        "The window's y must go from a lower number to a higher one.",
    ),
    "start of a text": (
        lambda: Race("beale", "sgd", start="12"),  # type: ignore[arg-type]
        "The start needs two numbers, like (1, 2), not \"'12'\".",
    ),
    "start of a number": (
        lambda: Race("beale", "sgd", start=3),  # type: ignore[arg-type]
        "The start needs two numbers",
    ),
    "a letter for a lane": (lambda: Race("beale", "adm"), "Did you mean 'adam'?"),
    "large seed of a link": (
        lambda: Race("beale", "sgd", seed=MAX_SEED + 1).to_query(),
        f"In a link, a seed is at most {MAX_SEED}",
    ),
    "large seed of a comparison": (lambda: Comparison("beale", seed=MAX_SEED + 1), "at most"),
    "negative seeds": (lambda: optviz.run_ensemble(RACE, 0, -1), "at least 1"),
}


PRINTED = {
    "inspect": "g, v, theta at 5 steps",
    "run_map": "Momentum over x and y: 16 cells, ",
    "find_rate": "Momentum\n  ",
    "run_ensemble": "Momentum: 2 seeds, 100.0% ",
}


@pytest.mark.parametrize("function", ASKED)
def test_what_is_returned_prints_in_a_few_lines(function):
    printed = repr(ASKED[function](0))
    assert printed.startswith(PRINTED[function])
    assert len(printed) < 600


@pytest.mark.parametrize("function", ASKED)
@pytest.mark.parametrize(("lane", "says"), LANES.values(), ids=LANES)
def test_no_lane_of_the_race_gets_a_sentence(function, lane, says):
    with pytest.raises(RaceError) as caught:
        ASKED[function](lane)
    assert says in str(caught.value)


@pytest.mark.parametrize("function", ASKED)
def test_a_lane_is_given_by_its_label_too(function):
    named, counted = ASKED[function]("mine"), ASKED[function](1)
    for name, values in vars(counted).items():
        if isinstance(values, np.ndarray):
            np.testing.assert_array_equal(getattr(named, name), values)
    assert getattr(named, "lane", 1) == 1


@pytest.mark.parametrize(("ask", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_a_sentence(ask, says):
    with pytest.raises(RaceError) as caught:
        ask()
    (problem,) = caught.value.problems
    assert says in problem
    assert problem[-1] in ".?"


@pytest.mark.parametrize("dtype", ["float64", np.float64, np.dtype("float64"), float])
def test_a_precision_is_given_by_its_name_or_itself(dtype):
    chart, expected = run_map(RACE, n=4, dtype=dtype), run_map(RACE, n=4, dtype=np.float64)
    np.testing.assert_array_equal(chart.end, expected.end)


@pytest.mark.parametrize("seed", [2**53 + 1, str(2**53 + 1), 2**64 - 1, 10**30])
def test_a_seed_keeps_all_its_digits(seed):
    race = Race("beale", "sgd", seed=seed)
    assert race.seed == int(seed)
    assert race.plain()["seed"] == int(seed)
    assert eval(repr(race), {**vars(optviz)}).seed == int(seed)


def test_a_link_holds_the_seeds_that_a_browser_holds():
    race = Race("beale", "sgd", seed=MAX_SEED)
    assert f"seed={MAX_SEED}" in race.to_query()
    assert Race.from_query(race.to_query()) == race
    other, (problem,) = read(pairs(f"seed={MAX_SEED + 2}&steps=7"))
    assert (other.seed, other.steps) == (0, 7)
    assert str(MAX_SEED + 2) in problem


@pytest.mark.parametrize("text", ["1e3", "1000.0", " 1000 ", "1000"])
def test_a_whole_number_may_be_written_in_any_way(text):
    assert Race("beale", "sgd", steps=text).steps == 1000
    assert Change(text, 0, lr=1).step == 1000
