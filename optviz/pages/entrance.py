"""The way in: the path that everything is below, who may come, what replies say of their safety."""

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from optviz.pages.frontend import App, Message, Receive, Scope, Send

PLAIN = (b"content-type", b"text/plain")
FOREIGN = b"This is for pages of this server.\n"
FULL = b"Too many pages are connected. Try again in a moment.\n"
MISSED = b"There is nothing at this address.\n"
READ_ONLY = b"What is here can only be read: ask with GET or HEAD.\n"
READING = ("GET", "HEAD")
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


class Entrance:
    """Wraps an ASGI application that is at the top, and shows it at `base`, such as /optviz.

    A proxy that takes the path away needs no base. `framing` says who may show a page within one of
    theirs, as a source list of Content-Security-Policy. `origins` are those of pages that may
    connect besides pages of the address that was asked, and `sessions` how many may at a time.
    """

    def __init__(
        self,
        app: App,
        base: str,
        framing: str,
        origins: Collection[str] = (),
        sessions: int = 1000,
    ) -> None:
        self._app, self._base, self._origins = app, base, {*origins}
        self._sessions, self._connected = sessions, 0
        policy = "; ".join([f"frame-ancestors {framing}", *RULES])
        self._safe = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is below the base."""
        if scope["type"] == "http":
            await self._inside(scope, receive, self._safely(send))
        elif scope["type"] == "websocket" and self._foreign(scope):
            await _answer(scope, receive, send, 403, FOREIGN)
        elif scope["type"] == "websocket" and self._connected >= self._sessions:
            await _answer(scope, receive, send, 503, FULL)
        elif scope["type"] == "websocket":
            self._connected += 1
            try:
                await self._inside(scope, receive, send)
            finally:
                self._connected -= 1
        else:
            await self._app(scope, receive, send)

    def _foreign(self, scope: Scope) -> bool:
        """Return whether a page of another site wants to connect.

        A proxy may ask under a name of its own, and say under which it was asked: no page can.
        """
        told = {name: value.decode("latin-1") for name, value in scope["headers"]}
        origin = told.get(b"origin")
        here = {told.get(b"host"), told.get(b"x-forwarded-host")}
        return not (origin is None or origin in self._origins or urlsplit(origin).netloc in here)

    async def _inside(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, base = scope["path"], self._base
        if scope["type"] == "http" and scope["method"] not in READING and "/api/" not in path:
            # Streamlit takes files, and requests of programs: no page here has a use for either.
            more = [PLAIN, (b"allow", b"GET, HEAD")]
            await _answer(scope, receive, send, 405, READ_ONLY, more)
        elif path == base and base:
            # Addresses in a page are relative to the folder that the page is in.
            query = scope["query_string"]
            there = base.encode() + b"/" + (b"?" + query if query else b"")
            await _answer(scope, receive, send, 307, b"", [(b"location", there)])
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


async def _answer(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    body: bytes,
    headers: Sequence[tuple[bytes, bytes]] = (PLAIN,),
) -> None:
    """Answer a request; who wants to connect gets this instead of a connection."""
    kind = "http.response"
    if scope["type"] == "websocket":
        await receive()
        kind = f"websocket.{kind}"
        if kind not in scope.get("extensions", {}):
            # Of this server it is 403, whatever is meant.
            await send({"type": "websocket.close", "code": 1008})
            return
    await send({"type": f"{kind}.start", "status": status, "headers": [*headers]})
    await send({"type": f"{kind}.body", "body": body})
