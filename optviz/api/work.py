"""How much the server computes at once, and how much may wait."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from optviz.api.turns import Turns
from optviz.proceed import Proceed
from optviz.programs import BEFORE_COMPILING
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
    async with turn(proceed, cost) as run:
        return await run(make)


Run = Callable[[Callable[[Proceed], T]], Awaitable[T]]


@asynccontextmanager
async def turn(proceed: Proceed, cost: int) -> AsyncIterator[Run]:
    """Wait for a turn, and have it; yields what calls something in a thread, as `compute` does."""
    async with TURNS.turn(CLIENT.get(), long=cost >= LONG) as own:
        goes_on: Proceed = lambda done: own.goes_on(lambda: proceed(done))  # noqa: E731

        def work(make: Callable[[Proceed], T]) -> T:
            # What turns out to need a compiler is long, whatever its steps.
            BEFORE_COMPILING.set(lambda: own.lengthens(lambda: proceed(0)))
            return make(goes_on)

        yield lambda make: to_thread.run_sync(work, make, limiter=_THREADS)


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
