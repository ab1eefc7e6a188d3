"""Everything is below one path, and nothing beside it; every reply says how it may be used."""

from __future__ import annotations

import asyncio

import pytest

from optviz.pages import entrance as module
from optviz.pages.entrance import FOREIGN, FULL, REFUSAL, SEEN_AT, Entrance


def ask(
    path: str,
    base: str = "",
    *,
    kind: str = "http",
    query: bytes = b"",
    said=(),
    method: str = "GET",
    headers=(),
    origins=(),
    sessions=1000,
):
    """Return what an application is asked, and what is sent back."""
    asked: list = []
    sent: list = []
    told = headers

    async def app(scope, _receive, send) -> None:
        asked.append(scope)
        headers = [(b"content-type", b"text/plain"), *said]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"own"})

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "raw_path": path.encode(), "query_string": query}
    scope |= {"method": method, "headers": [*told]}
    asyncio.run(Entrance(app, base, "'self'", origins, sessions)(scope, receive, send))
    return asked, sent


@pytest.mark.parametrize("base", ["", "/optviz", "/a/b"])
@pytest.mark.parametrize("path", ["/", "/maps", "/api/race", "/_stcore/health"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_what_is_below_the_base_is_asked_as_if_there_were_none(base, path, kind):
    ((scope,), _) = ask(base + path, base, kind=kind)
    assert (scope["path"], scope["raw_path"]) == (path, path.encode())


@pytest.mark.parametrize("path", ["/", "/api/race", "/optvizard", "/x/optviz/", "/OPTVIZ/"])
def test_beside_it_there_is_nothing(path):
    asked, sent = ask(path, "/optviz")
    assert not asked
    assert sent[0]["status"] == 404
    asked, sent = ask(path, "/optviz", kind="websocket")
    assert not asked
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_the_bare_base_leads_to_the_folder_with_all_that_was_asked():
    asked, sent = ask("/optviz", "/optviz", query=b"surface=beale")
    assert not asked
    assert sent[0]["status"] == 307
    assert dict(sent[0]["headers"])[b"location"] == b"/optviz/?surface=beale"


@pytest.mark.parametrize("path", ["/", "/x"])
def test_every_reply_says_how_it_may_be_used(path):
    _, (start, _) = ask(path, "/x")
    headers = dict(start["headers"])
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"same-origin"
    assert b"frame-ancestors 'self';" in headers[b"content-security-policy"]
    own = (b"Content-Security-Policy", b"default-src 'none'")
    _, (start, _) = ask("/x/", "/x", said=[own])
    named = [name.lower() for name, _ in start["headers"]]
    assert named.count(b"content-security-policy") == 1


def test_what_is_no_request_goes_through():
    asked, sent = ask("", "/x", kind="lifespan")
    assert len(asked) == 1
    assert b"referrer-policy" not in dict(sent[0]["headers"])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/_stcore/upload_file/a/b", "/_stcore/agent/interact"])
def test_nothing_is_taken(method, path):
    asked, sent = ask(path, method=method)
    assert not asked
    assert sent[0]["status"] == 405
    # The data plane has a sentence of its own.
    assert ask("/x/api/race", "/x", method=method)[0]


HERE, ELSEWHERE = b"https://course.edu", b"https://evil.example"


@pytest.mark.parametrize("base", ["", "/optviz"])
@pytest.mark.parametrize("page", ["/maps", "/status", "/a/b"])
def test_a_page_as_a_folder_leads_to_the_page_wherever_it_is_shown(base, page):
    asked, sent = ask(f"{base}{page}/", base, query=b"lane=sgd")
    assert not asked
    assert sent[0]["status"] == 307
    # Relative to the folder, so that a path which a proxy has taken away stays.
    name = page.rpartition("/")[2]
    assert dict(sent[0]["headers"])[b"location"] == f"../{name}?lane=sgd".encode()
    assert ask(f"{base}/", base)[0]
    assert ask(f"{base}/api/docs/", base)[0]


@pytest.mark.parametrize(
    ("headers", "origins", "welcome"),
    [
        ({}, [], True),
        ({b"host": b"course.edu", b"origin": HERE}, [], True),
        ({b"host": b"course.edu", b"origin": ELSEWHERE}, [], False),
        ({b"host": b"course.edu:8501", b"origin": HERE}, [], False),
        ({b"host": b"optviz:8501", b"origin": HERE}, [], False),
        ({b"host": b"optviz:8501", b"origin": HERE}, ["https://course.edu"], True),
        ({b"host": b"optviz:8501", b"origin": ELSEWHERE}, ["https://course.edu"], False),
        ({b"host": b"optviz", b"x-forwarded-host": b"course.edu", b"origin": HERE}, [], True),
        ({b"host": b"optviz", b"x-forwarded-host": b"course.edu", b"origin": ELSEWHERE}, [], False),
        ({b"host": b"course.edu", b"origin": b"null"}, [], False),
        ({b"host": b"course.edu", b"origin": b"http://[::1"}, [], False),
        ({b"origin": b"http://"}, [], False),
    ],
)
def test_pages_of_other_sites_cannot_connect(headers, origins, welcome):
    asked, sent = ask("/_stcore/stream", kind="websocket", headers=headers.items(), origins=origins)
    assert bool(asked) == welcome
    assert welcome or sent == [{"type": "websocket.close", "code": 1008}]


def test_so_many_may_be_connected_and_others_when_one_has_gone():
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"host", b"course.edu")]}
    leave = asyncio.Event()
    sent: list = []
    told: list = []

    async def app(*_) -> None:
        await leave.wait()

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message) -> None:
        sent.append(message)

    async def crowd() -> None:
        entrance = Entrance(app, "", "'self'", sessions=2, tell=lambda *why: told.append(why))
        enter = lambda: asyncio.create_task(entrance({**scope}, receive, send))  # noqa: E731
        inside = [enter(), enter()]
        await asyncio.sleep(0)
        await enter()
        assert sent == [{"type": "websocket.close", "code": 1008}]
        assert told == [(FULL, "", "course.edu")]
        leave.set()
        await asyncio.gather(*inside, enter())
        assert len(sent) == 1

    asyncio.run(crowd())


