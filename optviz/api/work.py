"""How much the server computes at once, and how much may wait."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from optviz.api.turns import Turn, Turns
from optviz.proceed import Proceed
from optviz.programs import BEFORE_COMPILING
from optviz.settings import AT_ONCE_MOST

# A request that takes so many steps is long: it leaves a turn to others, and is ended when its
# client goes away. Most races on a screen take less than 10,000.
LONG = 20_000
# So often, in seconds, it is seen whether the client still waits for a long computation.
LOOK = 0.05

T = TypeVar("T")

# A computation keeps a core busy: more at once would only take turns.
TURNS = Turns()
# Whoever has a turn has a thread.
_THREADS = CapacityLimiter(AT_ONCE_MOST)
# Who asks: an address and, as a class may share one, a tab of a browser there.
CLIENT: ContextVar[str] = ContextVar("client", default="")


class _LongError(Exception):
    """What was taken for quick turns out to need a compiler."""


async def _nothing(*_: object) -> None:
    return None


async def compute(
    make: Callable[[Proceed], T],
    proceed: Proceed = lambda _: True,
    cost: int = 0,
    known: Callable[[], Awaitable[T | None]] = _nothing,
    keep: Callable[[T], Awaitable[None]] = _nothing,
) -> T:
    """Return make(proceed), which takes `cost` steps, called in a thread when its turn comes.

    What is long, or has to be compiled first, asks now and then whether to proceed, and has breaks
    for others then. BusyError if too many wait already, or it has taken too long. If `known` has
    the result by the time of its turn, that is returned; else `keep` gets it before the turn ends.
    """
    for long in (False, True) if cost < LONG else (True,):
        async with TURNS.turn(CLIENT.get(), long=long) as turn:
            if (found := await known()) is not None:
                return found
            with suppress(_LongError):
                made = await to_thread.run_sync(_task(make, proceed, turn), limiter=_THREADS)
                await keep(made)
                return made
    raise AssertionError("what is long does not turn out to be long")


def _task(make: Callable[[Proceed], T], proceed: Proceed, turn: Turn) -> Callable[[], T]:
    """Return what makes a result within a turn; the turn of what is quick is not for compiling."""

    def stop() -> None:
        raise _LongError

    def task() -> T:
        if not turn.long:
            BEFORE_COMPILING.set(stop)
        return make(lambda done: turn.goes_on(lambda: proceed(done)))

    return task


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
