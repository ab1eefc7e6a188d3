"""Lanes, schedules and changes check what they are given, and change a run from their step on."""

from __future__ import annotations

import numpy as np
import pytest

from optviz import Change, Lane, Race, RaceError, Schedule, inspect, run, run_ensemble, run_map
from optviz.conditions import in_force
from optviz.maps.stability import stable_rates
from optviz.parts import scheduled
from optviz.race import read

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
    cosine = scheduled(Race("rosenbrock", LANES, steps=100, schedule="cosine"), 0)
    mixed = scheduled(race(Change(40, schedule=Schedule("cosine"))), 0)
    assert mixed[:40].tolist() == [1.0] * 40
    assert mixed[40:].tolist() == cosine[40:].tolist()


# Schedules of one lane each, and as what changes in mid-run they hold for.
OWN = Schedule("step_drop", drop=0.3, every=15)
SIDE_BY_SIDE = Race(
    "ravine",
    [
        Lane("sgd", lr=0.02),
        Lane("sgd", lr=0.02, schedule=OWN),
        Lane("momentum", lr=0.02, schedule="one_cycle"),
        Lane("sgd", lr=0.02, label="changed"),
    ],
    steps=80,
    schedule="cosine",
    changes=[Change(50, schedule="inverse_time"), Change(30, 3, schedule="linear")],
)
ALONE = [
    {"schedule": "cosine", "changes": [Change(50, schedule="inverse_time")]},
    {"schedule": OWN, "changes": []},
    {"schedule": "one_cycle", "changes": []},
    # What all change to later holds for who has no schedule from the beginning.
    {
        "schedule": "cosine",
        "changes": [Change(30, schedule="linear"), Change(50, schedule="inverse_time")],
    },
]


@pytest.mark.parametrize("lane", range(4))
def test_a_lane_with_its_own_schedule_runs_as_it_does_alone(lane):
    one = SIDE_BY_SIDE.lanes[lane]
    alone = SIDE_BY_SIDE.replace(lanes=Lane(one.rule, lr=0.02), **ALONE[lane])
    together, by_itself = run(SIDE_BY_SIDE), run(alone)
    np.testing.assert_array_equal(together.theta[lane], by_itself.theta[0])
    np.testing.assert_array_equal(together.multipliers[lane], by_itself.multipliers[0])
    assert together.status[lane] == by_itself.status[0]
    assert run_map(SIDE_BY_SIDE, lane, n=8).step.tolist() == run_map(alone, 0, n=8).step.tolist()
    seen, expected = inspect(together, lane), inspect(by_itself, 0)
    for values, others in zip(seen.values, expected.values, strict=True):
        np.testing.assert_array_equal(values, others)
    np.testing.assert_array_equal(
        run_ensemble(SIDE_BY_SIDE, lane, 2).loss, run_ensemble(alone, 0, 2).loss
    )


def test_the_side_by_side_of_schedules_differs():
    assert len({path.tobytes() for path in run(SIDE_BY_SIDE).theta}) == 4


def test_a_rate_that_is_scheduled_for_one_lane_has_no_stable_limit_there():
    axis = np.array([0.5, 0.9])
    race = Race("ravine", [Lane("momentum"), Lane("momentum", schedule="cosine")])
    assert stable_rates(race, 0, "alpha", axis) is not None
    assert stable_rates(race, 1, "alpha", axis) is None


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("lane=sgd,schedule:cosin", "Did you mean 'cosine'?"),
        ("lane=sgd,schedule.end:0.5", "'schedule.end' is of no schedule"),
        ("lane=sgd,schedule:cosine,schedule.ende:1", "Cosine has no setting 'ende'"),
        ("lane=sgd&reschedule=10:3,cosine", "speaks of lane 3"),
    ],
)
def test_a_broken_schedule_of_a_lane_gets_a_sentence_and_the_lane_stays(link, sentence):
    found, problems = read(link)
    assert [lane.rule for lane in found.lanes] == ["sgd"]
    assert len(problems) == 1
    assert sentence in problems[0]


def test_an_inspection_follows_a_change():
    trajectories = run(race(Change(60, 1, lr=0.5)))
    inspection = inspect(trajectories, 1)
    np.testing.assert_allclose(inspection.values[-1], trajectories.theta[1, 1:], rtol=1e-12)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Change(5), "either of a lane"),
        (lambda: Change(5, 0, schedule="cosine", lr=1), "either of a lane"),
        (lambda: race(Change(5, 7, schedule="cosine")), "the lanes are 0 to 1"),
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
