"""The data plane: a race over one kept HTTP connection, beside the server's smallest reply."""

from __future__ import annotations

from itertools import count

from benchmarks.figures import Figure, Peer, in_turn
from benchmarks.races import EIGHT
from benchmarks.server import PORTS, served

ROUNDS = 300


def figures() -> list[Figure]:
    """Return the times of `GET /api/race`, each time with a value that was never asked before."""
    with served(PORTS["api"]) as get:
        rate = (f"{0.001 + 1e-6 * k:.6f}" for k in count())
        race = lambda: get(f"/api/race?{EIGHT},lr:{next(rate)}")  # noqa: E731
        nothing = lambda: get("/api/nothing")  # noqa: E731
        in_turn(20, race, nothing)
        if not race().startswith(b"OPTV"):
            raise RuntimeError("the reply is no race")
        races, nothings = in_turn(ROUNDS, race, nothing)
    smallest = Peer("the same server's shortest reply (404)", nothings)
    return [Figure("GET /api/race, 8 x 1000", races, limits={"p50": 3}, peers=[smallest])]
