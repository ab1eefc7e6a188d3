"""How much the server computes at once, and how much may wait."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

# A computation keeps a core busy: more at once would only take turns.
AT_ONCE = 2
# A full class dragging sliders has one request each under way.
MAX_WAITING = 1000
# A request that takes so many steps is ended when its client goes away.
LONG = 200_000
# So often, in seconds, it is seen whether the client still waits for a long computation.
LOOK = 0.05

T = TypeVar("T")
_limiter = CapacityLimiter(AT_ONCE)


class BusyError(Exception):
    """Too many requests are waiting."""


async def compute(make: Callable[[], T]) -> T:
    """Return make(), called in a worker thread when its turn comes; BusyError if too many wait."""
    if _limiter.statistics().tasks_waiting >= MAX_WAITING:
        raise BusyError("The server is busy. Try again in a moment.")
    return await to_thread.run_sync(make, limiter=_limiter)


@asynccontextmanager
async def watched(request: Request, cost: int) -> AsyncIterator[threading.Event]:
    """Watch over a computation of `cost` steps: the event is set as soon as the client goes away.

    A short one is not watched.
    """
    gone = threading.Event()
    if cost < LONG:
        yield gone
        return

    async def watch() -> None:
        while not await request.is_disconnected():
            await asyncio.sleep(LOOK)
        gone.set()

    # Not a task group: it would wrap the errors of the computation, which have handlers.
    watching = asyncio.create_task(watch())
    try:
        yield gone
    finally:
        watching.cancel()
