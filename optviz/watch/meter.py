"""Counts and times all that is asked, names each request, and shows what it has seen."""

import asyncio
import logging
import re
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from optviz.watch import figures
from optviz.watch.logs import REQUEST
from optviz.watch.statuspage import Seen, page

LOG = logging.getLogger(__name__)
# So many requests are remembered for the page, and so long ones, in seconds.
KEPT, RECENT = 4096, 60.0
# How often, in seconds, it is seen how late the event loop is.
LOOK = 0.25
# What another server may have called a request.
NAMED = re.compile(rb"[\w.-]{1,64}")
# Who is told to come again.
REFUSALS = (429, 503)
# How late it was, and when.
LAGS: deque[tuple[float, float]] = deque(maxlen=round(RECENT / LOOK))
TEXT = "text/plain; version=0.0.4"


class Meter:
    """Wraps an ASGI application; `known` are the parts of its data plane, such as race."""

    def __init__(self, app: ASGIApp, known: Collection[str]) -> None:
        self._app, self._known = app, frozenset(known)
        self._seen: deque[Seen] = deque(maxlen=KEPT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is asked about the server itself, and pass on all else."""
        if scope["type"] == "websocket":
            with figures.SESSIONS.track_inprogress():
                await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == "/metrics":
            await Response(figures.written(), media_type=TEXT)(scope, receive, send)
        elif scope["path"] == "/status":
            since = time.monotonic() - RECENT
            recent = [one for one in self._seen if one.at > since]
            late = max((late for at, late in LAGS if at > since), default=0.0)
            body = page(recent, RECENT, late)
            await HTMLResponse(body, headers={"Cache-Control": "no-store"})(scope, receive, send)
        else:
            await self._metered(scope, receive, send)

    async def _metered(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status, named = time.monotonic(), 500, _name(scope)
        token = REQUEST.set(named)

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = [*message["headers"], (b"x-request-id", named.encode())]
                message = {**message, "headers": own}
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            self._note(scope, status, time.monotonic() - begun)
            REQUEST.reset(token)

    def _note(self, scope: Scope, status: int, took: float) -> None:
        kind = self.kind(scope["path"])
        figures.REQUESTS.labels(kind, status).observe(took)
        if status in REFUSALS:
            figures.REFUSED.labels(status).inc()
        self._seen.append(Seen(time.monotonic(), kind, status, took))
        more = {"kind": kind, "status": status, "ms": round(1000 * took, 1)}
        LOG.info("answered", extra={"more": more})

    def kind(self, path: str) -> str:
        """Return what a path is counted as: one of few, whatever strangers ask for."""
        first, _, rest = path.lstrip("/").partition("/")
        name = rest.partition("/")[0]
        if first == "api":
            return f"api/{name}" if name in self._known else "api/other"
        if first in ("static", "_stcore"):
            return first
        return "page"


def _name(scope: Scope) -> str:
    """Return what a proxy calls a request, or a name of its own."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode() if NAMED.fullmatch(given) else secrets.token_hex(8)


@asynccontextmanager
async def lag_watched() -> AsyncIterator[None]:
    """See how late the event loop is, for as long as this lasts."""

    async def watch() -> None:
        while True:
            due = time.monotonic() + LOOK
            await asyncio.sleep(LOOK)
            late = max(0.0, time.monotonic() - due)
            figures.LAG.observe(late)
            LAGS.append((time.monotonic(), late))

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()
