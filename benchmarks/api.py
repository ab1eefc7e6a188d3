"""The data plane: a race, and one under many seeds, over one kept HTTP connection."""

from __future__ import annotations

from itertools import count

from benchmarks.figures import Figure, Peer, in_turn
from benchmarks.races import EIGHT
from benchmarks.server import PORTS, served

ROUNDS, SLOW_ROUNDS = 300, 20
SEEDS = 256
NOISY = "surface=himmelblau&steps=500&lane=adam"


def figures() -> list[Figure]:
    """Return the times of replies, each time with a value that was never asked before."""
    with served(PORTS["api"]) as get:
        rate = (f"{0.001 + 1e-6 * k:.6f}" for k in count())
        race = lambda: get(f"/api/race?{EIGHT},lr:{next(rate)}")  # noqa: E731
        nothing = lambda: get("/api/nothing")  # noqa: E731
        in_turn(20, race, nothing)
        if not race().startswith(b"OPTV"):
            raise RuntimeError("the reply is no race")
        races, nothings = in_turn(ROUNDS, race, nothing)
        noise = (f"{NOISY}&noise={1 + 1e-6 * k:.6f}" for k in count())
        many = lambda: get(f"/api/ensemble?{next(noise)}&seeds={SEEDS}")  # noqa: E731
        ones = lambda: [get(f"/api/race?{one}") for one in _seeds(next(noise))]  # noqa: E731
        in_turn(2, many, ones)
        ensembles, each = in_turn(SLOW_ROUNDS, many, ones)
    smallest = Peer("the same server's shortest reply (404)", nothings)
    singly = Peer("a race for every seed, one after the other", each)
    return [
        Figure("GET /api/race, 8 x 1000", races, limits={"p50": 3}, peers=[smallest]),
        Figure(
            f"GET /api/ensemble, {SEEDS} seeds x 500", ensembles, limits={"p50": 50}, peers=[singly]
        ),
    ]


def _seeds(query: str) -> list[str]:
    return [f"{query}&seed={seed}" for seed in range(SEEDS)]
