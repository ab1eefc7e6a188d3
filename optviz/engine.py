"""The engine: runs lanes of one rule on one surface, compiled once for every setting of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from optviz.rule import Rule

# Runs are padded to these many steps and lanes, so that few programs are ever compiled.
STEP_LENGTHS = (1024, 4096, 10240)
LANE_COUNTS = (1, 4, 16)
# A compiled program holds a few megabytes. Most of a class stays on a few surfaces.
MAX_PROGRAMS = 256
# A lane that is this many times the domain's size away has left all bounds.
FAR = 1e3


@dataclass(frozen=True)
class Run:
    """What L lanes of one rule did in T steps.

    `theta` (L, T+1, 2), `loss` (L, T+1) and `grad` (L, T+1, 2) are the positions and the surface's
    own loss and gradient there, without noise. `memory` maps a name of the rule's memory to an
    array (L, T+1, ...). Everything after `left_at` is NaN: the index (L,) of the first point that
    is not finite or has left all bounds, T + 1 when there is none. `rest` (L, 2) is the local
    minimum that one Newton step from the last point predicts, NaN where the surface does not curve
    upwards.
    """

    theta: np.ndarray
    loss: np.ndarray
    grad: np.ndarray
    memory: Mapping[str, np.ndarray]
    left_at: np.ndarray
    rest: np.ndarray


@dataclass(frozen=True)
class Course:
    """What all lanes of a race share: arrays, so that none of it is compiled in."""

    steps: int
    shape_names: tuple[str, ...]
    arrays: tuple[Any, ...]

    @classmethod
    def of(
        cls,
        start: np.ndarray,
        shape: Mapping[str, float],
        multipliers: np.ndarray,
        noise: np.ndarray,
        bounds: np.ndarray,
    ) -> Course:
        """Pad a course to a length that programs are compiled for.

        `start` (2,), the surface's `shape`, the learning rate's `multipliers` (T,), the gradient's
        `noise` (T, 2), and `bounds` (3,): centre and half width of where a lane may be.
        """
        steps = len(multipliers)
        length = _padded(steps, STEP_LENGTHS)
        # Left in NumPy: a compiled program takes such small arrays faster than `device_put` does.
        arrays = (
            np.asarray(start, float),
            np.array([*shape.values()], float),
            _lengthened(multipliers, length),
            _lengthened(noise, length),
            np.asarray(bounds, float),
            np.int32(steps),
        )
        return cls(steps, tuple(shape), arrays)


def launch(
    f: Callable[..., Any], rule: Rule, values: np.ndarray, course: Course
) -> Callable[[], Run]:
    """Start `rule` on `f(x, y, **shape)` and return a function that waits for the result.

    `values` (L, H) holds every lane's hyperparameters, in the rule's own order. Starting all rules
    of a race before waiting for any keeps both cores busy.
    """
    lanes = len(values)
    padded = _lengthened(values, _padded(lanes, LANE_COUNTS))
    with jax.enable_x64(True):
        outputs = program(f, course.shape_names, rule)(padded, *course.arrays)
    return lambda: _collect(outputs, rule, lanes, course.steps)


@functools.lru_cache(maxsize=MAX_PROGRAMS)
def program(f: Callable[..., Any], shape_names: tuple[str, ...], rule: Rule) -> Callable[..., Any]:
    """Return the compiled simulation of `rule` on `f`.

    A closure of its own per function and rule: when the cache drops it, JAX frees what it compiled.
    """

    def lane(values, start, shape, multipliers, noise, bounds, steps):
        settings = dict(zip(rule.hyperparameters, values, strict=True))
        loss = functools.partial(_loss, f, dict(zip(shape_names, shape, strict=True)))
        theta, memory = _simulate(loss, rule, start, settings, multipliers, noise)
        return _observe(loss, theta, memory, bounds, steps)

    def lanes(values, *shared):
        # One loop per lane, after one another: XLA compiles such a small loop into one function,
        # which takes half the time of the vectorised loop for 16 lanes and a sixth for 2.
        return jax.lax.map(lambda v: lane(v, *shared), values)

    return jax.jit(lanes)


def _loss(f, shape, p):
    return f(p[0], p[1], **shape)


def _simulate(loss, rule, start, settings, multipliers, noise):
    """Return theta (T+1, 2) and the memory along it, each part (T+1, ...)."""

    def step(state, at_step):
        multiplier, n = at_step
        scheduled = settings | {"lr": settings["lr"] * multiplier}
        state = rule.advance(lambda p: loss(p) + n @ p, state[0], state[1:], **scheduled)
        return state, state

    first = (start, *rule.start(start))
    _, rest = jax.lax.scan(step, first, (multipliers, noise))
    theta, *memory = (jnp.concatenate([a[None], b]) for a, b in zip(first, rest, strict=True))
    return theta, tuple(memory)


def _observe(loss, theta, memory, bounds, steps):
    """Return what a `Run` holds of one lane: everything blanked after the lane left all bounds."""
    index = jnp.arange(len(theta))
    height, slope = jax.vmap(jax.value_and_grad(loss))(theta)
    inside = (jnp.abs(theta - bounds[:2]) <= bounds[2]).all(axis=1) & jnp.isfinite(height)
    left_at = jnp.where(inside.all(), len(theta), jnp.argmin(inside))
    seen = index <= left_at

    def blank(a):
        return jnp.where(seen.reshape(-1, *(1,) * (a.ndim - 1)), a, jnp.nan)

    rest = _newton_target(loss, theta[steps])
    return blank(theta), blank(height), blank(slope), tuple(map(blank, memory)), left_at, rest


def _newton_target(loss, p):
    """Return the minimum that the surface's second order predicts from p, or NaN if it has none."""
    (a, b), (_, d) = jax.hessian(loss)(p)
    g, determinant = jax.grad(loss)(p), a * d - b * b
    newton = jnp.stack([d * g[0] - b * g[1], a * g[1] - b * g[0]]) / determinant
    return jnp.where((determinant > 0) & (a + d > 0), p - newton, jnp.nan)


def _collect(outputs, rule: Rule, lanes: int, steps: int) -> Run:
    theta, loss, grad, memory, left_at, rest = jax.tree.map(np.asarray, outputs)
    cut = np.s_[:lanes, : steps + 1]
    return Run(
        theta=theta[cut],
        loss=loss[cut],
        grad=grad[cut],
        memory={name: values[cut] for name, values in zip(rule.memory, memory, strict=True)},
        left_at=np.minimum(left_at[:lanes], steps + 1),
        rest=rest[:lanes],
    )


def _padded(count: int, sizes: tuple[int, ...]) -> int:
    """Return the smallest of `sizes` that holds `count`, or a multiple of the largest."""
    return next((size for size in sizes if size >= count), -(-count // sizes[-1]) * sizes[-1])


def _lengthened(array: np.ndarray, length: int) -> np.ndarray:
    """Return `array` with zeros appended along its first axis."""
    longer = np.zeros((length, *array.shape[1:]))
    longer[: len(array)] = array
    return longer
