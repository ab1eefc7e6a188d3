"""Races longer than a frame: run in a worker, one at a time; what is old meanwhile is marked."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import Change, Race, Schedule, run
from optviz.kernels import kernel, schedule_kernel, stock
from tests.optviz.kernels.conftest import KINDS, node, told

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    return node(HERE / "background.mjs", None)


def test_what_waits_is_the_newest_and_one_runs_at_a_time(seen):
    newest = seen["newest"]
    assert newest["before"] == ["a"]
    assert newest["sent"] == newest["heard"] == ["a", "c", "d"]
    assert newest["workers"] == 1


def test_what_is_not_wanted_any_more_is_not_shown(seen):
    assert seen["dropped"] == {"sent": ["a", "c", "d"], "heard": ["d"]}


@pytest.mark.parametrize("how", ["error", "messageerror", "no result", "refused"])
def test_without_a_worker_the_page_is_told_once(how, seen):
    assert seen["failures"][how] == {"heard": ["failed"], "broken": True, "ended": True}


def test_a_worker_that_says_nothing_is_given_up_and_later_another_one_is_tried(seen):
    silent = seen["silent"]
    assert silent["first"] == {"heard": ["failed"], "broken": True, "ended": True}
    assert silent["again"] == ["failed", "b"]
    assert not silent["broken"]


def test_what_comes_after_the_end_is_not_heard(seen):
    assert seen["destroyed"] == {"heard": [], "ended": True}


def test_which_race_is_long_is_foretold_from_the_last_ones(seen):
    # Of nothing known the first result is to come at once; of two runs the quicker one counts.
    quick = {"unknown": True, "slow": False, "quick": True, "held up": True, "slower": False}
    assert seen["pace"] == quick | {"few": True}


def test_results_of_another_surface_are_marked_as_old_at_once(seen):
    assert seen["waiting"] == {
        "first": False,
        "same": False,
        "other": True,
        "reply of before": True,
        "shown": False,
    }


def test_a_job_comes_to_what_the_page_would_show(in_browser, tmp_path):
    race = Race(
        "beale",
        ["adam", "momentum"],
        steps=300,
        noise=0.01,
        seed=7,
        schedule=Schedule("cosine", end=0.1),
        changes=[Change(100, 0, lr=0.01), Change(200, schedule=Schedule("step_drop", every=50))],
    )
    (shown,) = in_browser([race])
    for name, text in {
        "adam": kernel("adam", "beale"),
        "cosine": schedule_kernel("cosine"),
        "all": stock("beale"),
    }.items():
        (tmp_path / f"{name}.mjs").write_text(text)
    address = {path.stem: path.as_uri() for path in tmp_path.iterdir()}
    everything = address["all"]
    job = told(race) | {
        "lanes": [{"address": address["adam"]}, {"address": everything, "part": "momentum/beale"}],
        "schedules": {
            "cosine": {"address": address["cosine"]},
            "step_drop": {"address": everything, "part": "step_drop"},
        },
    }
    came = node(HERE / "racejob.mjs", job)
    for name, kind in KINDS.items():
        mine = np.frombuffer(base64.b64decode(came[name]), kind)
        np.testing.assert_array_equal(mine, shown[name], name)
    assert came["lanes"] == shown["lanes"]
    assert came["took"] > 0
    # With what is shown, all that the lanes had and remembered is handed over, in float64.
    memory = [part.size for lane in run(race).memory for part in lane.values()]
    had = [8 * size for size in (race.steps, 2 * race.steps, *memory)]
    assert sorted(came["handed"]) == sorted([*(shown[name].nbytes for name in KINDS), *had])


def test_a_job_whose_program_is_missing_fails(tmp_path):
    race = told(Race("beale", ["adam"], steps=5))
    missing = {"address": (tmp_path / "none.mjs").as_uri()}
    assert node(HERE / "racejob.mjs", race | {"lanes": [missing], "schedules": {}}) == "failed"
