"""How much the server computes at once, and how much may wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

# A computation keeps a core busy: more at once would only take turns.
AT_ONCE = 2
# A full class dragging sliders has one request each under way.
MAX_WAITING = 1000

T = TypeVar("T")
_limiter = CapacityLimiter(AT_ONCE)


class BusyError(Exception):
    """Too many requests are waiting."""

    def __init__(self) -> None:
        super().__init__("The server is busy. Try again in a moment.")


async def compute(make: Callable[[], T]) -> T:
    """Return make(), called in a worker thread when its turn comes; BusyError if too many wait."""
    if _limiter.statistics().tasks_waiting >= MAX_WAITING:
        raise BusyError
    return await to_thread.run_sync(make, limiter=_limiter)
