"""Replies that browsers and proxies may keep: each is named by what determines it."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from fastapi import Request, Response

from optviz.api.assets import fingerprint
from optviz.api.work import compute

# After this many seconds a cache asks whether the reply still holds; that costs no computation.
MAX_AGE = 300


async def answer(
    request: Request, key: str, media_type: str, make: Callable[[], bytes]
) -> Response:
    """Answer with make(), or with 304 when the client already has the reply that `key` names."""
    return await answer_when_made(request, key, media_type, lambda: compute(make))


async def answer_when_made(
    request: Request,
    key: str,
    media_type: str,
    make: Callable[[], Awaitable[bytes]],
    more: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """Answer as `answer` does, with what is awaited and with `more` headers."""
    tag = hashlib.sha256(f"{fingerprint()} {key}".encode()).hexdigest()[:32]
    headers = {"ETag": f'"{tag}"', "Cache-Control": f"public, max-age={MAX_AGE}", **more}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = await make()
    if media_type == "application/octet-stream":
        # Floats hardly compress: say that they are not, so that no middleware tries.
        headers["Content-Encoding"] = "identity"
    return Response(body, media_type=media_type, headers=headers)
