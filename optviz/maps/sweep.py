"""One rule from very many cells at once; of each path only what became of it is kept."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from optviz.engine import FAR, Course
from optviz.rule import Rule

# The axes that are the start's coordinates; any other is a hyperparameter by its name.
START = ("x", "y")
# So many cells go together on each device: a coarse map that follows a thumb, a small one at rest,
# and as many as keep all cores busy. Memory stays bounded, and nobody waits long for a map that is
# not wanted any more.
TILES = {"cpu": (4096, 16384, 65536)}
WIDE_TILES = (1 << 14, 1 << 17, 1 << 20)
# As many tiles are under way as two processors need.
AHEAD = 3
# A compiled sweep holds about as much as a race's program does.
MAX_PROGRAMS = 128

# Enough for the steps of the longest race.
STEP_BITS = 14

Proceed = Callable[[int], bool]


class StoppedError(Exception):
    """Nobody wants the map any more."""


@dataclass(frozen=True)
class Ends:
    """What became of N cells.

    `end` (N, 2) is the last point, `place` (N,) the index of the place that it is within the
    tolerance of, or -1, `since` (N,) the first step from which on it stayed there, `left_at` (N,)
    the first step that was not finite or out of all bounds, infinite if there was none; after it
    neither place nor since mean anything.
    """

    end: np.ndarray
    place: np.ndarray
    since: np.ndarray
    left_at: np.ndarray


@dataclass(frozen=True)
class Journey:
    """What all cells share: arrays, so that none of it is compiled in.

    `table` (T, H) holds the rule's hyperparameters at every step, or (1, H) if they stay the same,
    NaN where the cell's own value holds. A cell has arrived within `tolerance` of one of `places`
    (K, 2); with (N, K, 2) every cell has places of its own.
    """

    course: Course
    table: np.ndarray
    places: np.ndarray
    tolerance: float


def sweep(
    f: Callable[..., Any],
    rule: Rule,
    axes: tuple[str, ...],
    cells: np.ndarray,
    journey: Journey,
    *,
    dtype: Any = np.float32,
    proceed: Proceed = lambda _: True,
) -> Ends:
    """Run `rule` on `f(x, y, **shape)` for every one of `cells` (N, A), on all devices there are.

    A cell holds its own values of the A `axes`: hyperparameters, or coordinates of the start. All
    else it shares with the others. `proceed` is told before the first tile and after each how many
    cells are done; it may return False, which raises StoppedError.
    """
    with jax.enable_x64(dtype == np.float64):
        sharding = NamedSharding(Mesh(np.array(jax.devices()), ("cells",)), PartitionSpec("cells"))
        size = _tile(len(cells))
        own_places = journey.places.ndim == 3
        program = _program(f, journey.course.shape_names, rule, axes, size, own_places, dtype)
        tiles, waiting, done = [], [], 0
        if not proceed(0):
            raise StoppedError
        for tile in _tiles(cells, journey, size):
            waiting.append(_launch(program, tile, journey, sharding, dtype))
            if len(waiting) == AHEAD:
                tiles.append(_gathered(waiting.pop(0)))
                done += size
                if not proceed(min(done, len(cells))):
                    raise StoppedError
        tiles += map(_gathered, waiting)
    proceed(len(cells))
    end, seen = (np.concatenate(part)[: len(cells)] for part in zip(*tiles, strict=True))
    return Ends(end, *_told(seen))


def _tile(count: int) -> int:
    """Return how many cells one launch takes."""
    devices = jax.device_count()
    sizes = [size * devices for size in TILES.get(jax.default_backend(), WIDE_TILES)]
    return next((size for size in sizes if size >= count), sizes[-1])


def _tiles(
    cells: np.ndarray, journey: Journey, size: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield cells and places, `size` at a time; the last tile is filled with the last of them."""
    own = journey.places.ndim == 3
    for begin in range(0, len(cells), size):
        end = begin + size
        index = slice(begin, end)
        if end > len(cells):
            index = np.minimum(np.arange(begin, end), len(cells) - 1)
        yield cells[index], journey.places[index] if own else journey.places


