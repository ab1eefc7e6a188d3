"""How much the server computes at once, and how much may wait."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from optviz.api.turns import Turns
from optviz.proceed import Proceed
from optviz.settings import AT_ONCE_MOST

# A request that takes so many steps is long: it leaves a turn to others, and is ended when its
# client goes away.
LONG = 200_000
# So often, in seconds, it is seen whether the client still waits for a long computation.
LOOK = 0.05

T = TypeVar("T")

# A computation keeps a core busy: more at once would only take turns.
TURNS = Turns()
# Whoever has a turn has a thread.
_THREADS = CapacityLimiter(AT_ONCE_MOST)
# Who asks: an address and, as a class may share one, a tab of a browser there.
CLIENT: ContextVar[str] = ContextVar("client", default="")


async def compute(
    make: Callable[[Proceed], T], proceed: Proceed = lambda _: True, cost: int = 0
) -> T:
    """Return make(proceed), which takes `cost` steps, called in a thread when its turn comes.

    What is long asks now and then whether to proceed, and has breaks for others then. BusyError if
    too many wait already, or it has taken too long.
    """
    async with TURNS.turn(CLIENT.get(), long=cost >= LONG) as turn:
        goes_on: Proceed = lambda done: turn.goes_on(lambda: proceed(done))  # noqa: E731
        return await to_thread.run_sync(lambda: make(goes_on), limiter=_THREADS)


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
