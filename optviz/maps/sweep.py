"""One rule from very many cells at once; of each path only what became of it is kept."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from time import perf_counter
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from optviz import stepping, verdict
from optviz.checks import RaceError
from optviz.engine import FAR, Conditions
from optviz.maps.pace import pace_of
from optviz.proceed import Proceed, StoppedError
from optviz.programs import PROGRAMS
from optviz.rule import Rule
from optviz.verdict import Verdict

# The axes that are the start's coordinates; any other is a hyperparameter by its name.
START = ("x", "y")
# So many cells go together on each device: a coarse map that follows a thumb, a small one at rest,
# and as many as keep all cores busy. Memory stays bounded.
TILES = {"cpu": (4096, 16384, 65536)}
WIDE_TILES = (1 << 14, 1 << 17, 1 << 20)
# As many tiles are under way as two processors need.
AHEAD = 3
# What a cell has seen is one number: since when it is where it is, and above these bits, where.
STEP_BITS = 20


def sweep(
    f: Callable[..., Any],
    rule: Rule,
    axes: Sequence[str],
    cells: np.ndarray,
    shared: Conditions,
    table: np.ndarray,
    *,
    dtype: Any = np.float32,
    proceed: Proceed = lambda _: True,
) -> tuple[np.ndarray, Verdict]:
    """Run `rule` on `f(x, y, **shape)` for every one of `cells` (N, A), on all devices there are.

    Return the last point (N, 2) of each, and the verdict, each part (N,). A cell holds its own
    values of the A `axes`: hyperparameters, or coordinates of the start. All else it shares with
    the others; with `places` (N, K, 2) every cell has places of its own. `table` (T, H) holds the
    rule's hyperparameters at every step, or (1, H) if they stay the same, NaN where the cell's own
    value holds. `proceed` is told again and again how many cells are done; it may return False,
    which raises StoppedError. RaceError if there are too many steps.
    """
    if shared.steps >= 1 << STEP_BITS:
        raise RaceError(f"A map has at most {(1 << STEP_BITS) - 1} steps; it has {shared.steps}.")
    # The order of the axes makes no other program.
    order = np.argsort(axes)
    names, cells = tuple(sorted(axes)), cells[:, order]
    with jax.enable_x64(dtype == np.float64):
        work = _Work(f, rule, names, shared, table, dtype, _tile(len(cells)))
        tiles = [*_tiles(cells, shared.places, work.size)]
        parts: list[list[np.ndarray]] = []
        if not proceed(0):
            raise StoppedError

        def count(step: int) -> bool:
            """Tell how many cells are done, of those under way a share."""
            ran = len(parts) * shared.steps + min(AHEAD, len(tiles) - len(parts)) * step
            return proceed(min(ran * work.size // shared.steps, len(cells)))

        while len(parts) < len(tiles):
            parts += work.run(tiles[len(parts) : len(parts) + AHEAD], count)
    end, *judged = (np.concatenate(part)[: len(cells)] for part in zip(*parts, strict=True))
    return end, Verdict(*judged)


def _tile(count: int) -> int:
    """Return how many cells one launch takes."""
    devices = jax.device_count()
    sizes = [size * devices for size in TILES.get(jax.default_backend(), WIDE_TILES)]
    return next((size for size in sizes if size >= count), sizes[-1])


def _tiles(
    cells: np.ndarray, places: np.ndarray, size: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield cells and places, `size` at a time; the last tile is filled with the last of them."""
    for begin in range(0, len(cells), size):
        index = np.minimum(np.arange(begin, begin + size), len(cells) - 1)
        yield cells[index], places[index] if places.ndim == 3 else places


class _Work:
    """One sweep: its programs, and what all of its tiles share."""

    def __init__(self, f, rule: Rule, axes, shared: Conditions, table, dtype, size: int) -> None:
        self.f, self.rule, self.axes, self.size, self.dtype = f, rule, axes, size, dtype
        self.names, self.steps, self.own = shared.shape_names, shared.steps, shared.places.ndim == 3
        self.late = shared.steps - verdict.wait(shared.steps)
        # Most maps have no noise: then none is added, step after step.
        noise = shared.noise if shared.noise.any() else shared.noise[:0]
        numbers = (table, shared.start, shared.shape, shared.multipliers, noise, shared.bounds)
        self.shared = [np.asarray(one, dtype) for one in numbers]
        self.near = dtype(shared.near)

    def run(self, tiles: Sequence[Any], proceed: Callable[[int], bool]) -> list[list[np.ndarray]]:
        """Run tiles side by side; return of each end, place, since and stays."""
        spread = [(self._spread(cells), self._placed(places)) for cells, places in tiles]
        states = earlier = [_blank(self.rule, self.size, self.dtype)] * len(tiles)
        pace, begun = pace_of(self.rule, self.size), perf_counter()
        before, k, waited = states, 0, 0
        # A slice ends at the step from which on paths are judged, which may be the start.
        for goal in (self.late, self.steps):
            while k < goal or before is states:
                until = min(k + pace.slice(len(tiles)), goal)
                states = [
                    self._slice(state, *tile, k, until)
                    for state, tile in zip(states, spread, strict=True)
                ]
                # One slice is under way while the next is sent.
                jax.block_until_ready(earlier)
                took, begun = perf_counter() - begun, perf_counter()
                pace.learn(waited * len(tiles), took)
                earlier, k, waited = states, until, until - k
                if not proceed(k):
                    raise StoppedError
            before = states if goal == self.late else before
        return [
            self._judged(state, late, places)
            for state, late, (_, places) in zip(states, before, spread, strict=True)
        ]

    def _spread(self, array: np.ndarray) -> Any:
        """Lay an array over all devices of all machines, by its first axis."""
        return jax.make_array_from_callback(
            array.shape, _shardings()[0], lambda index: array[index].astype(self.dtype)
        )

    def _placed(self, places: np.ndarray) -> Any:
        return self._spread(places) if self.own else places.astype(self.dtype)

    def _slice(self, state: Any, cells: Any, places: Any, begin: int, end: int) -> Any:
        """Take the steps from `begin` to `end` of one tile, unawaited."""
        arguments = (state, cells, places, self.shared, self.near, np.int32(begin), np.int32(end))
        static = self.names, self.rule, self.axes, self.own
        return PROGRAMS.run(_program, self.f, static, arguments, busy=True)

    def _judged(self, state: Any, late: Any, places: Any) -> list[np.ndarray]:
        """Wait for a tile and judge its cells, which were in the state `late` at that step."""
        ((theta, *_), seen), ((before, *_), _) = state, late
        arguments = (seen, theta, before, places, self.near, self.shared[-1], np.int32(self.late))
        judged = PROGRAMS.run(_judge, _told, (self.own,), arguments)
        return [_gathered(part) for part in (theta, *judged)]


