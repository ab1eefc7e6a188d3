"""How much the server computes at once, and how much may wait."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

# A request that takes so many steps is ended when its client goes away.
LONG = 200_000
# So often, in seconds, it is seen whether the client still waits for a long computation.
LOOK = 0.05

T = TypeVar("T")


@dataclass
class Gate:
    """How many computations run at once, and how many requests may wait for that.

    A computation keeps a core busy: more at once would only take turns. A full class dragging
    sliders has one request each under way.
    """

    at_once: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))
    waiting: int = 1000


GATE = Gate()


class BusyError(Exception):
    """Too many requests are waiting."""


async def compute(make: Callable[[], T]) -> T:
    """Return make(), called in a worker thread when its turn comes; BusyError if too many wait."""
    if GATE.at_once.statistics().tasks_waiting >= GATE.waiting:
        raise BusyError("The server is busy. Try again in a moment.")
    return await to_thread.run_sync(make, limiter=GATE.at_once)


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
