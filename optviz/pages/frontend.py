"""Streamlit's own page and files, for slow networks: in few requests, compressed once, kept."""

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit
from streamlit import get_option

from optviz import encodings, shelf
from optviz.api import assets
from optviz.pages import paths
from optviz.pages.esmodule import UnreadableError
from optviz.pages.merged import Merged, merged
from optviz.pages.opening import entry, opening

LOG = logging.getLogger(__name__)
STATIC = Path(streamlit.__file__).parent / "static" / "static"
INDEX = STATIC.parent / "index.html"
STYLE = Path(__file__).with_name("page.css")
TYPES = {".js": "text/javascript", ".css": "text/css"}
HTML = "text/html; charset=utf-8"
# What Streamlit loads for what every page of ours has, by the names of its own elements.
ELEMENTS = ("Html", "PageLink", "Selectbox", "BidiComponent")
# What shows the first page, which has several paths; another one's has the name of its path.
FIRST = "racehost"
# As many files as a page could ask for; all of them take some megabytes.
KEPT = 1024
# Streamlit loads its font of icons before there is any, for a space: which no icon has. Who has
# kept the sheet as it was sees the same.
ICONS = re.compile(r"(@font-face *\{)(?=[^}]*font-family: *[\"']?Material Symbols)")
# Below these are no pages: what is asked there is answered as it was asked.
NO_PAGES = ("api/", "_stcore/")
ICON = Path(__file__).parent / "icon.png"
# Where Streamlit's page has the mark in a browser's tab, and where browsers look beside what is no
# page, such as a reply of the API.
ICONS_AT = ("favicon.png", "favicon.ico")
DAY = "public, max-age=86400"
MISSED = """<!doctype html><html lang="en"><meta charset="utf-8"><title>No such page</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<body style="font: 1rem/1.5 system-ui; margin: 3rem auto; max-width: 32rem; padding: 0 1rem">
<h1>There is no such page here</h1><p>optviz has three: Race, Maps and Compare.</p></body></html>
"""
# What would have Streamlit answer about its own page.
CONDITIONS = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Frontend:
    """Wraps an ASGI application that serves Streamlit, below whatever path."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what is made here, or pass the request on."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
        elif "/static/" in scope["path"]:
            await self._file(scope, receive, send)
        elif _inside(scope["path"]).strip("/") in ICONS_AT:
            await _answer(send, ICON.read_bytes(), "image/png", "", {"Cache-Control": DAY})
        elif _inside(scope["path"]).startswith(NO_PAGES):
            await self._app(scope, receive, send)
        else:
            await self._page(scope, receive, send)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file of Streamlit's, or with one that is made of several."""
        before, _, name = scope["path"].partition("/static/")
        made = await asyncio.to_thread(streamlit_modules)
        prefix = f"{made.fingerprint}/" if made else "/"
        # Modules name others beside them: below our address is all that is below Streamlit's.
        ours, name = name.startswith(prefix), name.removeprefix(prefix)
        encoding = _encoding(scope)
        if ours and made and name.removeprefix("js/") in made.files:
            body = await asyncio.to_thread(_merged, name.removeprefix("js/"), encoding)
        elif encoding and name in _names():
            body = await asyncio.to_thread(_encoded, name, encoding)
        else:
            path = f"{before}/static/{name}"
            there = {"path": path, "raw_path": quote(path).encode()} if ours else {}
            await self._app({**scope, **there}, receive, send)
            return
        # Their names change with what is in them.
        await _answer(send, body, TYPES[Path(name).suffix], encoding, assets.FOR_EVER)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with our page where Streamlit would with its own."""
        headers = [pair for pair in scope["headers"] if pair[0] not in CONDITIONS]
        reply: list[Message] = []

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and not _is_page(message):
                await send(message)
            elif message["type"] == "http.response.start" or reply:
                reply.append(message)
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    await self._instead(scope, reply, send)
            else:
                await send(message)

        await self._app({**scope, "headers": headers}, receive, sent)

    async def _instead(self, scope: Scope, reply: list[Message], send: Send) -> None:
        """Answer with our page instead of Streamlit's; what is another one stays as it is."""
        if b"".join(message["body"] for message in reply[1:]) != _index():
            for message in reply:
                await send(message)
            return
        if _inside(scope["path"]).strip("/") not in paths.ALL:
            # Streamlit would show its page at any address.
            await _answer(send, MISSED.encode(), HTML, "", {}, 404)
            return
        encoding = _encoding(scope)
        page = await asyncio.to_thread(_page, encoding, _host(scope["path"]))
        tag = f'"{hashlib.sha256(page).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in _header(scope, "if-none-match"):
            await _answer(send, b"", HTML, "", headers, status=304)
        else:
            await _answer(send, page, HTML, encoding, headers)


