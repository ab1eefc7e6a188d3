"""Very many cells: counted beyond 16,383 steps, cut in time, compiled once whatever is asked."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from optviz import Lane, Race, RaceError, run, run_map
from optviz.maps import sweep
from optviz.maps.pace import Pace
from optviz.proceed import StoppedError
from optviz.programs import PROGRAMS

LONG = 20_000


def test_a_step_beyond_16383_is_told_as_it_is():
    race = Race("booth", [Lane("sgd", lr=4.6e-5)], (1.1, 2.9), LONG)
    (status,) = run(race).status
    assert status.state == "converged"
    assert status.step is not None
    assert status.step > 1 << 14
    chart = run_map(race, x=(1.1, 1.3), y=(2.9, 3.2), n=2, dtype="float64")
    assert chart.state(0, 0) == (status.state, status.step)


def test_more_steps_than_a_map_can_count_are_refused():
    most = (1 << sweep.STEP_BITS) - 1
    with pytest.raises(RaceError, match=f"A map has at most {most} steps"):
        run_map(Race("booth", [Lane("sgd")], steps=most + 1), n=2)


def test_work_is_told_of_step_by_step_and_stops_between_slices(monkeypatch):
    monkeypatch.setattr(Pace, "slice", lambda *_: 100)
    told: list[int] = []

    def proceed(cells: int) -> bool:
        told.append(cells)
        return len(told) < 4

    with pytest.raises(StoppedError):
        run_map(Race("booth", [Lane("sgd")], steps=5000), n=64, proceed=proceed)
    assert len(told) == 4
    assert told[0] == 0
    assert all(a < b for a, b in pairwise(told))
    assert told[-1] < 64 * 64


def test_slices_of_any_length_make_the_same_map(monkeypatch):
    race = Race("beale", [Lane("adam", lr=0.1)], steps=150)
    whole = run_map(race, n=8)
    for length in (1, 7, 1000):
        monkeypatch.setattr(Pace, "slice", lambda *_, length=length: length)
        cut = run_map(race, n=8)
        for name in ("place", "step", "end", "loss"):
            np.testing.assert_array_equal(getattr(cut, name), getattr(whole, name))


def test_the_order_of_the_axes_is_no_other_program(probe):
    race = Race(probe.surface, [Lane("momentum", lr=0.01)], steps=60)
    chart = run_map(race, 0, ("lr", "alpha"), n=6)
    traces = probe.traces
    turned = run_map(race, 0, ("alpha", "lr"), n=6)
    assert probe.traces == traces
    np.testing.assert_array_equal(turned.step, chart.step.T)


def test_a_second_round_of_all_maps_compiles_nothing(probe):
    """Three views of several optimizers one after another, then again, as the page of maps asks."""
    lanes = [Lane("sgd"), Lane("momentum"), Lane("adam")]
    race = Race(probe.surface, lanes, steps=20)

    def rounds():
        for lane in range(len(lanes)):
            for over in (("x", "y"), ("lr", "x"), ("lr", [*lanes[lane].values][-1])):
                if over[0] != over[1]:
                    run_map(race, lane, over, n=4)

    rounds()
    traces, programs = probe.traces, len(PROGRAMS)
    rounds()
    assert probe.traces == traces
    assert len(PROGRAMS) == programs
