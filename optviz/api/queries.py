"""The query of a request, as it was sent, and taken apart."""

from fastapi import Request

from optviz import query
from optviz.checks import RaceError


def text_of(request: Request) -> str:
    """Return the query as it was sent."""
    # Not request.url.query: that fails on bytes that are no text.
    return request.scope["query_string"].decode(errors="replace")


def once(request: Request) -> dict[str, str]:
    """Return the parts of a query each of which may be given once."""
    parts = query.pairs(text_of(request))
    named = dict(parts)
    if len(named) < len(parts):
        twice = next(name for name in named if sum(name == one for one, _ in parts) > 1)
        raise RaceError(f"The query gives {twice[:40]} twice; give it once.")
    return named