@cache
def _shardings() -> tuple[NamedSharding, NamedSharding]:
    """Return how cells are spread over all devices, and how what they share is whole on each."""
    mesh = Mesh(np.array(jax.devices()), ("cells",))
    return NamedSharding(mesh, PartitionSpec("cells")), NamedSharding(mesh, PartitionSpec())


def _apart(rule: Rule) -> tuple[bool, ...]:
    """Return which parts of a state are each cell's own.

    A counter is the same for all cells, and so are its powers: one each, not one per cell.
    """
    return True, *(not isinstance(one, int) for one in rule.memory.values())


@lru_cache(maxsize=8)
def _blank(rule: Rule, size: int, dtype: Any) -> Any:
    """Return a state of `size` cells and what they have seen, to be filled by the first slice."""

    def zeros(shape: tuple[int, ...], dtype: Any, apart: bool) -> Any:
        whole = (size, *shape) if apart else shape
        return jax.make_array_from_callback(
            whole, _shardings()[not apart], lambda index: np.zeros(whole, dtype)[index]
        )

    one = jax.eval_shape(lambda: stepping.first(rule, jnp.zeros(2, dtype)))
    parts = zip(one, _apart(rule), strict=True)
    state = tuple(zeros(part.shape, part.dtype, apart) for part, apart in parts)
    return state, zeros((), np.int32, apart=True)


def _program(f, names: tuple[str, ...], rule: Rule, axes: tuple[str, ...], own: bool) -> Any:
    """Return the steps of all cells of a tile, with what they have seen."""
    spread, whole = _shardings()
    state = tuple(0 if apart else None for apart in _apart(rule)), 0
    parts = tuple(spread if apart else whole for apart in _apart(rule))
    inputs = state, 0, 0 if own else None, *[None] * 4
    cells = jax.vmap(_cell(f, names, rule, axes), in_axes=inputs, out_axes=state)
    return jax.jit(cells, out_shardings=(parts, spread))


def _cell(f, names: tuple[str, ...], rule: Rule, axes: tuple[str, ...]) -> Callable[..., Any]:
    """Return some steps of one cell: its state and what it has seen, before to after."""

    def cell(state, own, places, shared, near, begin, end):
        table, start, shape, multipliers, noise, bounds = shared
        loss = stepping.on_plane(f, names, shape)
        values = dict(zip(axes, own, strict=True))
        theta = jnp.stack([values.pop(name, at) for name, at in zip(START, start, strict=True)])
        # As for a race from there: a start far outside the domain has wider bounds.
        far = jnp.maximum(bounds[2], FAR * verdict.reach(theta, bounds))

        def look(theta, index, seen):
            inside = (verdict.reach(theta, bounds) <= far) & jnp.isfinite(loss(theta))
            at = verdict.whereabouts(theta, inside, places, near) - verdict.OUTSIDE
            return jnp.where(seen >> STEP_BITS == at, seen, (at << STEP_BITS) | index)

        def step(k, carry):
            state, seen = carry
            held = dict(zip(rule.hyperparameters, table[k if len(table) > 1 else 0], strict=True))
            held |= {
                name: jnp.where(jnp.isnan(held[name]), own, held[name])
                for name, own in values.items()
            }
            state = stepping.advance(
                rule, loss, state, held, multipliers[k], noise[k] if len(noise) else None
            )
            return state, look(state[0], k + 1, seen)

        new = stepping.first(rule, theta)
        fresh = new, look(theta, jnp.int32(0), jnp.int32(-1))
        carry = jax.tree.map(lambda a, b: jnp.where(begin == 0, a, b), fresh, state)
        return jax.lax.fori_loop(begin, end, step, carry)

    return cell


def _told(seen, end, before, places, near, bounds, late):
    """Return the verdict of a cell that has seen what `_cell` writes down."""
    place, since = (seen >> STEP_BITS) + verdict.OUTSIDE, seen & (1 << STEP_BITS) - 1
    at = verdict.target(place, places, end)
    stays = verdict.stays(place, since, end, before, at, near, bounds, late)
    return Verdict(place, since, stays)


def _judge(told: Callable[..., Verdict], own: bool) -> Callable[..., Any]:
    cells = jax.vmap(told, in_axes=(0, 0, 0, 0 if own else None, None, None, None))
    return jax.jit(cells, out_shardings=_shardings()[0])


def _gathered(part: Any) -> np.ndarray:
    """Wait for an array, whichever devices of whichever machines hold its parts."""
    if part.is_fully_addressable:
        return np.asarray(part)
    return np.asarray(multihost_utils.process_allgather(part, tiled=True))
