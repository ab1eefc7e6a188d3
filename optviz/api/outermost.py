"""What holds for every path: HEAD is GET without a body, and a failure inside gets a sentence."""

import logging
from collections.abc import Mapping, Sequence

from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from optviz.api.work import CLIENT

LOG = logging.getLogger(__name__)
# What a tab of a browser calls itself, and so much of it counts.
TAB = b"x-optviz-tab"
LONGEST = 40
SORRY = "Something went wrong in the server; its log says what. Another request may well succeed."


def sentences(
    problems: Sequence[str], status: int, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return a reply of sentences about what is wrong: each by itself, and all of them as one."""
    said = {"detail": " ".join(problems), "problems": list(problems)}
    return JSONResponse(said, status, headers)


def _client(scope: Scope) -> str:
    """Return who asks, an address and a tab."""
    address, _ = scope.get("client") or ("", 0)
    tab = next((value for name, value in scope["headers"] if name == TAB), b"")
    return f"{address} {tab[:LONGEST].decode('latin-1')}"


class Outermost:
    """Wraps the API."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see to its reply."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, headers_alone = False, scope["method"] == "HEAD"
        CLIENT.set(_client(scope))

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            bare = headers_alone and message["type"] == "http.response.body"
            await send({**message, "body": b""} if bare else message)

        if headers_alone:
            scope = {**scope, "method": "GET"}
        try:
            await self._app(scope, receive, sent)
        except Exception:
            if begun:
                raise
            LOG.exception("%s %s failed", scope["method"], scope["path"])
            await sentences([SORRY], 500)(scope, receive, sent)
