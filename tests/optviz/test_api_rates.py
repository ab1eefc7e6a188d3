"""GET /api/rates: the library's own learning-rate finder."""

from __future__ import annotations

import json

import numpy as np
import pytest

from optviz import Race, find_rate
from tests.replies import unpack

RACE = "surface=himmelblau&steps=60&schedule=cosine&lane=sgd&lane=adam,rho1:0.8"


@pytest.mark.parametrize(("rough", "dtype"), [("", np.float64), ("&rough=1", np.float32)])
def test_the_rates_are_the_librarys_own(client, rough, dtype):
    race = Race.from_query(RACE)
    expected = find_rate(race, 1, dtype=dtype)
    reply = client.get(f"/rates?{RACE}&of=1{rough}")
    assert reply.status_code == 200, reply.text
    header, arrays = unpack(reply.content)
    text = json.loads(client.get(f"/rates?{RACE}&of=1{rough}&format=json").content)
    for name in ("suggested", "blow_up", "steepest"):
        assert header[name] == getattr(expected, name) == text[name]
    assert tuple(header["good"]) == expected.good
    assert tuple(header["notes"]) == expected.notes
    assert header["range"] == [expected.rate[0], expected.rate[-1]]
    assert [place["kind"] for place in header["places"]] == [p.kind for p in expected.places]
    np.testing.assert_array_equal(arrays["place"], expected.place)
    np.testing.assert_array_equal(arrays["step"], expected.step)
    np.testing.assert_array_equal(text["rate"], expected.rate)
    np.testing.assert_allclose(arrays["excess"], expected.loss, rtol=1e-6, atol=1e-37)
    np.testing.assert_allclose(arrays["around"], expected.around, rtol=1e-6, atol=1e-37)
    np.testing.assert_allclose(arrays["ramp"], expected.ramp_loss, rtol=1e-6, atol=1e-37)


@pytest.mark.parametrize(
    ("query", "words"),
    [("of=2", "counted from 0"), ("steps=20000", "at most 10000"), ("format=xml", "format")],
)
def test_what_has_no_rates_gets_a_sentence(client, query, words):
    reply = client.get(f"/rates?lane=sgd&lane=adam&{query}")
    assert reply.status_code == 422
    assert words in reply.json()["detail"]


def test_rates_are_kept_by_their_meaning(client):
    first = client.get(f"/rates?{RACE}")
    again = client.get(f"/rates?of=0&{RACE}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    for other in (f"{RACE}&of=1", f"{RACE}&rough=1"):
        assert client.get(f"/rates?{other}").headers["etag"] != first.headers["etag"]
