"""Students by the hundred: they open a page, change it, ask for data; one of them means harm.

They speak Streamlit's own protocol and HTTP, and draw nothing. `make load` sends them to nginx
before two servers, all on this machine.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

# So long, in seconds, a student waits for anything.
PATIENCE = 60.0
# Of all that a student does, which share is another page, a map, and, where the browser cannot run
# races itself, a race. A drag of all others asks for nothing.
PAGES, MAPS, FALLBACK = 0.05, 0.1, 0.1
SURFACES = ("rosenbrock", "beale", "himmelblau", "booth", "ravine", "saddle")
RULES = ("sgd", "momentum", "nesterov", "adam", "rmsprop", "adagrad")
# The dearest request, and how many of them one client sends at once.
DEAREST = "api/map?surface=goldstein_price&lane=bfgs&steps=2000&n=256"
FLOOD = 50
LINK = re.compile(r'href="\./([^"]+\.js)"')


@dataclass
class Seen:
    """What came of it all: seconds by kind, and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)

    async def timed(self, kind: str, what: Callable[[], Awaitable[object]]) -> None:
        """Do something, and note how long it takes, or what goes wrong."""
        begun = time.perf_counter()
        try:
            await what()
        except Exception as error:
            self.errors[f"{kind}: {type(error).__name__} {error}"[:120]] += 1
        else:
            self.took.setdefault(kind, []).append(time.perf_counter() - begun)

    def percentiles(self, kind: str) -> tuple[float, float, float]:
        """Return the 50th, 95th and 99th percentile of a kind, in milliseconds."""
        p50, p95, p99 = 1000 * np.percentile(self.took.get(kind, [np.nan]), [50, 95, 99])
        return float(p50), float(p95), float(p99)


class Student:
    """One browser: a page that is open, and what its module asks for."""

    def __init__(self, address: str, number: int, seen: Seen, client: httpx.AsyncClient) -> None:
        self._address, self._seen, self._client = address, seen, client
        self._random = random.Random(number)
        self._tab = {"X-Optviz-Tab": f"student{number}"}
        self._socket: ClientConnection | None = None
        self._page = self._query = ""
        self._hashes: set[str] = set()
        self._falls_back = self._random.random() < FALLBACK

    async def attend(self, opens: float, ends: float, every: float) -> None:
        """Open the page at a time, and change something every so many seconds until the end."""
        await asyncio.sleep(max(0.0, opens - time.monotonic()))
        await self._seen.timed("opened", self._open)
        if not self._socket:
            return
        # Not all at once.
        next_ = max(time.monotonic(), opens) + self._random.random() * every
        while next_ < ends:
            await asyncio.sleep(max(0.0, next_ - time.monotonic()))
            await self._seen.timed("changed", self._change)
            await self._ask()
            next_ += every
        await self._socket.close()

    async def _open(self) -> None:
        """Get the page and what it names, run its script, get the first race's programs."""
        page = await self._get("")
        for name in LINK.findall(page.text)[:4]:
            await self._get(name)
        parts = urlsplit(self._address)
        self._socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://{parts.netloc}",  # type: ignore[arg-type]
            max_size=None,
            open_timeout=PATIENCE,
        )
        await self._run("")
        await self._get("api/catalogue")
        await self._get("api/surface?surface=rosenbrock&n=71")

    async def _change(self) -> None:
        """Change something, which the page tells Streamlit, or go to another page."""
        rules = self._random.sample(RULES, 3)
        rate = 10 ** self._random.uniform(-4, -1)
        surface = self._random.choice(SURFACES)
        lanes = "&".join(f"lane={rule},lr:{rate:.3g}" for rule in rules)
        self._query = f"surface={surface}&steps={self._random.randint(100, 900)}&{lanes}"
        await self._run(self._query)

    async def _ask(self) -> None:
        """Ask for data, as some do."""
        chance = self._random.random()
        if chance < PAGES:
            await self._seen.timed("data", lambda: self._get("api/catalogue"))
        elif chance < PAGES + MAPS:
            await self._seen.timed("map", lambda: self._get(f"api/map?{self._query}&n=64"))
        if self._falls_back:
            await self._seen.timed("data", lambda: self._get(f"api/race?{self._query}"))

    async def _get(self, path: str) -> httpx.Response:
        """Ask for something; who is told to come again does."""
        until = time.monotonic() + PATIENCE
        while True:
            reply = await self._client.get(f"{self._address}/{path}", headers=self._tab)
            if reply.status_code not in (429, 503) or time.monotonic() > until:
                reply.raise_for_status()
                return reply
            self._seen.refused[reply.status_code] += 1
            await asyncio.sleep(float(reply.headers.get("retry-after", 1)))

    async def _run(self, query: str) -> None:
        """Have the page's script run, and wait until it has."""
        assert self._socket
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.cached_message_hashes.extend(self._hashes)
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._finished(await self._socket.recv()):
                pass

    def _finished(self, raw: str | bytes) -> bool:
        """Take in a message; return whether it ends the run."""
        assert isinstance(raw, bytes)
        told = ForwardMsg.FromString(raw)
        kind = told.WhichOneof("type")
        if kind == "new_session":
            self._page = told.new_session.page_script_hash
        elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(told.delta.new_element.exception.message)
        elif told.metadata.cacheable and told.hash:
            self._hashes.add(told.hash)
        early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and told.script_finished != early


async def flood(address: str, seen: Seen, begins: float, ends: float) -> None:
    """Send the dearest request many times at once, again and again, each time another one."""
    await asyncio.sleep(max(0.0, begins - time.monotonic()))
    number = 0

    async def one(client: httpx.AsyncClient) -> None:
        nonlocal number
        number += 1
        reply = await client.get(f"{address}/{DEAREST}&seed={number}")
        seen.refused[reply.status_code] += reply.status_code != 200

    limits = httpx.Limits(max_connections=FLOOD)
    async with httpx.AsyncClient(timeout=PATIENCE, limits=limits) as client:
        while time.monotonic() < ends:
            asks = [asyncio.create_task(one(client)) for _ in range(FLOOD)]
            await asyncio.wait(asks, timeout=max(0.1, ends - time.monotonic()))
            for ask in asks:
                ask.cancel()
            await asyncio.gather(*asks, return_exceptions=True)


async def lecture(
    address: str, students: int, herd: float, then: float, *, every: float = 5.0, harm: bool = False
) -> Seen:
    """Return what students see who open a page within `herd` seconds, and change it for `then`.

    With `harm` one more sends the dearest requests in the second half.
    """
    seen, now = Seen(), time.monotonic()
    ends = now + herd + then
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx.AsyncClient(timeout=PATIENCE, limits=limits) as client:
        class_ = [Student(address, k, seen, client) for k in range(students)]
        tasks = [one.attend(now + herd * k / students, ends, every) for k, one in enumerate(class_)]
        if harm:
            tasks.append(flood(address, seen, now + herd + then / 2, ends))
        await asyncio.gather(*tasks)
    return seen
