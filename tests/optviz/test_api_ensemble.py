"""GET /api/ensemble: the library's own ensemble, bounded, and ended when nobody waits for it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from optviz import Race, run_ensemble
from optviz.limits import MAX_SEED_STEPS, MAX_SEEDS
from tests.replies import unpack

RACE = "surface=himmelblau&steps=60&noise=5&seed=3&lane=sgd&lane=momentum,lr:0.015"


@pytest.mark.parametrize("lane", [0, 1])
def test_an_ensemble_is_the_librarys_own(client, lane):
    race = Race.from_query(RACE)
    expected = run_ensemble(race, lane, 40)
    reply = client.get(f"/ensemble?{RACE}&of={lane}&seeds=40")
    assert reply.status_code == 200, reply.text
    header, arrays = unpack(reply.content)
    text = json.loads(client.get(f"/ensemble?{RACE}&of={lane}&seeds=40&format=json").content)
    assert (header["lane"], header["seeds"], header["query"]) == (lane, 40, race.to_query())
    assert (header["shares"], header["lowest"]) == (dict(expected.shares), expected.lowest)
    assert (lane == 1) == (header["shares"]["diverged"] > 0)
    for name, part in {"end": expected.end, "excess": expected.loss}.items():
        np.testing.assert_array_equal(arrays[name], part.astype(np.float32))
        told = np.array(text[name], float)
        np.testing.assert_array_equal(told, np.where(np.isfinite(part), part, np.nan))
    for index, status in enumerate(expected.status):
        assert text["states"][text["state"][index]] == status.state
        assert text["step"][index] == (-1 if status.step is None else status.step)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("noise=0", "every seed gives the same run"),
        ("noise=1&of=1", "counted from 0"),
        ("noise=1&seeds=0", "at least 1"),
        ("noise=1&seeds=1.5", "whole"),
        (f"noise=1&steps=10&seeds={MAX_SEEDS + 1}", f"at most {MAX_SEEDS} seeds"),
        ("noise=1&steps=1&seeds=1e9", "With 1 step an ensemble has at most"),
        ("noise=1&steps=1&seeds=1e9", "seeds is 1e9."),
        ("noise=1&steps=10000", "seeds is 256."),
        ("noise=1&steps=10000&seeds=64", f"at most {MAX_SEED_STEPS // 10000} seeds"),
        ("noise=1&format=xml", "format"),
    ],
)
def test_what_cannot_be_run_gets_a_sentence(client, query, words):
    reply = client.get(f"/ensemble?lane=adam&{query}")
    assert reply.status_code == 422
    assert words in reply.json()["detail"]


def test_an_ensemble_is_kept_by_its_meaning(client):
    first = client.get("/ensemble?lane=adam&noise=1&steps=30&seeds=9")
    tag = {"If-None-Match": first.headers["etag"]}
    same = client.get("/ensemble?seeds=9&lane=adam&noise=1.0&steps=30&of=0", headers=tag)
    assert same.status_code == 304
    other = client.get("/ensemble?lane=adam&noise=1&steps=30&seeds=8", headers=tag)
    assert other.headers["etag"] != first.headers["etag"]
