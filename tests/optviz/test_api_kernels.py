"""Kernels and draws over HTTP: the same as in Python, at addresses that may be kept for ever."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import numpy as np
import pytest

import optviz
from optviz import kernels
from optviz.api import assets
from optviz.api.kernels import compressed
from optviz.noise import draws


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("rule=adam&surface=beale", optviz.kernel("adam", "beale")),
        ("schedule=cosine", kernels.schedule_kernel("cosine")),
    ],
)
def test_a_kernel_is_a_module_that_may_be_kept_for_ever(client, query, text):
    reply = client.get(f"/kernel?{query}")
    assert reply.text == text
    assert reply.headers["content-type"].startswith("text/javascript")
    kept = client.get(f"/{reply.headers['content-location']}")
    assert kept.text == text
    assert "immutable" in kept.headers["cache-control"]
    again = client.get(f"/kernel?{query}", headers={"If-None-Match": reply.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "A kernel is that of a rule on a surface, as in rule=adam&surface=beale"),
        ("rule=adam&rule=sgd&surface=beale", "The query gives rule twice; give it once."),
        ("rule=adam", "A kernel is that of a rule on a surface"),
        ("rule=adam&surface=beale&schedule=cosine", "A kernel is that of a rule on a surface"),
        ("rule=adan&surface=beale", "There is no rule 'adan'. Did you mean 'adam'?"),
        ("rule=adam&surface=../../etc", "There is no surface"),
        ("schedule=cosinus", "Did you mean 'cosine'?"),
    ],
)
def test_what_there_is_none_of_is_said(client, query, said):
    reply = client.get(f"/kernel?{query}")
    assert reply.status_code == 422
    assert said in reply.json()["detail"]


@pytest.mark.parametrize(
    ("name", "over", "along"),
    [("x,y", ("x", "y"), ()), ("lr,rho1/noise,rho2", ("lr", "rho1"), ("noise", "rho2"))],
)
def test_the_program_of_a_map_may_be_kept_for_ever(client, name, over, along):
    reply = client.get(f"/player/{assets.fingerprint()}/kernels/cells/adam/beale/{name}.js")
    assert reply.text == kernels.cells("adam", "beale", over, along)
    assert reply.headers["content-type"].startswith("text/javascript")
    assert "immutable" in reply.headers["cache-control"]


NOWHERE = [
    *("adan/beale", "adam/bale", "cosinus", "adam/beale/sgd", "", "cells/adam/beale/x,x"),
    *("lines/adan/beale", "lines/adam"),
    *("cells/adam/beale/x,zeta", "cells/adam/bale/x,y", "cells/adam/beale/x,y/lr,what"),
]


@pytest.mark.parametrize("name", NOWHERE)
def test_there_is_nothing_at_an_address_of_no_kernel(client, name):
    reply = client.get(f"/player/{assets.fingerprint()}/kernels/{name}.js")
    assert reply.status_code == 404
    assert "reload the page" in reply.text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lines/adam/beale", lambda: kernels.lines_kernel("adam", "beale")),
        ("lines/all/beale", lambda: kernels.lines_stock("beale")),
        ("all/beale", lambda: kernels.stock("beale")),
    ],
)
def test_what_the_player_fetches_ahead_may_be_kept_for_ever(client, name, text):
    reply = client.get(f"/player/{assets.fingerprint()}/kernels/{name}.js")
    assert reply.text == text()
    assert "immutable" in reply.headers["cache-control"]


def test_draws_are_those_of_the_noise_to_the_bit(client):
    reply = client.get("/draws?seed=7&steps=500")
    assert (np.frombuffer(reply.content, "<f8").reshape(-1, 2) == draws(500, 7)).all()
    assert "immutable" in reply.headers["cache-control"]
    assert client.get("/draws?seed=7&steps=90").content == reply.content[: 16 * 90]
    several = client.get("/draws?seed=6&seeds=3&steps=90").content
    assert (np.frombuffer(several, "<f8").reshape(3, -1, 2)[1] == draws(90, 7)).all()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "seed=7",
        "seed=-1&steps=5",
        "seed=7&steps=1e9",
        "seed=a&steps=5",
        "seed=7&steps=500&seeds=0",
        "seed=7&steps=500&seeds=132",
    ],
)
def test_draws_that_cannot_be_had_are_refused_in_a_sentence(client, query):
    reply = client.get(f"/draws?{query}")
    assert reply.status_code == 422
    assert reply.json()["problems"]


def test_what_many_ask_for_at_once_is_printed_once(monkeypatch):
    printed = []

    def slow(rule, surface):
        printed.append(rule)
        sleep(0.05)
        return surface

    monkeypatch.setattr("optviz.kernels.kernel", slow)
    names = "a rule", "on no surface"
    with ThreadPoolExecutor(8) as students:
        came = [*students.map(lambda _: compressed(*names), range(8))]
    assert len(printed) == 1
    assert {*map(gzip.decompress, came)} == {b"on no surface"}
