"""Streamlit's own page and files come in few requests, compressed, below any path."""

from __future__ import annotations

import asyncio
import gzip
import re

import brotli
import pytest

from optviz import shelf
from optviz.api import assets
from optviz.pages import frontend
from optviz.pages.frontend import INDEX, STATIC, Frontend, _names
from optviz.pages.opening import entry

SCRIPT = next(name for name in sorted(_names()) if name.endswith(".js"))
SHEET = next(name for name in sorted(_names()) if re.match(r"css/index\.", name))
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: lambda body: body}
BASES = ["", "/course", "/a/b"]
PAGE = {"accept": "text/html,*/*", "accept-encoding": "gzip, deflate, br, zstd"}


class Streamlit:
    """An application that answers with one reply, and knows what it was asked."""

    def __init__(self, body=b"own", kind="text/plain", status=200, headers=()) -> None:
        self.body, self.status = body, status
        self.headers = [(b"content-type", kind.encode()), *headers]
        self.asked: list = []

    async def __call__(self, scope, _, send) -> None:
        self.asked.append(scope)
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        half = len(self.body) // 2
        for part, more in ((self.body[:half], True), (self.body[half:], False)):
            await send({"type": "http.response.body", "body": part, "more_body": more})


def ask(path: str, app=None, *, method: str = "GET", **headers: str):
    """Return status, headers and decoded body of what is answered."""
    sent: list = []

    async def send(message) -> None:
        sent.append(message)

    headers = {"accept-encoding": "gzip, br"} | {k.replace("_", "-"): v for k, v in headers.items()}
    raw = [(name.encode(), value.encode()) for name, value in headers.items() if value]
    scope = {"type": "http", "method": method, "path": path, "headers": raw}
    asyncio.run(Frontend(app or Streamlit())(scope, None, send))  # type: ignore[arg-type]
    start, *parts = sent
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    body = b"".join(part["body"] for part in parts)
    return start["status"], found, DECODE[found.get("content-encoding")](body)


@pytest.fixture(autouse=True)
def base_path(monkeypatch):
    """What `streamlit run` is told of where it is."""
    monkeypatch.setattr(frontend, "get_option", {"server.baseUrlPath": "course"}.__getitem__)


@pytest.fixture
def page():
    return Streamlit(INDEX.read_bytes(), "text/html; charset=utf-8", headers=[(b"etag", b'"own"')])


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "br"), ("gzip;q=1, br;q=0", "gzip")]
)
def test_a_file_comes_compressed_below_any_path_and_may_be_kept(base, accepted, encoding):
    status, headers, body = ask(f"{base}/static/{SCRIPT}", accept_encoding=accepted)
    assert status == 200
    assert headers["content-encoding"] == encoding
    assert headers["vary"] == "Accept-Encoding"
    assert "immutable" in headers["cache-control"]
    assert body == (STATIC / SCRIPT).read_bytes()


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (f"/static/{SCRIPT}", {"accept_encoding": ""}),
        (f"/static/{SCRIPT}", {"accept_encoding": "deflate, br;q=0"}),
        (f"/static/{SCRIPT}", {"method": "HEAD"}),
        ("/static/js/none.js", {}),
        ("/static/../../app.js", {}),
        ("/static/0123456789abcdef/js/part-0.js", {}),
        ("/api/catalogue", {}),
        ("/api/docs", {"accept": "text/html"}),
        ("/", {}),
    ],
)
def test_all_else_is_passed_on(path, options):
    app = Streamlit()
    assert ask(path, app, **options) == (200, {"content-type": "text/plain"}, b"own")
    assert [scope["path"] for scope in app.asked] == [path]


def address(name: str) -> str:
    made = frontend.streamlit_modules()
    assert made
    return f"/static/{made.fingerprint}/{name}"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("accepted", ["br", "gzip", ""])
def test_the_few_files_come_below_their_own_address(base, accepted):
    made = frontend.streamlit_modules()
    assert made
    for name in (*made.first, entry(INDEX.read_text())):
        status, headers, body = ask(base + address(f"js/{name}"), accept_encoding=accepted)
        assert status == 200
        assert body.decode() == made.files[name]
        assert "immutable" in headers["cache-control"]


def test_what_stands_beside_them_is_streamlits_own():
    app = Streamlit()
    assert ask(address("media/font.woff2"), app)[2] == b"own"
    assert app.asked[0]["path"] == "/static/media/font.woff2"
    assert app.asked[0]["raw_path"] == b"/static/media/font.woff2"
    assert ask(address(SHEET))[2] == ask(f"/static/{SHEET}")[2]


