"""The engine: ten rules in one race, beside Optax and a NumPy loop, and what compiles again."""

from __future__ import annotations

import gc
from collections.abc import Callable

import jax
import numpy as np

from benchmarks import loop, optax_loop
from benchmarks.figures import Figure, Peer, in_turn
from optviz import RULES, Lane, Race, Schedule, engine, run

STEPS = 1000
ROUNDS = 200
SLOW_ROUNDS, IN_A_ROW = 10, 20
# Rounding differs between programs; RMSProp, which hops about, shows it after this many steps.
COMPARED, AGREEMENT = 101, 1e-9
LANES = [Lane(slug) for slug in loop.STEPS]
RACE = Race("rosenbrock", LANES, steps=STEPS)


def figures() -> list[Figure]:
    """Return the times of the ten rules, and the number of traces that changes of numbers cost."""
    ours = lambda: run(RACE)  # noqa: E731
    works = (ours, _engine_only(), _optax(fixed=False), _optax(fixed=True))
    for optax in works[2:]:
        _check(optax(), _numpy())
    in_turn(5, *works)
    gc.collect()
    whole, inner, *optaxes = in_turn(ROUNDS, *works)
    row, loops = in_turn(SLOW_ROUNDS, _in_a_row, _numpy)
    again = [time / IN_A_ROW for time in row]
    what = f"{len(LANES)} rules x {STEPS} steps"
    names = ("Optax, values as arguments, like ours", "Optax, values compiled in")
    peers = [Peer(name, times, least=1) for name, times in zip(names, optaxes, strict=True)]
    return [
        Figure(f"{what}, optviz.run", whole, limits={"p50": 2}, peers=peers),
        Figure(f"{what}, engine only", inner, peers=peers),
        Figure(f"{what}, {IN_A_ROW} in a row", again, peers=[Peer("NumPy loop", loops, least=50)]),
        Figure("programs traced by other numbers", [_traces()], unit="", limits={"p50": 0}),
    ]


def _in_a_row() -> None:
    """Run the race again and again, because a loop of 100 ms leaves the caches cold."""
    for _ in range(IN_A_ROW):
        run(RACE)


def _engine_only() -> Callable[[], object]:
    """Return a function that launches the race's lanes and waits, without judging them."""
    start, bounds = np.array(RACE.start), np.array([0.0, 0.0, 1e4])
    f, shape = RACE.objective.function, RACE.shape
    lanes = [(lane.algorithm, [*lane.values.values()]) for lane in LANES]

    def work():
        shared = engine.Conditions.of(start, shape, np.ones(STEPS), bounds)
        return engine.run(f, lanes, shared)

    return work


def _optax(*, fixed: bool) -> Callable[[], list]:
    f, start = RACE.objective.function, np.array(RACE.start)
    races = {slug: [*lane.values.values()] for slug, lane in zip(loop.STEPS, LANES, strict=True)}
    loss = lambda p: f(p[0], p[1], **RACE.shape)  # noqa: E731
    programs = optax_loop.programs(loss, races, STEPS, fixed=fixed)
    return lambda: optax_loop.run_all(programs, start)


def _numpy() -> list[loop.Walk]:
    return [
        loop.walk(step, RACE.start, STEPS, lane.values)
        for step, lane in zip(loop.STEPS.values(), LANES, strict=True)
    ]


def _check(optaxes: list, walks: list[loop.Walk]) -> None:
    """Refuse to compare programs that do not compute the same."""
    ours = run(RACE)
    for index, (theirs, walk) in enumerate(zip(optaxes, walks, strict=True)):
        for name, twin, literal in zip(
            ("theta", "loss", "grad"), theirs[:3], walk[:3], strict=True
        ):
            own = getattr(ours, name)[index]
            for peer, value in (("Optax", twin), ("NumPy", literal)):
                if not _alike(own, value):
                    raise ValueError(f"{LANES[index].rule}: {name} is not that of {peer}")


def _alike(own: np.ndarray, other: np.ndarray) -> bool:
    if own.shape != other.shape or own.dtype != other.dtype:
        return False
    return np.allclose(own[:COMPARED], other[:COMPARED], AGREEMENT, AGREEMENT)


def _traces() -> int:
    """Return how many programs JAX traced while every kind of number of a race was changed."""
    lanes = [Lane(slug) for slug in RULES]
    run(Race("ravine", lanes))
    traced: list[str] = []
    listen = lambda event, *_, **__: traced.append(event)  # noqa: E731
    jax.monitoring.register_event_duration_secs_listener(listen)
    run(Race("ravine", [Lane(slug, lr=0.0123) for slug in RULES]))
    run(Race("ravine", lanes, start=(0.3, 0.4)))
    run(Race("ravine", lanes, steps=321))
    run(Race("ravine", lanes, schedule=Schedule("cosine")))
    run(Race("ravine", lanes, noise=0.1, noise_decay=0.01, seed=7))
    run(Race("ravine", lanes, shape={"condition": 77.0, "rotation": 12.0}))
    jax.monitoring.clear_event_listeners()
    return sum("trace" in event or "compile" in event for event in traced)
