"""What holds for every path: HEAD is GET without a body, and a failure inside gets a sentence."""

from __future__ import annotations

import logging

import pytest

from optviz.api import app, assets
from optviz.api.outermost import SORRY

SMALL = {
    "/race": "steps=9&lane=sgd",
    "/slopes": "steps=9&lane=sgd",
    "/inspection": "steps=9&lane=sgd",
    "/surface": "n=9",
    "/map": "steps=9&lane=sgd&n=4",
    "/rates": "steps=9&lane=sgd",
    "/ensemble": "steps=9&lane=sgd&noise=1&seeds=2",
    "/compare": "surface=booth&rules=sgd&trials=2&steps=9&starts=2",
}
ADDRESSES = [f"{path}?{query}" for path, query in SMALL.items()]
OTHERS = ["/catalogue", "/docs", "/openapi.json", "/nothing", "/race?surface=nothing"]


@pytest.fixture(params=[*ADDRESSES, *OTHERS, "player"])
def address(request):
    return (
        f"/player/{assets.fingerprint()}/{assets.PLOTLY}"
        if request.param == "player"
        else (request.param)
    )


def test_every_path_that_computes_is_tried():
    assert SMALL.keys() == {kind.path for kind in app.PATHS}


def test_head_is_get_without_a_body(client, address):
    whole, head = client.get(address), client.head(address)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers == whole.headers
    assert int(head.headers["content-length"]) > 0


@pytest.mark.parametrize("address", [*ADDRESSES, "/catalogue"])
def test_a_failure_inside_gets_a_sentence_and_the_log_its_trace(
    client, monkeypatch, caplog, address
):
    def fail(*_, **__):
        raise ZeroDivisionError("deep inside")

    for kind in app.PATHS:
        monkeypatch.setattr(kind, "read", fail)
    monkeypatch.setattr(app, "catalogue", fail)
    with caplog.at_level(logging.ERROR):
        reply = client.get(address)
    assert reply.status_code == 500
    assert reply.json() == {"detail": SORRY, "problems": [SORRY]}
    assert "etag" not in reply.headers
    (record,) = caplog.records
    assert "deep inside" in caplog.text
    assert "Traceback" in caplog.text
    assert address.partition("?")[0] in record.getMessage()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_failure_of_a_computation_gets_a_sentence(client, monkeypatch, caplog, address):
    for kind in app.PATHS:
        monkeypatch.setattr(kind, "body", lambda *_: 1 / 0)
    assert client.get(address).json()["problems"] == [SORRY]
    assert "ZeroDivisionError" in caplog.text


def test_what_is_not_there_and_what_is_not_read_get_a_sentence(client):
    assert "nothing at this address" in client.get("/nothing").json()["problems"][0]
    reply = client.post("/race")
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD")
    assert "GET or HEAD" in reply.json()["detail"]
