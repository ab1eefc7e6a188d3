"""The way in: the path that everything is below, who may come, what replies say of their safety."""

import asyncio
import re
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from optviz.pages.frontend import App, Message, Receive, Scope, Send
from optviz.pages.reruns import Pace

PLAIN = (b"content-type", b"text/plain")
# Why a page may not connect, and where a request finds it: a browser does not tell a page.
FOREIGN, FULL = "foreign", "full"
REFUSAL = "optviz.refusal"
# What a page that asks says of where it is.
SEEN_AT = b"x-optviz-origin"
# So many seconds a connection may be silent when it begins.
SILENCE = 20.0
# Streamlit's own figures, beside ours.
HIDDEN = ("/_stcore/metrics",)
MISSED = b"There is nothing at this address.\n"
READ_ONLY = b"What is here can only be read: ask with GET or HEAD.\n"
READING = ("GET", "HEAD")
# A page as if it were a folder; the data plane has a sentence of its own.
_FOLDER = re.compile(r"^/(?!api/)(?:[^/]+/)+$")
# Nothing comes from elsewhere. Streamlit's page has styles and a script within it, and makes
# modules of components' texts; who tests a page in a browser has it evaluate what is waited for.
RULES = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "base-uri 'self'",
    "object-src 'none'",
    "form-action 'self'",
)


class _GoneError(Exception):
    """Who asked has gone, in the middle of a reply."""


class Entrance:
    """Wraps an ASGI application that is at the top, and shows it at `base`, such as /optviz.

    A proxy that takes the path away needs no base. `framing` says who may show a page within one of
    theirs, as a source list of Content-Security-Policy. `origins` are those of pages that may
    connect besides pages of the address that was asked, and `sessions` how many may at a time.
    `tell` is told of who may not: why, where the page is, and as what this server was asked.
    """

    def __init__(
        self,
        app: App,
        base: str,
        framing: str,
        origins: Collection[str] = (),
        sessions: int = 1000,
        tell: Callable[[str, str, str], None] = lambda *_: None,
    ) -> None:
        self._app, self._base, self._origins = app, base, {*origins}
        self._sessions, self._connected, self._tell = sessions, 0, tell
        self._pace = Pace()
        policy = "; ".join([f"frame-ancestors {framing}", *RULES])
        self._safe = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is below the base."""
        if scope["type"] == "http":
            seen_at = _header(scope, SEEN_AT)
            scope = {**scope, REFUSAL: self._refusal(scope, seen_at)} if seen_at else scope
            with suppress(_GoneError):
                await self._inside(scope, receive, self._safely(_while_there(send)))
        elif scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = _header(scope, b"origin")
        if why := self._refusal(scope, origin):
            self._tell(why, origin or "", _header(scope, b"host") or "")
            await _answer(scope, receive, send, 403)
            return
        self._connected += 1
        try:
            await self._inside(scope, self._pace.kept(_ended_if_silent(receive)), send)
        finally:
            self._connected -= 1

    def _refusal(self, scope: Scope, origin: str | None) -> str:
        """Return why a page may not connect that is at an origin, or nothing if it may.

        A proxy may ask under a name of its own, and say under which it was asked: no page can.
        """
        here = {_header(scope, b"host"), _header(scope, b"x-forwarded-host")}
        if not (origin is None or origin in self._origins or _host(origin) in here):
            return FOREIGN
        return FULL if self._connected >= self._sessions else ""

    async def _inside(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, base = scope["path"], self._base
        if path.removeprefix(base) in HIDDEN:
            await _answer(scope, receive, send, 404, MISSED)
            return
        if scope["type"] == "http" and scope["method"] not in READING and "/api/" not in path:
            # Streamlit takes files, and requests of programs: no page here has a use for either.
            more = [PLAIN, (b"allow", b"GET, HEAD")]
            await _answer(scope, receive, send, 405, READ_ONLY, more)
        elif path == base and base:
            # Addresses in a page are relative to the folder that the page is in.
            await _answer(scope, receive, send, 307, b"", [_leading(base.encode() + b"/", scope)])
        elif (
            path.startswith(f"{base}/")
            and scope["type"] == "http"
            and _FOLDER.search(path[len(base) :])
        ):
            # To the page itself, wherever a proxy shows it: Streamlit would lead to the top.
            page = (scope.get("raw_path") or b"").rstrip(b"/").rpartition(b"/")[2]
            await _answer(scope, receive, send, 307, b"", [_leading(b"../" + page, scope)])
        elif path.startswith(f"{base}/"):
            raw = scope.get("raw_path") or b""
            taken = {"path": path.removeprefix(base), "raw_path": raw.removeprefix(base.encode())}
            await self._app({**scope, **taken} if base else scope, receive, send)
        else:
            await _answer(scope, receive, send, 404, MISSED)

    def _safely(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                more = [(name, value) for name, value in self._safe if name not in said]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        return sent


def _while_there(send: Send) -> Send:
    async def sent(message: Message) -> None:
        try:
            await send(message)
        except RuntimeError as why:
            # What uvloop says of a connection that the other end has closed.
            if "closed" not in str(why):
                raise
            raise _GoneError from None

    return sent


def _ended_if_silent(receive: Receive) -> Receive:
    """End a connection that nothing comes over: Streamlit's page begins to talk at once."""
    talks = False

    async def received() -> Message:
        nonlocal talks
        if talks:
            return await receive()
        try:
            async with asyncio.timeout(SILENCE):
                message = await receive()
        except TimeoutError:
            return {"type": "websocket.disconnect", "code": 1008}
        talks = message["type"] == "websocket.receive"
        return message

    return received


def _leading(there: bytes, scope: Scope) -> tuple[bytes, bytes]:
    """Return the header that leads to an address, with all that was asked."""
    query = scope["query_string"]
    return b"location", there + (b"?" + query if query else b"")


def _host(origin: str) -> str:
    """Return the host of an origin, with its port; what no request names if there is none."""
    try:
        return urlsplit(origin).netloc or "-"
    except ValueError:
        return "-"


def _header(scope: Scope, name: bytes) -> str | None:
    found = [value for key, value in scope["headers"] if key == name]
    return found[-1].decode("latin-1") if found else None


async def _answer(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    body: bytes = b"",
    headers: Sequence[tuple[bytes, bytes]] = (PLAIN,),
) -> None:
    if scope["type"] == "websocket":
        # Closed before it is accepted: that is 403 over HTTP, whatever is meant.
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": status, "headers": [*headers]})
    await send({"type": "http.response.body", "body": body})