@pytest.mark.parametrize(
    ("origin", "sessions", "why"),
    [(HERE, 1, ""), (ELSEWHERE, 1, FOREIGN), (HERE, 0, FULL), (ELSEWHERE, 0, FOREIGN)],
)
def test_a_page_that_is_not_connected_can_ask_why(origin, sessions, why):
    headers = [(b"host", b"course.edu"), (SEEN_AT, origin)]
    ((scope,), _) = ask("/standin/race", headers=headers, sessions=sessions)
    assert scope[REFUSAL] == why
    ((scope,), _) = ask("/standin/race", headers=headers[:1])
    assert REFUSAL not in scope


def test_streamlits_own_figures_are_for_nobody():
    asked, sent = ask("/x/_stcore/metrics", "/x")
    assert not asked
    assert sent[0]["status"] == 404


def through(app, receive, send=None, kind: str = "http") -> None:
    """Have an application answer something through an entrance."""

    async def nowhere(_) -> None:
        return None

    scope = {"type": kind, "path": "/", "method": "GET", "headers": [], "query_string": b""}
    asyncio.run(Entrance(app, "", "'self'")(scope, receive, send or nowhere))


def test_who_goes_in_the_middle_of_a_reply_is_no_failure():
    async def app(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise AssertionError("it went on")

    async def gone(_) -> None:
        raise RuntimeError("unable to perform operation on <TCPTransport closed=True>")

    async def broken(_) -> None:
        raise RuntimeError("something else")

    through(app, None, gone)
    with pytest.raises(RuntimeError, match="something else"):
        through(app, None, broken)


def test_a_connection_over_which_nothing_comes_is_ended(monkeypatch):
    monkeypatch.setattr(module, "SILENCE", 0.05)
    heard: list[str] = []

    async def app(_scope, receive, _send) -> None:
        while not heard or heard[-1] != "websocket.disconnect":
            heard.append((await receive())["type"])

    def saying(*messages: str):
        left = [*messages]

        async def receive():
            if not left:
                await asyncio.Event().wait()
            return {"type": left.pop(0)}

        return receive

    through(app, saying("websocket.connect"), kind="websocket")
    assert heard == ["websocket.connect", "websocket.disconnect"]
    heard.clear()

    async def later():
        await asyncio.sleep(0.2)
        return {"type": "websocket.disconnect"}

    talks = saying("websocket.connect", "websocket.receive")

    async def receive():
        return await (talks() if len(heard) < 2 else later())

    through(app, receive, kind="websocket")
    assert heard == ["websocket.connect", "websocket.receive", "websocket.disconnect"]
