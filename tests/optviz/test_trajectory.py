"""Trajectories are looked at lane by lane, in a summary, and as a table."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from optviz import Lane, Race, RaceError, run

RACE = Race("beale", ["sgd", Lane("adam", lr=0.05), Lane("adam", label="mine")], steps=30)
DONE = run(RACE)


@pytest.mark.parametrize(("lane", "index"), [(0, 0), ("Adam", 1), (2, 2), ("mine", 2)])
def test_a_lane_is_taken_by_its_number_or_label(lane, index):
    one = DONE[lane]
    assert one.lane == RACE.lanes[index]
    assert one.status == DONE.status[index]
    assert one.distance == DONE.distance[index]
    assert one.steps_to_tolerance == DONE.steps_to_tolerance[index]
    for name in ("theta", "loss", "grad"):
        np.testing.assert_array_equal(getattr(one, name), getattr(DONE, name)[index])
        assert np.shares_memory(getattr(one, name), getattr(DONE, name))
    assert one.memory.keys() == DONE.memory[index].keys()


def test_all_lanes_come_one_after_the_other():
    assert [one.lane for one in DONE] == [*RACE.lanes]
    assert len(DONE) == 3


@pytest.mark.parametrize(
    ("lane", "says"),
    [(3, "there is no lane 3"), (-1, "at least 0"), ("adm", "Did you mean 'Adam'?")],
)
def test_no_lane_gets_a_sentence(lane, says):
    with pytest.raises(RaceError) as caught:
        DONE[lane]
    assert says in str(caught.value)


def test_of_lanes_of_one_label_the_number_is_asked_for():
    twins = run(Race("beale", ["adam", "adam"], steps=3))
    with pytest.raises(RaceError, match="2 lanes are called 'Adam': say which by its number"):
        twins["Adam"]


def test_a_summary_says_what_became_of_every_lane():
    head, *lines = repr(DONE).splitlines()
    assert head == "Beale, 30 steps"
    for line, lane, status, loss in zip(
        lines, RACE.lanes, DONE.status, DONE.loss[:, -1], strict=True
    ):
        assert line.strip() == f"{lane.label}: {status.text}; loss {loss:.4g}"


def test_a_table_has_a_row_for_each_point():
    frame = DONE.to_frame()
    assert len(frame) == 3 * 31
    for index, one in enumerate(DONE):
        rows = frame[frame["lane"] == index]
        assert set(rows["label"]) == {one.lane.label}
        assert rows["step"].tolist() == [*range(31)]
        np.testing.assert_array_equal(rows[["x", "y"]], one.theta)
        np.testing.assert_array_equal(rows["loss"], one.loss)
        np.testing.assert_array_equal(rows[["grad_x", "grad_y"]], one.grad)


def test_without_pandas_a_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(RaceError, match="pip install pandas"):
        DONE.to_frame()
