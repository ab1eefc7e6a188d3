"""Replies that are kept for whoever asks the same next: in memory, in a folder or in Redis."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Protocol

from anyio import to_thread
from redis.asyncio import Redis
from redis.exceptions import RedisError

from optviz.api import work
from optviz.proceed import Proceed
from optviz.shelf import Folder

LOG = logging.getLogger(__name__)
# A reply that takes more than this share of the room is not kept: it would drive out all others.
LARGEST = 1 / 8
# Seconds: after which Redis is given up, how long it is left alone then, how long it keeps.
PATIENCE, PAUSE, KEPT = 0.25, 5.0, 3600


class Shelf(Protocol):
    """Where replies are, each by a name that says all that it depends on."""

    async def found(self, name: str) -> bytes | None:
        """Return a reply, if it is there."""
        ...

    async def put(self, name: str, reply: bytes) -> None:
        """Keep a reply, if there is room; what cannot be kept is no error."""
        ...


class InMemory:
    """The replies of this process that were asked for last, in so many bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def found(self, name: str) -> bytes | None:
        """Return a reply, if it is there."""
        if name in self._kept:
            self._kept.move_to_end(name)
        return self._kept.get(name)

    async def put(self, name: str, reply: bytes) -> None:
        """Keep a reply; those that were asked for longest ago make room."""
        if len(reply) > LARGEST * self._most:
            return
        self._size += len(reply) - len(self._kept.pop(name, b""))
        self._kept[name] = reply
        while self._size > self._most:
            self._size -= len(self._kept.popitem(last=False)[1])


class InFolder:
    """Replies in files, which all servers of a machine may share."""

    def __init__(self, path: Path, most: int) -> None:
        self._folder, self._most = Folder(path, most_bytes=most), most

    async def found(self, name: str) -> bytes | None:
        """Return a reply, if it is there, whole."""
        return await to_thread.run_sync(self._folder.found, name)

    async def put(self, name: str, reply: bytes) -> None:
        """Keep a reply; those that were written first make room."""
        if len(reply) <= LARGEST * self._most:
            await to_thread.run_sync(self._folder.put, name, reply)


class InRedis:
    """Replies that all servers share; how much is kept is Redis' own setting `maxmemory`.

    While it does not answer, nothing is kept.
    """

    def __init__(self, redis: Redis, most: int) -> None:
        self._redis, self._most = redis, most
        self._until = 0.0

    async def found(self, name: str) -> bytes | None:
        """Return a reply, if it is there."""
        if self._left_alone():
            return None
        try:
            found: Any = await self._redis.get(f"optviz {name}")
            return found
        except RedisError as why:
            self._leave(why)
            return None

    async def put(self, name: str, reply: bytes) -> None:
        """Keep a reply for a while."""
        if self._left_alone() or len(reply) > LARGEST * self._most:
            return
        try:
            await self._redis.set(f"optviz {name}", reply, ex=KEPT)
        except RedisError as why:
            self._leave(why)

    def _left_alone(self) -> bool:
        return time.monotonic() < self._until

    def _leave(self, why: RedisError) -> None:
        self._until = time.monotonic() + PAUSE
        LOG.warning("Redis keeps nothing for %g s: %s", PAUSE, why)


def shelf(where: str, most: int) -> Shelf:
    """Return the shelf that a setting names: nothing for memory, a folder, or an address.

    OSError if nothing can be written into the folder; only the last part of its path is made.
    """
    if where.startswith("/"):
        Path(where).mkdir(exist_ok=True)
        TemporaryFile(dir=where).close()
        return InFolder(Path(where), most)
    if where:
        redis = Redis.from_url(where, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        return InRedis(redis, most)
    return InMemory(most)


class Replies:
    """A shelf, and how often a reply was found there, and how often it was made."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.found = self.made = 0

    async def reply(
        self, name: str, make: Callable[[Proceed], bytes], proceed: Proceed, cost: int
    ) -> bytes:
        """Return the reply of a name from the shelf; or make it, see `work.compute`, and keep it.

        Of many who ask at once no more make it than have a turn: the others find it made.
        """
        if (found := await self._sought(name)) is not None:
            return found
        return await work.compute(
            make, proceed, cost, lambda: self._sought(name), lambda reply: self._put(name, reply)
        )

    async def _put(self, name: str, reply: bytes) -> None:
        self.made += 1
        await self.shelf.put(name, reply)

    async def _sought(self, name: str) -> bytes | None:
        found = await self.shelf.found(name)
        self.found += found is not None
        return found


REPLIES = Replies(InMemory(16 << 20))
