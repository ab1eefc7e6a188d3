"""Rules with a twin in torch.optim walk the path that torch walked, under a schedule too."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from optviz import RULES, Lane, Race, Schedule, run

# Written by `record_torch.py`: torch itself is too large to be needed by the tests.
RECORD = json.loads(Path(__file__).with_name("torch_paths.json").read_text())
PATHS = RECORD["paths"]
SCHEDULES = {"constant": Schedule(), "inverse_time": Schedule("inverse_time", decay=0.05)}
# torch has no such rule, or writes it with constants that no value of delta undoes.
WITHOUT_A_TWIN = {
    *("momentum_ruder", "nesterov_ruder", "nesterov_keras", "adagrad_inside", "adagrad_keras"),
    *("ewma_momentum", "nesterov", "qhm", "rmsprop_nesterov", "adam_inside", "adam_uncorrected"),
    "adam_keras",
    *("nadam", "adabelief", "yogi", "sign_sgd", "lion", "polyak", "newton", "bfgs"),
}


def walked(slug, record, schedule=None):
    """Return theta of a rule where the record has it."""
    lane = Lane(slug, **record["values"])
    start, steps = RECORD["starts"][record["surface"]], RECORD["steps"]
    chosen = SCHEDULES[schedule or record["schedule"]]
    race = Race(record["surface"], [lane], start, steps[-1], chosen)
    return run(race).theta[0, steps]


def name(record):
    return "-".join([record["rule"], record["surface"], record["schedule"]])


def recorded(rule, surface, schedule):
    wanted = f"{rule}-{surface}-{schedule}"
    return next(record for record in PATHS if name(record) == wanted)


def test_every_rule_with_a_twin_is_recorded():
    assert {record["rule"] for record in PATHS} == RULES.keys() - WITHOUT_A_TWIN


@pytest.mark.parametrize("record", PATHS, ids=name)
def test_a_rule_walks_as_its_twin_in_torch(record):
    theta = walked(record["rule"], record)
    np.testing.assert_allclose(theta, record["theta"], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("book", "twin"), [("momentum", "momentum_torch")])
def test_under_a_schedule_the_books_momentum_takes_another_path_than_torchs(book, twin):
    record = recorded(twin, "rosenbrock", "inverse_time")
    assert np.abs(walked(book, record) - record["theta"]).max() > 1e-2


def test_with_a_constant_rate_torchs_nesterov_is_the_point_the_books_looks_ahead_to():
    record = recorded("nesterov_torch", "rosenbrock", "constant")
    lane = Lane("nesterov", **record["values"])
    t = run(Race("rosenbrock", [lane], RECORD["starts"]["rosenbrock"], RECORD["steps"][-1]))
    ahead = t.theta[0] + record["values"]["alpha"] * t.memory[0]["v"]
    np.testing.assert_allclose(ahead[RECORD["steps"]], record["theta"], rtol=1e-12, atol=1e-12)
