"""One server for many: how long others wait beside someone who asks for much, and who leaves."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from random import Random

from benchmarks.figures import Figure, Peer, in_turn
from benchmarks.server import PORTS, Server, served
from optviz.api import assets

LONG_RACE = "surface=beale&steps=10000" + 16 * "&lane=adam"
# The dearest map there is: 256 x 256 cells of BFGS.
LONG_MAP = "surface=rosenbrock&steps=1000&lane=bfgs&n=256"
SHORTEST = "/api/nothing"


def figures() -> list[Figure]:
    """Return the waits of others, and how long a server works for someone who has left."""
    file = f"/api/player/{assets.fingerprint()}/base/dom.js"
    maps, races = _asking(f"/api/map?{LONG_MAP}"), _asking(f"/api/race?{LONG_RACE}&format=json")
    with served(PORTS["shared"]) as server:
        alone = _asked(server, file, 200)
        # Compiled before anything is measured.
        for paths in (maps, races):
            server(next(paths))
        with _beside(server, maps), _beside(server, maps):
            time.sleep(1)
            beside = _asked(server, file, 400)
        quiet = [max(_asked(server, SHORTEST, 50)) for _ in range(8)]
        stalls = [_stall(server, next(races)) for _ in range(8)]
        left = [_after_leaving(server, next(maps)) for _ in range(10)]
    return [
        Figure(
            "a static file beside two maps of BFGS",
            beside,
            limits={"p95": 50},
            peers=[Peer("the same file, nothing beside", alone)],
        ),
        Figure(
            "longest wait beside JSON of 16 x 10000",
            stalls,
            limits={"p50": 50},
            peers=[Peer("longest wait of as many, nothing beside", quiet)],
        ),
        Figure("cores kept busy by a map that was left", left, limits={"p95": 100}),
    ]


def _asking(path: str) -> Iterator[str]:
    """Return requests like `path`, each from a start that was never asked for before."""
    draw = Random(0).uniform
    # Of a list, because several threads take the next one.
    return iter([f"{path}&start={draw(-2, 2):.6f},{draw(-1, 3):.6f}" for _ in range(1000)])


def _asked(server: Server, path: str, times: int) -> list[float]:
    """Return how long each of many requests waited in ms, at most 50 a second."""
    waits = []
    for _ in range(times):
        waits += in_turn(1, lambda: server(path))[0]
        time.sleep(0.02)
    return waits


@contextmanager
def _beside(server: Server, paths: Iterator[str]) -> Iterator[None]:
    """Ask for one path after another, and leave in the midst of the last one."""
    connection = server.connect()
    connection.connect()

    def ask() -> None:
        with suppress(OSError, HTTPException):
            for path in paths:
                connection.request("GET", path)
                connection.getresponse().read()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        connection.sock.shutdown(socket.SHUT_RDWR)
        thread.join()


def _stall(server: Server, path: str) -> float:
    """Return the longest wait in ms of those who ask for little while `path` is answered."""
    with _beside(server, iter([path])):
        return max(_asked(server, SHORTEST, 50))


def _after_leaving(server: Server, path: str) -> float:
    """Return how long cores were kept busy, in ms, after who had asked for `path` was gone."""
    with _beside(server, iter([path])):
        time.sleep(0.7)
    left = server.cpu_seconds()
    server.busy()
    return 1e3 * (server.cpu_seconds() - left)
