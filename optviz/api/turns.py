"""Whose turn it is to compute: what is quick before what is long, then who has had least."""

import asyncio
import threading
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

# Seconds after which it is worth asking again.
SOON = 1
# Seconds that a request may wait for its turn, and that one may take, breaks included.
PATIENCE, LONGEST = 15.0, 90.0
# What a client has had is half forgotten after so many seconds; less than that is forgotten.
HALF_LIFE, LITTLE = 30.0, 0.01
# A client with this many seconds less goes first.
AHEAD = 0.05
# So many computations may have a break at a time: each keeps a thread and its memory.
BREAKS = 8
# How often, in seconds, it is seen in a break whether the client still waits.
LOOK = 0.05


class BusyError(Exception):
    """A request cannot wait for its turn, or has waited too long."""

    status = 503


class GreedyError(BusyError):
    """It cannot because its client has too many that do."""

    status = 429


class Turn:
    """One request's: waiting for it, having it, or having a break."""

    def __init__(self, turns: "Turns", client: str, long: bool) -> None:
        self.client, self.long, self.has = client, long, False
        self.begun = self.counted = 0.0
        self._turns = turns
        self.tell: Callable[[], None] = lambda: None

    def goes_on(self, wanted: Callable[[], bool]) -> bool:
        """Return whether a computation is to go on; it may have a break first, for others.

        It is called in the thread that computes, now and then. BusyError after too long.
        """
        in_time = lambda: time.monotonic() < self.begun + LONGEST  # noqa: E731
        goes_on = wanted() and self._turns.considers(self, lambda: wanted() and in_time())
        if not in_time():
            raise BusyError("It takes too long while others ask, too. Try again in a moment.")
        return goes_on


class Turns:
    """A queue of requests, each of a client: at most `at_once` have their turn at a time.

    At most `waiting` wait in all, `each` of one client. Of several turns one is kept for what is
    quick, however much waits that is long. Within both comes who has computed least lately; what
    is long has breaks for those. So who asks for fifty dear things delays nobody but himself.
    """

    def __init__(self, at_once: int = 2, waiting: int = 1000, each: int = 50) -> None:
        self.at_once, self.waiting, self.each = at_once, waiting, each
        self._lock = threading.Lock()
        self._running = {False: 0, True: 0}
        self._breaks = 0
        # Seconds that each client has had, as of when.
        self._had: dict[str, tuple[float, float]] = {}
        self._queues: dict[bool, OrderedDict[str, deque[Turn]]] = {
            False: OrderedDict(),
            True: OrderedDict(),
        }

    @asynccontextmanager
    async def turn(self, client: str, *, long: bool = False) -> AsyncIterator[Turn]:
        """Wait for a turn and have it; BusyError if too many wait already, or for too long."""
        one, loop = Turn(self, client, long), asyncio.get_running_loop()
        told = asyncio.Event()
        one.tell = lambda: _soon(loop, told)
        self._join(one)
        try:
            try:
                async with asyncio.timeout(PATIENCE):
                    await told.wait()
            except TimeoutError:
                raise BusyError("The server is busy. Try again in a moment.") from None
            one.begun = one.counted = time.monotonic()
            yield one
        finally:
            self._leave(one)

    def waits(self) -> int:
        """Return how many wait."""
        with self._lock:
            return self._waits()

    def considers(self, one: Turn, wanted: Callable[[], bool]) -> bool:
        """Give the turn of a computation to who comes before it, if anybody does, and wait."""
        told = threading.Event()
        with self._lock:
            self._count(one)
            if self._breaks >= BREAKS or not self._comes_before(one):
                return True
            self._breaks += 1
            one.tell = told.set
            self._end(one)
            self._queue(one, first=True)
            self._admit()
        while wanted() and not told.wait(LOOK):
            pass
        with self._lock:
            self._breaks -= 1
            one.counted = time.monotonic()
        return told.is_set()

    def _waits(self) -> int:
        return sum(len(own) for queue in self._queues.values() for own in queue.values())

    def _join(self, one: Turn) -> None:
        with self._lock:
            own = sum(len(queue.get(one.client, ())) for queue in self._queues.values())
            if not (self._free(one.long) and not self._queues[one.long]):
                if self._waits() >= self.waiting:
                    raise BusyError("The server is busy. Try again in a moment.")
                if own >= self.each:
                    raise GreedyError(
                        f"{self.each} requests of yours are waiting already. "
                        "Try again when they are done."
                    )
            self._queue(one)
            self._admit()

    def _queue(self, one: Turn, *, first: bool = False) -> None:
        own = self._queues[one.long].setdefault(one.client, deque())
        if first:
            own.appendleft(one)
        else:
            own.append(one)

    def _free(self, long: bool) -> bool:
        """Return whether there is a turn for what is long, or quick."""
        if sum(self._running.values()) >= self.at_once:
            return False
        return not long or self._running[True] < max(1, self.at_once - 1)

    def _admit(self) -> None:
        """Give turns to those that come next."""
        for long, queue in self._queues.items():
            while queue and self._free(long):
                client = min(queue, key=self._had_by)
                own = queue[client]
                one = own.popleft()
                # Of those that have had as much, the others come first the next time.
                queue.move_to_end(client)
                if not own:
                    del queue[client]
                one.has = True
                self._running[long] += 1
                one.tell()

    def _comes_before(self, one: Turn) -> bool:
        """Return whether somebody who waits comes before one that has its turn."""
        if self._queues[False] and not self._free(False):
            return one.long
        mine = self._had_by(one.client) - AHEAD
        return any(self._had_by(client) < mine for client in self._queues[one.long])

    def _had_by(self, client: str) -> float:
        """Return how many seconds a client has computed lately."""
        seconds, at = self._had.get(client, (0.0, 0.0))
        return seconds * 0.5 ** ((time.monotonic() - at) / HALF_LIFE)

    def _count(self, one: Turn) -> None:
        """Take down what a computation has taken since that was done last."""
        now = time.monotonic()
        self._had[one.client] = self._had_by(one.client) + now - one.counted, now
        one.counted = now
        if len(self._had) > self.waiting:
            kept = {
                client: had for client, had in self._had.items() if self._had_by(client) > LITTLE
            }
            self._had = dict(list(kept.items())[-self.waiting :])

    def _end(self, one: Turn) -> None:
        self._running[one.long] -= 1
        one.has = False

    def _leave(self, one: Turn) -> None:
        """Give a turn back, or the place in the queue."""
        with self._lock:
            queue = self._queues[one.long]
            if one.has:
                if one.begun:
                    self._count(one)
                self._end(one)
            elif one.client in queue and one in queue[one.client]:
                queue[one.client].remove(one)
                if not queue[one.client]:
                    del queue[one.client]
            self._admit()


def _soon(loop: asyncio.AbstractEventLoop, told: asyncio.Event) -> None:
    loop.call_soon_threadsafe(told.set)
