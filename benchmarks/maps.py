"""Maps: 65,536 optimizers at once, beside Optax and batched NumPy, over HTTP, and for hours."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from benchmarks import loop
from benchmarks.figures import Figure, Peer, in_turn
from benchmarks.server import PORTS, served
from optviz import Lane, Race
from optviz.conditions import tolerance_of
from optviz.maps.grids import DIVERGED, RUNNING, run_map

SIDE, STEPS = 256, 500
ROUNDS, SLOW_ROUNDS = 40, 3
LIVE_SIDE, LIVE_STEPS = 64, 300
MANY = 1000
FAR = 1e2
# float32 and chaos: so many cells may end otherwise.
AGREEMENT = 0.98
LANES = {
    "adam": (Lane("adam", lr=0.05), optax.adam),
    "sgd": (Lane("sgd", lr=1e-3), optax.sgd),
}
LECTURES = (
    *("sgd", "momentum", "ewma_momentum", "nesterov", "adagrad", "adadelta", "rmsprop"),
    *("rmsprop_outside", "rmsprop_momentum", "rmsprop_nesterov"),
    *("adam", "adam_inside", "adam_uncorrected"),
)


def figures() -> list[Figure]:
    """Return the times of whole maps, of maps over HTTP, and the memory that many of them take."""
    return [*(_whole(slug) for slug in LANES), *_over_http(), _memory()]


def _whole(slug: str) -> Figure:
    """Return the time of a start map on Rosenbrock, with its peers in the same run."""
    lane, make = LANES[slug]
    race = Race("rosenbrock", [lane], steps=STEPS)
    ours = lambda: run_map(race, n=SIDE)  # noqa: E731
    fixed, free = _optax(race, make, fixed=True), _optax(race, make, fixed=False)
    literal = lambda: _numpy(race)  # noqa: E731
    _check(ours(), free(), literal())
    fixed()
    in_turn(2, ours, free, fixed)
    whole, as_arguments, compiled_in = in_turn(ROUNDS, ours, free, fixed)
    again, batched = in_turn(SLOW_ROUNDS, ours, literal)
    del again
    return Figure(
        f"start map, {slug}, {SIDE}x{SIDE} x {STEPS} steps",
        whole,
        peers=[
            Peer("Optax, vmapped, values as arguments", as_arguments, least=0.95),
            Peer("Optax, vmapped, values compiled in", compiled_in, least=0.95),
            Peer("NumPy, all cells in one array", batched, least=10),
        ],
    )


def _starts(race: Race) -> np.ndarray:
    x, y = (np.linspace(*side, SIDE) for side in (race.objective.x, race.objective.y))
    return np.stack([part.ravel() for part in np.meshgrid(x, y)], axis=1).astype(np.float32)


def _optax(race: Race, make: Callable[..., Any], *, fixed: bool) -> Callable[[], Any]:
    """Return Optax by hand, which keeps the same of every cell: end, place, since, left."""
    f, ((a, b),) = race.objective.function, race.objective.minima
    near, far = tolerance_of(race.objective) ** 2, FAR * 2
    values = [*race.lanes[0].values.values()]
    loss = lambda p: f(p[0], p[1], **race.shape)  # noqa: E731

    def one(start, values):
        optimizer = make(*values)

        def step(k, carry):
            p, state, place, since, left = carry
            updates, state = optimizer.update(jax.grad(loss)(p), state, p)
            p, index = p + updates, (k + 1).astype(p.dtype)
            now = jnp.where((p[0] - a) ** 2 + (p[1] - b) ** 2 <= near, 0.0, RUNNING)
            since = jnp.where(now == place, since, index)
            gone = jnp.maximum(jnp.abs(p[0]), jnp.abs(p[1] - 1)) <= far
            inside = gone & jnp.isfinite(loss(p))
            return p, state, now, since, jnp.where(inside, left, jnp.minimum(left, index))

        # The start of no cell is at the minimum: all are on their way.
        first = start, optimizer.init(start), jnp.float32(RUNNING), jnp.float32(0), jnp.inf
        p, _, place, since, left = jax.lax.fori_loop(0, STEPS, step, first)
        return p, place, since, left

    starts = _starts(race)
    if fixed:
        program = jax.jit(jax.vmap(lambda start: one(start, values)))
        return lambda: jax.tree.map(np.asarray, program(starts))
    free = jax.jit(jax.vmap(one, in_axes=(0, None)))
    return lambda: jax.tree.map(np.asarray, free(starts, np.array(values, np.float32)))


def _numpy(race: Race) -> Any:
    """Return end, place, since and left of all cells, every step one operation on all of them."""
    lane, ((a, b),) = race.lanes[0], race.objective.minima
    step = loop.STEPS[str(lane.rule)]
    near, far = tolerance_of(race.objective) ** 2, FAR * 2
    theta, memory = np.ascontiguousarray(_starts(race).T), ()
    place, since = np.full(theta.shape[1], RUNNING), np.zeros(theta.shape[1])
    left = np.full(theta.shape[1], np.inf)
    values = {name: np.float32(value) for name, value in lane.values.items()}
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(1, STEPS + 1):
            theta, *memory = step(loop.gradient(theta), theta, *memory, **values)
            now = np.where((theta[0] - a) ** 2 + (theta[1] - b) ** 2 <= near, 0, RUNNING)
            since = np.where(now == place, since, k)
            place = now
            reach = np.maximum(np.abs(theta[0]), np.abs(theta[1] - 1))
            inside = (reach <= far) & np.isfinite(loop.loss(theta))
            left = np.where(inside, left, np.minimum(left, k))
    return theta.T, place, since, left


def _check(ours: Any, *others: Any) -> None:
    """Refuse to compare programs that do not compute the same."""
    for _, place, since, left in others:
        there = np.where(np.isfinite(left), DIVERGED, place)
        when = np.where(there == DIVERGED, left, np.where(there == RUNNING, -1, since))
        same = (there == ours.place.ravel()) & (np.abs(when - ours.step.ravel()) <= 1)
        if same.mean() < AGREEMENT:
            raise RuntimeError(f"only {same.mean():.1%} of the cells agree")


def _over_http() -> list[Figure]:
    """Return the time of a fine map of each lecture's rule, and of coarse ones in a row."""
    rates = (f"{0.01 + 1e-6 * k:.6f}" for k in count())
    with served(PORTS["maps"]) as get:

        def fine(slug: str) -> Callable[[], bytes]:
            query = f"surface=rosenbrock&steps={STEPS}&n={SIDE}&lane={slug}"
            return lambda: get(f"/api/map?{query},lr:{next(rates)}")

        works = [fine(slug) for slug in LECTURES]
        in_turn(2, *works)
        slowest = max(in_turn(5, *works), key=np.median)
        live = f"surface=rosenbrock&steps={LIVE_STEPS}&n={LIVE_SIDE}&lane=adam"
        coarse = lambda: get(f"/api/map?{live},lr:{next(rates)}")  # noqa: E731
        in_turn(5, coarse)
        (lively,) = in_turn(100, coarse)
    return [
        Figure(
            f"GET /api/map, {SIDE}x{SIDE} x {STEPS}, slowest rule", slowest, limits={"p50": 250}
        ),
        Figure(f"GET /api/map, {LIVE_SIDE}x{LIVE_SIDE} x {LIVE_STEPS}", lively),
    ]


def _memory() -> Figure:
    """Return how much the process has grown, in MiB, over many maps of other values."""
    run = lambda k: run_map(  # noqa: E731
        Race("himmelblau", [Lane("adam", lr=0.01 + 1e-4 * k)], steps=20 + k % 50), n=LIVE_SIDE
    )
    for k in range(50):
        run(k)
    before = _highest()
    for k in range(MANY):
        run(k)
    return Figure(f"memory grown over {MANY} maps", [_highest() - before], "MiB", {"p50": 20})


def _highest() -> float:
    """Return the most memory that the process ever had, in MiB."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
