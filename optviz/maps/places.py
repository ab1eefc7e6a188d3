"""Where the cells of a map may end: known places of the surface, and others that cells come to."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from optviz import verdict
from optviz.conditions import known_places
from optviz.engine import lengthened
from optviz.programs import PROGRAMS
from optviz.stepping import Loss, on_plane
from optviz.verdict import KINDS, VALLEY
from surfaces import Surface
from surfaces.surface import Point

# A map names no more places than this; of cells at any other it says what kind of place it is.
MAX_PLACES = 250
# Points are padded to these many, so that one program does for all maps; large ones go in parts.
# Only as many of its chunks as hold points take time, and a chunk stays in a core's cache.
POINTS, CHUNK = 16384, 1024


class Place(NamedTuple):
    """A point without a gradient, "minimum" or one of `verdict.KINDS`; None for many of a kind."""

    kind: str
    point: Point | None


def known(surface: Surface) -> list[Place]:
    """Return the places that the surface declares."""
    return [Place(*place) for place in known_places(surface)]


def losses(f: Callable[..., Any], shape: Mapping[str, float], points: np.ndarray) -> np.ndarray:
    """Return the loss (N,) at `points` (N, 2)."""
    return _everywhere(_loss, f, shape, points, 0.0)[0]


def rests(
    f: Callable[..., Any], shape: Mapping[str, float], points: np.ndarray, near: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return rest (N, 2) and kind (N,) of `points` (N, 2), see `verdict.stationary`."""
    rest, kind = _everywhere(verdict.stationary, f, shape, points, near)
    return rest, kind


def _loss(loss: Loss, p: Any, _near: Any) -> tuple[Any]:
    return (loss(p),)


def _everywhere(
    of: Callable[..., Any], f: Any, shape: Mapping[str, float], points: np.ndarray, near: float
) -> list[np.ndarray]:
    """Return of(loss, p, near) for `points` p (N, 2), its parts (N, ...)."""
    values = np.array([*shape.values()], float), np.float64(near)
    parts = []
    for begin in range(0, len(points), POINTS):
        some = points[begin : begin + POINTS]
        arguments = lengthened(some, POINTS), np.int32(len(some)), *values
        done = PROGRAMS.run(_program, f, (of, tuple(shape)), arguments)
        parts.append([np.asarray(part)[: len(some)] for part in done])
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


def _program(f: Callable[..., Any], of: Callable[..., Any], names: Sequence[str]) -> Any:
    one = lambda p, values, near: of(on_plane(f, names, values), p, near)  # noqa: E731
    return jax.jit(partial(_in_chunks, jax.vmap(one, in_axes=(0, None, None))))


def _in_chunks(of: Callable[..., Any], points: Any, count: Any, *shared: Any) -> Any:
    """Return of(points, *shared) for the first `count` of them; the rest of it is zero."""

    def turn(index: Any, done: Any) -> Any:
        begin = index * CHUNK
        some = of(lax.dynamic_slice_in_dim(points, begin, CHUNK), *shared)
        put = lambda whole, part: lax.dynamic_update_slice_in_dim(whole, part, begin, 0)  # noqa: E731
        return jax.tree.map(put, done, some)

    kinds = jax.eval_shape(of, points, *shared)
    blank = jax.tree.map(lambda kind: jnp.zeros(kind.shape, kind.dtype), kinds)
    return lax.fori_loop(0, (count + CHUNK - 1) // CHUNK, turn, blank)


def at_rest(
    points: np.ndarray, rest: np.ndarray, kind: np.ndarray, tolerance: float, known: np.ndarray
) -> tuple[list[Place], np.ndarray]:
    """Return further places that `points` (N, 2) came to, and which of them (N,), -1 for none.

    `rest` (N, 2) is the place that each point is near, of this `kind` (N,). It is no further place
    if it is one of those `known` (K, 2), which the point has not reached yet. A valley is one
    place, and so are all of a kind beyond MAX_PLACES.
    """
    which = np.full(len(points), -1)
    with np.errstate(over="ignore", invalid="ignore"):
        left = np.flatnonzero(np.hypot(*(points - rest).T) <= tolerance)
    for point in known:
        left = left[np.hypot(*(rest[left] - point).T) > tolerance]
    places: list[Place] = []
    alike, left = left[kind[left] == VALLEY], left[kind[left] != VALLEY]
    while left.size and len(known) + len(places) < MAX_PLACES:
        x, y = rest[left[0]]
        near = np.hypot(*(rest[left] - (x, y)).T) <= tolerance
        which[left[near]] = len(places)
        places.append(Place(KINDS[kind[left[0]]], (float(x), float(y))))
        left = left[~near]
    alike = np.concatenate([alike, left])
    for one in np.unique(kind[alike]):
        which[alike[kind[alike] == one]] = len(places)
        places.append(Place(KINDS[one], None))
    return places, which
