"""Where the cells of a map may end: known places of the surface, and others that cells come to."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import jax
import numpy as np

from optviz import engine
from optviz.trajectories import KINDS, known_places
from surfaces import Surface
from surfaces.surface import Point

# A map names no more places than this; cells at any other are still on their way for it.
MAX_PLACES = 250
# Points are padded to these many, so that few programs are compiled.
POINTS = (4096, 65536)


class Place(NamedTuple):
    """A point without a gradient: "minimum", "local minimum", "saddle" or "maximum"."""

    kind: str
    point: Point


def known(surface: Surface) -> list[Place]:
    """Return the places that the surface declares."""
    return [Place(*place) for place in known_places(surface)]


def losses(f: Callable[..., Any], shape: Mapping[str, float], points: np.ndarray) -> np.ndarray:
    """Return the loss (N,) at `points` (N, 2)."""
    return _everywhere(_loss_program, f, shape, points)[0]


def rests(
    f: Callable[..., Any], shape: Mapping[str, float], points: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return rest (N, 2) and bend (N,) of `points` (N, 2), as in `engine.Run`."""
    rest, bend = _everywhere(_rest_program, f, shape, points)
    return rest, bend


def _everywhere(
    compiled: Callable[..., Any], f: Any, shape: Mapping[str, float], points: np.ndarray
) -> list[np.ndarray]:
    """Return what the program says of `points` (N, 2), its outputs (N, ...)."""
    # Large maps go in parts: memory stays bounded, and no other program is compiled.
    size = next((size for size in POINTS if size >= len(points)), POINTS[-1])
    with jax.enable_x64(True):
        program = compiled(f, tuple(shape), size)
        settings = np.array([*shape.values()], float)
        parts = [
            _filled(program, settings, points[begin : begin + size], size)
            for begin in range(0, len(points), size)
        ]
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


def _filled(program, settings: np.ndarray, points: np.ndarray, size: int) -> list[np.ndarray]:
    padding = np.broadcast_to(points[-1:], (size - len(points), 2))
    outputs = program(np.concatenate([points, padding]).astype(float), settings)
    return [np.asarray(part)[: len(points)] for part in outputs]


def at_rest(
    points: np.ndarray, rest: np.ndarray, bend: np.ndarray, tolerance: float, known: np.ndarray
) -> tuple[list[Place], np.ndarray]:
    """Return further places that `points` (N, 2) came to, and which of them (N,), -1 for none.

    `rest` (N, 2) is the place that each point is near, by the surface's second order there. It is
    no further place if it is one of those `known` (K, 2), which the point has not reached yet.
    """
    which = np.full(len(points), -1)
    places: list[Place] = []
    with np.errstate(over="ignore", invalid="ignore"):
        left = np.flatnonzero(np.hypot(*(points - rest).T) <= tolerance)
    for point in known:
        left = left[np.hypot(*(rest[left] - point).T) > tolerance]
    while left.size and len(known) + len(places) < MAX_PLACES:
        x, y = rest[left[0]]
        near = np.hypot(*(rest[left] - (x, y)).T) <= tolerance
        which[left[near]] = len(places)
        places.append(Place(KINDS[float(bend[left[0]])], (float(x), float(y))))
        left = left[~near]
    return places, which


@functools.lru_cache(maxsize=64)
def _loss_program(f, names: tuple[str, ...], _size: int) -> Callable[..., Any]:
    def one(p, shape):
        return (f(p[0], p[1], **dict(zip(names, shape, strict=True))),)

    return jax.jit(jax.vmap(one, in_axes=(0, None)))


@functools.lru_cache(maxsize=64)
def _rest_program(f, names: tuple[str, ...], _size: int) -> Callable[..., Any]:
    def one(p, shape):
        named = dict(zip(names, shape, strict=True))
        return engine.stationary(lambda q: f(q[0], q[1], **named), p)

    return jax.jit(jax.vmap(one, in_axes=(0, None)))


def points_of(places: Sequence[Place]) -> np.ndarray:
    """Return the points (K, 2) of places."""
    return np.array([place.point for place in places], float).reshape(-1, 2)
