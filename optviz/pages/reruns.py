"""Runs of pages' scripts: never so many that the event loop, and all else with it, has to wait."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from threading import BoundedSemaphore
from typing import Any

# Each session's script runs in a thread of its own. Of many runs that a page asks for while it
# waits, Streamlit leaves one.
AT_ONCE = 2
# Seconds from one message of a page to the next of any, if the loop is in time by so much; of what
# it is late, so many times as much is waited, at most so long.
STEP, LATE, CALM, LONGEST = 0.002, 0.02, 10.0, 1.0

TURN = BoundedSemaphore(AT_ONCE)


class Pace:
    """Lets messages of all pages in, one after the other, as fast as the event loop keeps up.

    Each may start a thread. The loop would wait for that among those that run already.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self._gate = asyncio.Lock()
        self._clock, self._sleep = clock, sleep

    def kept(self, receive: Callable[[], Awaitable[Any]]) -> Callable[[], Awaitable[Any]]:
        """Return what receives the messages of a connection at this pace."""

        async def received() -> Any:
            message = await receive()
            if message["type"] == "websocket.receive":
                async with self._gate:
                    await self._wait()
            return message

        return received

    async def _wait(self) -> None:
        due = self._clock() + STEP
        await self._sleep(STEP)
        if (late := self._clock() - due) > LATE:
            await self._sleep(min(CALM * late, LONGEST))
