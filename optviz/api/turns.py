"""Whose turn it is to compute: what is quick before what is long, and clients one after another."""

import asyncio
import threading
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

# Seconds after which it is worth asking again.
SOON = 1


class BusyError(Exception):
    """A request cannot wait for its turn."""

    status = 503


class GreedyError(BusyError):
    """It cannot because its client has too many that do."""

    status = 429


@dataclass(eq=False)
class _Waiting:
    client: str
    long: bool
    told: asyncio.Future[None]
    admitted: bool = False


class Turns:
    """A queue of requests, each of a client: at most `at_once` have their turn at a time.

    At most `waiting` wait in all, `each` of one client. Of several turns one is kept for what is
    quick, however much waits that is long. Within both the clients take turns: who asks for fifty
    things waits for each as long as who asks for one.
    """

    def __init__(self, at_once: int = 2, waiting: int = 1000, each: int = 50) -> None:
        self.at_once, self.waiting, self.each = at_once, waiting, each
        self._lock = threading.Lock()
        self._running = {False: 0, True: 0}
        self._queues: dict[bool, OrderedDict[str, deque[_Waiting]]] = {
            False: OrderedDict(),
            True: OrderedDict(),
        }

    @asynccontextmanager
    async def turn(self, client: str, *, long: bool = False) -> AsyncIterator[None]:
        """Wait for a turn and have it; BusyError if too many wait already."""
        one = _Waiting(client, long, asyncio.get_running_loop().create_future())
        self._join(one)
        self._admit()
        try:
            await one.told
            yield
        finally:
            self._leave(one)
            self._admit()

    def waits(self) -> int:
        """Return how many wait."""
        with self._lock:
            return self._waits()

    def _waits(self) -> int:
        return sum(len(own) for queue in self._queues.values() for own in queue.values())

    def _join(self, one: _Waiting) -> None:
        with self._lock:
            if self._free(one.long) and not self._queues[one.long]:
                pass
            elif self._waits() >= self.waiting:
                raise BusyError("The server is busy. Try again in a moment.")
            elif (
                sum(len(queue.get(one.client, ())) for queue in self._queues.values()) >= self.each
            ):
                raise GreedyError(
                    f"{self.each} requests of yours are waiting already. "
                    "Try again when they are done."
                )
            self._queues[one.long].setdefault(one.client, deque()).append(one)

    def _free(self, long: bool) -> bool:
        """Return whether there is a turn for what is long, or quick."""
        if sum(self._running.values()) >= self.at_once:
            return False
        return not long or self._running[True] < max(1, self.at_once - 1)

    def _admit(self) -> None:
        """Give turns to those that come next."""
        with self._lock:
            for long, queue in self._queues.items():
                while queue and self._free(long):
                    client, own = next(iter(queue.items()))
                    one = own.popleft()
                    queue.move_to_end(client)
                    if not own:
                        del queue[client]
                    one.admitted = True
                    self._running[long] += 1
                    self._tell(one)

    def _tell(self, one: _Waiting) -> None:
        def tell() -> None:
            if not one.told.done():
                one.told.set_result(None)

        one.told.get_loop().call_soon_threadsafe(tell)

    def _leave(self, one: _Waiting) -> None:
        """Give a turn back, or the place in the queue."""
        with self._lock:
            queue = self._queues[one.long]
            if one.admitted:
                self._running[one.long] -= 1
            elif one.client in queue:
                queue[one.client].remove(one)
                if not queue[one.client]:
                    del queue[one.client]