@cache
def streamlit_modules() -> Merged | None:
    """Return the modules of every page in a few files; None if Streamlit's look different."""
    folder = STATIC / "js"
    found = (sorted(folder.glob(f"{name}.*.js")) for name in ELEMENTS)
    later = [files[0].name for files in found if len(files) == 1]
    try:
        return _kept(folder, entry(_index().decode()), later)
    except UnreadableError as why:
        LOG.warning("Streamlit's modules are served one by one: %s", why)
    except Exception:
        LOG.exception("Streamlit's modules are served one by one.")
    return None


def _kept(folder: Path, name: str, later: list[str]) -> Merged:
    """Return the modules of a folder merged, if need be by an earlier process."""
    said = hashlib.sha256(f"{assets.fingerprint()} {name} {later}".encode())
    for path in sorted(folder.glob("*.js")):
        said.update(path.read_bytes())

    def make() -> bytes:
        made = merged(folder, name, later)
        return json.dumps([[*made.files.items()], made.first]).encode()

    files, first = json.loads(shelf.kept(said.hexdigest(), make))
    return Merged(dict(files), tuple(first))


def make_ready() -> None:
    """Make what the first visitor asks for."""
    made = streamlit_modules()
    best = encodings.KNOWN[0]
    _page(best, FIRST)
    for name in made.first if made else ():
        _merged(name, best)


@cache
def _index() -> bytes:
    return INDEX.read_bytes()


@cache
def _page(encoding: str, host: str) -> bytes:
    player = f"./api/player/{assets.fingerprint()}/{assets.BUNDLE}"
    page, style = _index().decode(), STYLE.read_text()
    page = opening(page, streamlit_modules(), style=style, player=player, host=host)
    return encodings.encoded(page.encode(), encoding)


@cache
def _names() -> frozenset[str]:
    """Return the names of all files that are text, with their folders."""
    found = (path for path in STATIC.rglob("*") if path.suffix in TYPES)
    return frozenset(path.relative_to(STATIC).as_posix() for path in found)


@lru_cache(maxsize=KEPT)
def _encoded(name: str, encoding: str) -> bytes:
    data = (STATIC / name).read_bytes()
    if name.endswith(".css"):
        data = ICONS.sub(r"\1unicode-range:U+21-10FFFF;", data.decode()).encode()
    return encodings.encoded(data, encoding)


@lru_cache(maxsize=KEPT)
def _merged(name: str, encoding: str) -> bytes:
    made = streamlit_modules()
    return encodings.encoded(made.files[name].encode() if made else b"", encoding)


def _inside(path: str) -> str:
    """Return where a path leads below that of Streamlit's own setting."""
    base = str(get_option("server.baseUrlPath")).strip("/")
    return f"{path}/".removeprefix(f"/{base}/") if base else path.lstrip("/")


def _host(path: str) -> str:
    """Return the name of the player's module that shows the page at a path."""
    name = f"{path.rstrip('/').rpartition('/')[2]}host"
    return name if f"hosts/{name}.js" in assets.names() else FIRST


def _is_page(start: Message) -> bool:
    kind = dict(start["headers"]).get(b"content-type", b"")
    return start["status"] == 200 and kind.startswith(b"text/html")


def _header(scope: Scope, name: str) -> str:
    """Return a header, in one line."""
    lines = [value for key, value in scope["headers"] if key == name.encode()]
    return b",".join(lines).decode("latin-1")


def _encoding(scope: Scope) -> str:
    return encodings.taken([_header(scope, "accept-encoding")])


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


async def _answer(
    send: Send, body: bytes, kind: str, encoding: str, more: Mapping[str, str], status: int = 200
) -> None:
    headers = {"Content-Type": kind, "Vary": "Accept-Encoding", **more}
    if encoding:
        headers["Content-Encoding"] = encoding
    if status == 200:
        headers["Content-Length"] = str(len(body))
    await send({"type": "http.response.start", "status": status, "headers": _raw(headers)})
    await send({"type": "http.response.body", "body": body})
