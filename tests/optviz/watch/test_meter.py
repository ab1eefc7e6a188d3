"""All that is asked is counted by its kind, named in reply and log, and shown; never who asked."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import deque

import pytest

from optviz.watch import figures, logs
from optviz.watch import meter as module
from optviz.watch.meter import Meter, lag_watched

SECRET = "surface=beale&secret=1"


def count(name: str, **labels) -> float:
    return figures.REGISTRY.get_sample_value(name, labels) or 0.0


def ask(meter: Meter, path: str, *, kind: str = "http", headers=()):
    """Return the status of a reply, its headers and its body."""
    sent: list = []

    async def send(message) -> None:
        sent.append(message)

    scope = {
        **{"type": kind, "path": path, "method": "GET", "headers": [*headers]},
        **{"query_string": SECRET.encode(), "client": ("192.0.2.7", 4711)},
    }
    asyncio.run(meter(scope, None, send))  # type: ignore[arg-type]
    if not sent:
        return 0, {}, b""
    head, *parts = sent
    told = {name.decode(): value.decode() for name, value in head["headers"]}
    return head["status"], told, b"".join(part["body"] for part in parts)


def answering(status: int) -> Meter:
    async def app(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"own"})

    return Meter(app, {"race", "map"})


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/race", "api/race"),
        ("/api/map", "api/map"),
        ("/api/whatever/else", "api/other"),
        ("/static/js/index.js", "static"),
        ("/_stcore/health", "_stcore"),
        ("/", "page"),
        ("/any/thing", "page"),
    ],
)
@pytest.mark.parametrize("status", [200, 404, 429, 503])
def test_a_request_is_counted_by_its_kind(path, kind, status):
    before = count("optviz_request_seconds_count", kind=kind, status=str(status))
    refused = count("optviz_refused_total", status=str(status))
    assert ask(answering(status), path)[0] == status
    assert count("optviz_request_seconds_count", kind=kind, status=str(status)) == before + 1
    again = count("optviz_refused_total", status=str(status)) - refused
    assert again == (status in (429, 503))


def test_a_failure_is_counted_and_goes_on():
    async def app(*_) -> None:
        raise ValueError("no")

    before = count("optviz_request_seconds_count", kind="page", status="500")
    with pytest.raises(ValueError, match="no"):
        ask(Meter(app, ()), "/")
    assert count("optviz_request_seconds_count", kind="page", status="500") == before + 1


def test_pages_that_are_open_are_counted():
    seen = []

    async def app(*_) -> None:
        seen.append(count("optviz_sessions"))

    before = count("optviz_sessions")
    ask(Meter(app, ()), "/_stcore/stream", kind="websocket")
    assert seen == [before + 1]
    assert count("optviz_sessions") == before


def test_a_request_has_a_name_that_a_proxy_may_give():
    meter = answering(200)
    names = {ask(meter, "/")[1]["x-request-id"] for _ in range(3)}
    assert len(names) == 3
    assert ask(meter, "/", headers=[(b"x-request-id", b"a-1.b")])[1]["x-request-id"] == "a-1.b"
    evil = b'x"\r\n{}'
    assert re.fullmatch(
        r"\w+", ask(meter, "/", headers=[(b"x-request-id", evil)])[1]["x-request-id"]
    )


def test_the_log_has_lines_of_json_and_nothing_of_persons():
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(logs.Lines().format(record))

    handler, log = Kept(), logging.getLogger("optviz.watch.meter")
    log.addHandler(handler)
    log.setLevel("INFO")
    try:
        _, told, _ = ask(answering(200), "/api/race")
    finally:
        log.removeHandler(handler)
        log.setLevel("NOTSET")
    (line,) = lines
    said = json.loads(line)
    assert (said["kind"], said["status"], said["request"]) == (
        "api/race",
        200,
        told["x-request-id"],
    )
    assert said["ms"] >= 0
    assert "192.0.2.7" not in line
    assert "secret" not in line


def test_a_trace_is_part_of_its_line():
    try:
        raise ValueError("no")
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("optviz.x", logging.ERROR, "", 0, "%s failed", ("it",), info)
    said = json.loads(logs.Lines().format(record))
    assert said["says"] == "it failed"
    assert "ValueError: no" in said["trace"]


def test_figures_are_those_of_prometheus():
    _, told, body = ask(answering(200), "/metrics")
    assert told["content-type"].startswith("text/plain")
    text = body.decode()
    for name in (
        *("request_seconds", "rerun_seconds", "loop_lag_seconds", "sessions", "waiting"),
        *("refused_total", "compilations_total", "program_hits_total", "program_bytes"),
    ):
        assert f"optviz_{name}" in text, name
    assert "process_resident_memory_bytes" in text


def test_the_page_says_who_is_here_what_is_slow_and_what_was_refused():
    meter = answering(503)
    _, told, body = ask(meter, "/status")
    assert b"Nothing was asked in the last 60 seconds." in body
    assert told["cache-control"] == "no-store"
    for _ in range(3):
        ask(meter, "/api/map")
    text = ask(meter, "/status")[2].decode()
    assert re.search(r"<tr><td>api/map<td>3<td>\d+ ms<td>\d+ ms<td>3<td>0", text)
    assert "0 pages open; 0 requests waiting;" in text


def test_how_late_the_event_loop_is_is_watched():
    async def wait() -> None:
        async with lag_watched():
            await asyncio.sleep(0.6)

    before = count("optviz_loop_lag_seconds_count")
    asyncio.run(wait())
    assert count("optviz_loop_lag_seconds_count") >= before + 1


def test_what_a_request_waits_before_it_is_seen_is_told(monkeypatch):
    monkeypatch.setattr(module, "LAGS", deque([(time.monotonic() - 100, 9.0)]))
    assert "at most 0 ms" in ask(answering(200), "/status")[2].decode()
    module.LAGS.append((time.monotonic(), 1.2345))
    assert "at most 1234 ms" in ask(answering(200), "/status")[2].decode()


def test_connections_that_were_refused_are_told():
    assert b"refused" not in ask(answering(200), "/status")[2] or count(
        "optviz_connections_refused_total", why="full"
    )
    before = sum(count("optviz_connections_refused_total", why=why) for why in ("full", "foreign"))
    figures.CONNECTIONS.labels("full").inc()
    told = f"{before + 1:.0f} tries to connect refused since it began"
    assert told in ask(answering(200), "/status")[2].decode()
