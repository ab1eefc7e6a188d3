"""Replies that browsers and proxies may keep: each is named by what determines it."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from fastapi import Request, Response

from optviz.api.assets import fingerprint

# After this many seconds a cache asks whether the reply still holds; that costs no computation.
MAX_AGE = 300


async def answer(
    request: Request,
    key: str,
    media_type: str,
    make: Callable[[], Awaitable[bytes]],
    more: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """Answer with what make() returns, or with 304 if the client has the reply that `key` names.

    `more` are further headers.
    """
    name = tag(key)
    headers = {"ETag": f'"{name}"', "Cache-Control": f"public, max-age={MAX_AGE}", **more}
    if known(name, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(await make(), media_type=media_type, headers=headers)


def tag(key: str) -> str:
    """Return a reply's name, which is another one in another release."""
    return hashlib.sha256(f"{fingerprint()} {key}".encode()).hexdigest()[:32]


def known(tag: str, header: str) -> bool:
    """Return whether `If-None-Match: header` has the tag, weak or strong, in its list, or is *."""
    return header.strip() == "*" or tag in re.findall(r'(?:W/)?"([^"]*)"', header)