def _launch(program, tile, journey: Journey, sharding: NamedSharding, dtype) -> Any:
    """Start one tile, unawaited."""
    cells, places = tile
    course = journey.course
    # Only the cells are spread; what they share, every device has whole.
    spread = lambda array: jax.make_array_from_callback(  # noqa: E731
        array.shape, sharding, lambda index: array[index].astype(dtype)
    )
    places = spread(places) if places.ndim == 3 else places.astype(dtype)
    # Most maps have no noise: then none is added, step after step.
    noise = course.noise if course.noise.any() else course.noise[:0]
    shared = (journey.table, course.start, course.shape, course.multipliers, noise)
    numbers = [np.asarray(array, dtype) for array in (*shared, course.bounds)]
    return program(
        spread(cells), places, *numbers, dtype(journey.tolerance**2), np.int32(course.steps)
    )


def _gathered(outputs: Sequence[Any]) -> list[np.ndarray]:
    """Wait for one tile, whichever devices of whichever machines hold its parts."""
    return [
        np.asarray(part)
        if part.is_fully_addressable
        else np.asarray(multihost_utils.process_allgather(part, tiled=True))
        for part in outputs
    ]


@functools.lru_cache(maxsize=MAX_PROGRAMS)
def _program(
    f, shape_names: tuple[str, ...], rule: Rule, axes: tuple[str, ...], _size: int, own: bool, _type
) -> Callable[..., Any]:
    """Return the compiled sweep of one tile; a closure of its own, as in `engine.simulation`."""

    def lane(cell, places, table, start, shape, multipliers, noise, bounds, near, steps):
        named = dict(zip(shape_names, shape, strict=True))

        def loss(p):
            return f(p[0], p[1], **named)

        own_values = dict(zip(axes, cell, strict=True))
        first = jnp.stack([own_values.pop(name, at) for name, at in zip(START, start, strict=True)])
        # As for a race from there: a start far outside the domain has wider bounds.
        far = jnp.maximum(bounds[2], FAR * _reach(first, bounds))

        def judge(theta, index, seen):
            inside = (_reach(theta, bounds) <= far) & jnp.isfinite(loss(theta))
            return _judge(theta, index, inside, places, near, seen)

        def step(k, carry):
            state, seen = carry
            held = table[k if len(table) > 1 else 0]
            values = dict(zip(rule.hyperparameters, held, strict=True))
            for name, own_value in own_values.items():
                values[name] = jnp.where(jnp.isnan(values[name]), own_value, values[name])
            values["lr"] = values["lr"] * multipliers[k]
            # Written out, because a product of vectors would be a loop of its own.
            bent = lambda p: loss(p) + (noise[k, 0] * p[0] + noise[k, 1] * p[1])  # noqa: E731
            state = rule.advance(bent if len(noise) else loss, state[0], state[1:], **values)
            return state, judge(state[0], k + 1, seen)

        carry = (first, *rule.start(first)), judge(first, jnp.int32(0), jnp.int32(0))
        state, seen = jax.lax.fori_loop(0, steps, step, carry)
        return state[0], seen

    return jax.jit(jax.vmap(lane, in_axes=(0, 0 if own else None, *[None] * 8)))


def _reach(theta, bounds):
    """Return how far theta is from the centre; not by a reduction, which would be its own loop."""
    return jnp.maximum(jnp.abs(theta[0] - bounds[0]), jnp.abs(theta[1] - bounds[1]))


def _judge(theta, index, inside, places, near, seen):
    """Return `seen` with the point at step `index` taken into account.

    One number says all: that of the place where the cell is, from 1, 0 for none, above STEP_BITS
    bits with the step since when; the complement of the step at which it left all bounds.
    """
    # Coordinate by coordinate and place by place, so that all of it becomes one loop over cells.
    best, now = jnp.full_like(theta[0], near), jnp.int32(0)
    for number in range(places.shape[0]):
        dx, dy = theta[0] - places[number, 0], theta[1] - places[number, 1]
        gap = dx * dx + dy * dy
        now = jnp.where(gap <= best, number + 1, now)
        best = jnp.minimum(gap, best)
    here = jnp.where(seen >> STEP_BITS == now, seen, (now << STEP_BITS) | index)
    return jnp.where(seen < 0, seen, jnp.where(inside, here, ~index))


def _told(seen: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return place, since and left_at, as in `Ends`, of what `_judge` has seen (N,)."""
    left_at = np.where(seen < 0, ~seen, np.inf)
    return (seen >> STEP_BITS) - 1, seen & (1 << STEP_BITS) - 1, left_at
