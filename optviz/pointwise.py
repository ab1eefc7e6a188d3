"""What a surface's function is at very many points: one program each, whatever their number."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from optviz import verdict
from optviz.engine import lengthened
from optviz.programs import PROGRAMS
from optviz.stepping import Loss, on_plane

# Points are padded to these many, so that one program does for all grids; large ones go in parts.
# Only as many of its chunks as hold points take time, and a chunk stays in a core's cache.
POINTS, CHUNK = 16384, 1024


def losses(f: Callable[..., Any], shape: Mapping[str, float], points: np.ndarray) -> np.ndarray:
    """Return the loss (N,), float64, at `points` (N, 2)."""
    return _everywhere(_loss, f, shape, points)[0]


def hessians(f: Callable[..., Any], shape: Mapping[str, float], points: np.ndarray) -> np.ndarray:
    """Return the Hessian (N, 2, 2) at `points` (N, 2)."""
    return _everywhere(_hessian, f, shape, points)[0]


def rests(
    f: Callable[..., Any], shape: Mapping[str, float], points: np.ndarray, near: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return rest (N, 2) and kind (N,) of `points` (N, 2), see `verdict.stationary`."""
    rest, kind = _everywhere(verdict.stationary, f, shape, points, near)
    return rest, kind


def _loss(loss: Loss, p: Any, _near: Any) -> tuple[Any]:
    return (loss(p),)


def _hessian(loss: Loss, p: Any, _near: Any) -> tuple[Any]:
    return (jax.hessian(loss)(p),)


def _everywhere(
    of: Callable[..., Any], f: Any, shape: Mapping[str, float], points: np.ndarray, near: float = 0
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
