"""What is kept of a race: a table and a file of arrays, read again with all their digits."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from optviz import Lane, Race, keeping, run

RACE = Race(
    "booth",
    [Lane("sgd", lr=0.01), Lane("adam", lr=0.2, label="Ada, m"), Lane("sgd", lr=3, label="Wild")],
    steps=25,
)


@pytest.fixture(scope="module")
def done():
    return run(RACE)


def test_the_table_has_every_point_with_all_digits(done):
    rows = [*csv.DictReader(io.StringIO(keeping.as_csv(done)))]
    assert [*rows[0]] == [*keeping.HEAD]
    shape = len(RACE.lanes), RACE.steps + 1
    assert len(rows) == np.prod(shape)
    column = lambda name: np.array([float(row[name]) for row in rows]).reshape(shape)  # noqa: E731
    np.testing.assert_array_equal(column("x"), done.theta[..., 0])
    np.testing.assert_array_equal(column("y"), done.theta[..., 1])
    np.testing.assert_array_equal(column("loss"), done.loss)
    np.testing.assert_array_equal(column("grad_x"), done.grad[..., 0])
    np.testing.assert_array_equal(column("grad_y"), done.grad[..., 1])
    np.testing.assert_array_equal(column("step"), [[*range(26)]] * 3)
    assert [row["label"] for row in rows[::26]] == ["SGD", "Ada, m", "Wild"]


def test_the_file_of_arrays_has_all_that_came_of_the_race(done):
    kept = np.load(io.BytesIO(keeping.as_npz(done)), allow_pickle=False)
    assert Race.from_query(str(kept["query"])) == RACE
    for name in ("theta", "loss", "grad", "multipliers", "distance"):
        np.testing.assert_array_equal(kept[name], getattr(done, name))
    assert kept["state"].tolist() == [status.state for status in done.status]
    np.testing.assert_array_equal(kept["memory_1_s"], done.memory[1]["s"])
