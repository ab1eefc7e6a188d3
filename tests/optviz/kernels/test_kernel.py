"""A kernel runs as `optviz.run` does: every rule, on every surface, with the same words."""

from __future__ import annotations

import gzip
from typing import Any

import numpy as np
import pytest

from optviz import (
    RULES,
    SCHEDULES,
    SURFACES,
    Change,
    Lane,
    Race,
    RaceError,
    Schedule,
    Trajectories,
    run,
)
from optviz.conditions import tolerance_of
from optviz.kernels import kernel, stock
from optviz.limits import MAX_LANES
from tests.optviz.kernels.conftest import exported

STEPS = 100
# The race itself is shaken so often by the last digits of its numbers; what differs by no more than
# so many times as much as those do is rounding.
SHAKES, MARGIN = 6, 1e3
CLOSE = 1e-11
EPS = np.finfo(float).eps
# Every rule runs on each twelfth surface, every surface is run on by each twelfth rule: compiling
# the race that a kernel is compared with takes ten times as long as all the rest. With
# `--every-pair` all of them are.
SHARE = 12


def shaken(race: Race, steepest: float, seed: int) -> Race:
    """Return the race with the last digits of its numbers turned up or down, at every step."""
    turn = np.random.default_rng(seed).choice([-np.inf, np.inf], 128)
    ways, signs = iter(turn), iter(np.sign(turn))
    # A zero stands for what cancels: its last digit is that of 1.
    start = [
        np.nextafter(value, next(ways)) if value else next(signs) * EPS for value in race.start
    ]
    lanes = []
    for lane in race.lanes:
        values: dict[str, Any] = {n: np.nextafter(v, next(ways)) for n, v in lane.values.items()}
        lanes.append(Lane(lane.rule, **values))
    # As large as what the rounding of a gradient may come to on its way.
    noise = {} if race.noise else {"noise": EPS * steepest, "seed": seed}
    return race.replace(start=start, lanes=lanes, **noise)


def plain(surface: str, rules: list[str]) -> Race:
    return Race(surface, rules, steps=STEPS)


def eventful(surface: str, rules: list[str]) -> Race:
    """Return a race with everything that a kernel is given: shape, schedule, noise, changes."""
    owner = SURFACES[surface]
    shape = {name: 0.7 * one.default + 0.3 * one.low for name, one in owner.parameters.items()}
    (left, right), (low, high) = owner.x, owner.y
    # The second lane goes by a schedule of its own.
    lanes = [
        Lane(rule, schedule="inverse_time" if k == 1 else None) for k, rule in enumerate(rules)
    ]
    return Race(
        surface,
        lanes,
        start=(0.6 * left + 0.4 * right, 0.3 * low + 0.7 * high),
        steps=STEPS,
        shape=shape,
        schedule=Schedule("cosine", end=0.1),
        noise=1e-3,
        noise_decay=0.01,
        seed=7,
        changes=[
            Change(40, 0, lr=RULES[rules[0]].hyperparameters["lr"].default / 2),
            Change(70, schedule=Schedule("step_drop", every=10)),
        ],
    )


def shakes(race: Race, done: Trajectories) -> list[Trajectories]:
    steepest = float(abs(done.grad[:, 0]).max())
    return [run(shaken(race, steepest, seed)) for seed in range(SHAKES)]


def agree(ours: np.ndarray, done: Trajectories, others: list[Trajectories]) -> np.ndarray:
    """Say of every lane whether its path is that of the race, or differs as rounding does."""
    theirs, ours = done.theta, ours.reshape(done.theta.shape)
    with np.errstate(invalid="ignore"):
        moved = np.max([abs(other.theta - theirs) for other in others], axis=0)
        moved = np.maximum.accumulate(moved, axis=1)
        close = abs(ours - theirs) <= CLOSE * np.maximum(1, abs(theirs)) + MARGIN * moved
    # Where rounding decides whether there is a number, there may be one.
    open_ = np.isnan(moved) & ~np.isnan(theirs)
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    return (close | same | open_).all(axis=(1, 2))


@pytest.mark.parametrize("make", [plain, eventful])
@pytest.mark.parametrize("surface", SURFACES)
def test_it_is_the_race(surface, make, in_browser, pytestconfig):
    share = 1 if pytestconfig.getoption("--every-pair") else SHARE
    rules = [*RULES][[*SURFACES].index(surface) % share :: share]
    parts = (rules[k : k + MAX_LANES] for k in range(0, len(rules), MAX_LANES))
    races = [make(surface, part) for part in parts]
    for race, seen in zip(races, in_browser(races), strict=True):
        done = run(race)
        others = shakes(race, done)
        fits = agree(seen["theta"], done, others)
        assert not [lane.rule for lane, fit in zip(race.lanes, fits, strict=True) if not fit]
        for lane, told in enumerate(seen["lanes"]):
            texts = {other.status[lane].text for other in (done, *others)}
            # Where a path is chaos, rounding decides where it ends, and what is said of that.
            ends = np.ptp([other.theta[lane, -1] for other in others], axis=0).max()
            if len(texts) == 1 and not ends > tolerance_of(race.objective):
                assert told["status"] == done.status[lane]._asdict(), race.lanes[lane].rule
        assert tuple(seen["notes"]) == done.notes
        told = seen["schedule"].reshape(done.multipliers.shape)
        np.testing.assert_allclose(told, done.multipliers, rtol=1e-6)


def test_a_kernel_that_is_a_little_wrong_is_noticed(in_browser):
    """The test above could not fail if its margin were as wide as the plane."""
    race = Race("beale", ["adam", "momentum"], steps=STEPS)
    wrong = [Lane("adam", lr=0.05 * (1 + 1e-9)), race.lanes[1]]
    (seen,) = in_browser([race.replace(lanes=wrong)])
    done = run(race)
    assert [*agree(seen["theta"], done, shakes(race, done))] == [False, True]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("rule", ["momentum", "adam", "radam", "rmsprop_nesterov"])
def test_it_is_short(rule, surface):
    """Also where the loss is long and the rule takes its gradient at two points."""
    assert len(gzip.compress(kernel(rule, surface).encode())) < 4000


def test_what_there_is_none_of_is_said():
    with pytest.raises(RaceError, match="Did you mean 'beale'"):
        kernel("adam", "bale")
    with pytest.raises(RaceError, match="Did you mean 'adam'"):
        kernel("adan", "beale")


def test_a_surfaces_stock_holds_what_each_kernel_exports(tmp_path):
    held = exported(stock("beale"), tmp_path)
    assert [*held] == [*(f"{rule}/beale" for rule in RULES), *SCHEDULES]
    assert {*held["adam/beale"]} == {"run", "heights", "stable", "places", "near", "kinds"}
    assert held["cosine"] == ["multipliers"]
