"""Lanes, schedules and changes check what they are given, and change a run from their step on."""

from __future__ import annotations

import numpy as np
import pytest

from optviz import Change, Lane, Race, RaceError, Schedule, inspect, run
from optviz.conditions import in_force, scheduled

LANES = [Lane("momentum", lr=1e-3, alpha=0.9), Lane("adam", lr=0.05)]


def race(*changes: Change) -> Race:
    return Race("rosenbrock", LANES, steps=100, changes=changes)


def test_a_change_leaves_what_was_before_it_and_the_other_lanes_alone():
    plain, changed = run(race()), run(race(Change(60, 1, lr=0.5)))
    np.testing.assert_array_equal(changed.theta[0], plain.theta[0])
    np.testing.assert_array_equal(changed.theta[1, :61], plain.theta[1, :61])
    assert (changed.theta[1, 61:] != plain.theta[1, 61:]).any(axis=1).all()


def test_a_change_at_step_0_is_another_value():
    other = Race("rosenbrock", [LANES[0], Lane("adam", lr=0.5)], steps=100)
    np.testing.assert_array_equal(run(race(Change(0, 1, lr=0.5))).theta, run(other).theta)


@pytest.mark.parametrize("step", [100, 5000])
def test_a_change_after_the_last_step_changes_nothing(step):
    np.testing.assert_array_equal(run(race(Change(step, 1, lr=0.5))).theta, run(race()).theta)


def test_of_two_changes_the_later_one_holds():
    values = in_force(race(Change(50, 0, lr=2.0), Change(20, 0, lr=3.0, alpha=0.5)), 0)
    assert values[19].tolist() == [1e-3, 0.9]
    assert values[20].tolist() == [3.0, 0.5]
    assert values[50].tolist() == [2.0, 0.5]


def test_a_changed_schedule_goes_on_at_its_own_multiplier():
    cosine = scheduled(Race("rosenbrock", LANES, steps=100, schedule="cosine"))
    mixed = scheduled(race(Change(40, schedule=Schedule("cosine"))))
    assert mixed[:40].tolist() == [1.0] * 40
    assert mixed[40:].tolist() == cosine[40:].tolist()


def test_an_inspection_follows_a_change():
    trajectories = run(race(Change(60, 1, lr=0.5)))
    inspection = inspect(trajectories, 1)
    np.testing.assert_allclose(inspection.values[-1], trajectories.theta[1, 1:], rtol=1e-12)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Change(5), "either of a lane"),
        (lambda: Change(5, 0, schedule="cosine"), "either of a lane"),
        (lambda: Change(-1, 0, lr=1), "at least 0"),
        (lambda: Change(1.5, 0, lr=1), "whole number"),  # type: ignore[arg-type]
        (lambda: Change(1, 0, lr=float("nan")), "A change of lr"),
        (lambda: Change(1, schedule="cosinus"), "Did you mean 'cosine'?"),
        (lambda: race(Change(1, 7, lr=1)), "the lanes are 0 to 1"),
        (lambda: race(Change(1, 1, alpha=0.5)), "Adam has no hyperparameter 'alpha'"),
    ],
)
def test_a_broken_change_gets_a_sentence(make, sentence):
    with pytest.raises(RaceError, match=sentence.replace("?", r"\?")):
        make()
