"""Streamlit's own scripts and style sheets, compressed once: it sends them as they are."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import streamlit

STATIC = Path(streamlit.__file__).parent / "static" / "static"
TYPES = {".js": b"text/javascript", ".css": b"text/css"}
# As many files as a page could ask for; all of them take some megabytes.
KEPT = 1024

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Compressed:
    """Wraps an ASGI application that serves Streamlit, below whatever path."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a compressed file, or pass the request on."""
        name = _asked(scope)
        if not name:
            await self._app(scope, receive, send)
            return
        body = await asyncio.to_thread(_compressed, name)
        headers = [
            (b"content-type", TYPES[Path(name).suffix]),
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(body)).encode()),
            # Their names change with what is in them.
            (b"cache-control", b"public, max-age=31536000, immutable"),
            (b"vary", b"Accept-Encoding"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _asked(scope: Scope) -> str:
    """Return which file is asked for by somebody who takes it compressed, if one is."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    name = scope["path"].partition("/static/")[2]
    accepted = b",".join(value for key, value in scope["headers"] if key == b"accept-encoding")
    return name if name in _names() and b"gzip" in accepted else ""


@cache
def _names() -> frozenset[str]:
    """Return the names of all files that are text, with their folders."""
    found = (path for path in STATIC.rglob("*") if path.suffix in TYPES)
    return frozenset(path.relative_to(STATIC).as_posix() for path in found)


@lru_cache(maxsize=KEPT)
def _compressed(name: str) -> bytes:
    return gzip.compress((STATIC / name).read_bytes(), 9, mtime=0)
