"""GET /api/map: the library's own map, bounded, and ended when nobody waits for it."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from optviz import Race
from optviz.api import app, many, work
from optviz.maps.grids import run_map
from tests.replies import unpack

QUERIES = {
    "starts": ("surface=himmelblau&steps=120&lane=sgd&lane=adam,lr:0.1&of=1&n=9", {}),
    "window": (
        "surface=himmelblau&steps=60&lane=adam,lr:0.1&n=7&across=1,4&up=-3,-1",
        {"x": (1, 4), "y": (-3, -1)},
    ),
    "values": (
        "surface=ravine&steps=90&lane=momentum&over=lr,alpha&n=8",
        {"over": ("lr", "alpha")},
    ),
    "mixed": ("surface=ravine&steps=90&lane=sgd&over=y,lr&n=8", {"over": ("y", "lr")}),
}
OPTIONS = ("of", "over", "across", "up", "n")


@pytest.mark.parametrize("name", QUERIES)
def test_a_map_is_the_librarys_own(client, name):
    query, options = QUERIES[name]
    parts = [part for part in query.split("&") if part.partition("=")[0] not in OPTIONS]
    race = Race.from_query("&".join(parts))
    n = int(query.split("n=")[1].split("&")[0])
    lane = 1 if "of=1" in query else 0
    expected = run_map(race, lane, n=n, **options)
    reply = client.get(f"/map?{query}")
    assert reply.status_code == 200, reply.text
    header, arrays = unpack(reply.content)
    text = json.loads(client.get(f"/map?{query}&format=json").content)
    assert tuple(header["axes"]) == expected.axes
    assert (header["x"], header["y"]) == (
        [expected.x[0], expected.x[-1]],
        [expected.y[0], expected.y[-1]],
    )
    assert header["query"] == race.to_query()
    np.testing.assert_array_equal(arrays["place"], expected.place)
    np.testing.assert_array_equal(arrays["step"], expected.step)
    np.testing.assert_array_equal(text["place"], expected.place)
    assert [place["kind"] for place in header["places"]] == [p.kind for p in expected.places]
    floor = race.objective.minimum
    np.testing.assert_allclose(arrays["excess"], expected.loss - floor, rtol=1e-6, atol=1e-30)
    assert ("stable" in arrays) == ("lr" in expected.axes)


def test_the_line_of_stability_runs_along_the_other_axis(client):
    _, along_y = unpack(client.get("/map?surface=ravine&lane=momentum&over=lr,alpha&n=5").content)
    _, along_x = unpack(client.get("/map?surface=ravine&lane=momentum&over=alpha,lr&n=5").content)
    np.testing.assert_array_equal(along_y["stable"], along_x["stable"])
    np.testing.assert_allclose(along_y["stable"][0], 2 / 25, rtol=1e-6)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("over=lr,alpha", "no axis 'alpha'"),
        ("over=lr", "two different axes"),
        ("of=4", "counted from 0"),
        ("n=1", "at least 2"),
        ("n=257", "at most 256"),
        ("n=256&steps=5000", "at most"),
        ("across=2,1", "from a lower number"),
        ("across=nan,1", "not"),
        ("up=1", "two numbers"),
        ("over=lr,rho1&across=0,1", "above 0"),
        ("format=xml", "format"),
    ],
)
def test_what_cannot_be_mapped_gets_a_sentence(client, query, words):
    reply = client.get(f"/map?lane=adam&lane=adam&lane=adam&{query}".replace("&lane=adam" * 2, ""))
    assert reply.status_code == 422
    assert words in reply.json()["detail"]


def test_a_map_is_kept_by_its_meaning(client):
    first = client.get("/map?lane=adam&n=5")
    again = client.get("/map?n=5&lane=adam&of=0", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    other = client.get("/map?lane=adam&n=6")
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("kind", "query"),
    [(many.MapAsked, "lane=adam&n=32"), (many.EnsembleAsked, "lane=adam&noise=1&seeds=500")],
)
def test_a_long_request_is_stopped_when_its_client_goes_away(monkeypatch, kind, query):
    """The client leaves once the work has begun; the next look of the computation ends it."""
    begun: list[int] = []

    def endless(_, proceed):
        while proceed(0):
            begun.append(1)
        raise app.StoppedError

    async def is_disconnected() -> bool:
        return bool(begun)

    scope = {"query_string": query.encode()}
    request = cast(Any, SimpleNamespace(scope=scope, headers={}, is_disconnected=is_disconnected))
    monkeypatch.setattr(kind, "answer", endless)
    with pytest.raises(app.StoppedError):
        asyncio.run(asyncio.wait_for(app.endpoint(kind)(request), timeout=30))
    assert asyncio.run(app.stop(request, app.StoppedError())).status_code == 499


def test_a_watch_ends_with_its_work():
    looks = 0

    async def is_disconnected() -> bool:
        nonlocal looks
        looks += 1
        return False

    request = cast(Any, SimpleNamespace(is_disconnected=is_disconnected))

    async def short() -> bool:
        async with work.watched(request, work.LONG) as gone:
            await asyncio.sleep(3 * work.LOOK)
        before = looks
        await asyncio.sleep(3 * work.LOOK)
        return not gone.is_set() and looks == before > 0

    assert asyncio.run(short())