def test_icons_are_not_loaded_before_there_is_one():
    before = (STATIC / SHEET).read_text()
    after = ask(f"/static/{SHEET}")[2].decode()
    added = "unicode-range:U+21-10FFFF;"
    assert after.count(added) == 1
    assert after.replace(added, "") == before
    (face,) = re.findall(r"@font-face *\{[^}]*U\+21-10FFFF[^}]*\}", after)
    assert "Material Symbols" in face


@pytest.mark.parametrize("path", ["/", "/race", "/maps", "/course/", "/course/compare"])
def test_the_page_names_the_few_files_and_is_asked_for_again_each_time(page, path):
    status, headers, body = ask(path, page, **PAGE)
    made = frontend.streamlit_modules()
    assert made
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert headers["cache-control"] == "no-cache"
    assert f"./static/{made.fingerprint}/js/{made.first[-1]}".encode() in body
    assert f"./api/player/{assets.fingerprint()}/{assets.BUNDLE}".encode() in body
    # Below whatever path it is shown.
    assert not re.search(rb"""(?:src|href)=["']/""", body)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "race"),
        ("/race", "race"),
        ("/course/", "race"),
        ("/course/race", "race"),
        ("/maps", "maps"),
        ("/course/compare", "compare"),
    ],
)
def test_each_page_has_its_own_host_ask_early(page, path, name):
    body = ask(path, page, **PAGE)[2].decode()
    assert re.findall(r"hosts\.(\w+)\.ahead", body) == [f"{name}host"]
    assert (assets.PLAYER / "hosts" / f"{name}host.js").exists()


@pytest.mark.parametrize("accept", ["text/html", "*/*", ""])
@pytest.mark.parametrize(
    "path", ["/x", "/maps/x", "/x/maps", "/api2", "/coursemaps", "/course/x", "/x/api/catalogue"]
)
def test_where_there_is_no_page_streamlits_own_is_not_shown(page, path, accept):
    status, _, body = ask(path, page, accept=accept)
    assert status == 404
    assert b"There is no such page here" in body


@pytest.mark.parametrize("path", ["/favicon.ico", "/favicon.png", "/course/favicon.ico"])
def test_there_is_an_icon(path):
    status, headers, body = ask(path)
    assert (status, headers["content-type"], body[1:4]) == (200, "image/png", b"PNG")


def test_who_has_the_page_is_told_so_and_streamlit_is_not_asked_about_its_own(page):
    tag = ask("/", page, **PAGE)[1]["etag"]
    status, headers, body = ask("/", page, **PAGE, if_none_match=f'W/"x", {tag}')
    assert (status, body, headers["etag"]) == (304, b"", tag)
    assert "content-length" not in headers
    assert ask("/", page, **PAGE, if_none_match='"own"')[0] == 200
    told = {name for scope in page.asked for name, _ in scope["headers"]}
    assert told == {b"accept"}


@pytest.mark.parametrize("status", [200, 404, 500])
def test_another_page_stays_as_it_is(status):
    app = Streamlit(b"<html>Another one.</html>", "text/html", status)
    assert ask("/", app, **PAGE) == (status, {"content-type": "text/html"}, app.body)


@pytest.mark.parametrize("kind", [frontend.UnreadableError, RecursionError, ValueError])
def test_where_streamlit_looks_different_the_page_asks_for_its_own_modules(
    page, monkeypatch, caplog, kind
):
    def refuse(*_):
        raise kind("It is written otherwise.")

    for made in (frontend.streamlit_modules, frontend._page):
        made.cache_clear()
    # Nothing that was merged before is taken.
    monkeypatch.delenv(shelf.FOLDER, raising=False)
    monkeypatch.setattr(frontend, "merged", refuse)
    try:
        body = ask("/", page, **PAGE)[2].decode()
        assert "written otherwise" in caplog.text
        own = re.findall(r"\./static/js/[^\"]+", INDEX.read_text())
        assert len(own) > 50
        assert re.findall(r"\./static/js/[^\"]+", body) == own
        assert ask(f"/static/{SCRIPT}")[2] == (STATIC / SCRIPT).read_bytes()
        frontend.make_ready()
    finally:
        for made in (frontend.streamlit_modules, frontend._page):
            made.cache_clear()


def test_a_request_that_is_none_of_http_is_passed_on():
    app = Streamlit()
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}

    async def send(_) -> None:
        pass

    asyncio.run(Frontend(app)(scope, None, send))  # type: ignore[arg-type]
    assert app.asked == [scope]
