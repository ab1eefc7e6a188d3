"""The engine: runs lanes on a surface, compiled once for every setting of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
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
# From a point at rest each doubles the number of right digits.
NEWTON_STEPS = 3
# A lane that is this many times the domain's size away has left all bounds.
FAR = 100.0


@dataclass(frozen=True)
class Run:
    """What L lanes did in T steps.

    `theta` (L, T+1, 2), `loss` (L, T+1) and `grad` (L, T+1, 2) are the positions and the surface's
    own loss and gradient there, without noise. `memory` holds, per lane, what its rule remembered:
    name -> (T+1, ...). Everything after `left_at` is NaN: the index (L,) of the first point that
    is not finite or has left all bounds, T + 1 when there is none. `rest` (L, 2) is the place
    without a gradient that Newton's method leads to from the last point, and `bend` (L,) what it
    is: 1 a minimum, 0 a saddle, -1 a maximum.
    """

    theta: np.ndarray
    loss: np.ndarray
    grad: np.ndarray
    memory: tuple[Mapping[str, np.ndarray], ...]
    left_at: np.ndarray
    rest: np.ndarray
    bend: np.ndarray


@dataclass(frozen=True)
class Course:
    """What all lanes of a race share: arrays, so that none of it is compiled in.

    `start` (2,), the surface's `shape` (S,), the learning rate's `multipliers` (P,) and the
    gradient's `noise` (P, 2), both padded with zeros, `bounds` (3,): centre and half width of where
    a lane may be. P is the length that programs are compiled for, `steps` how many of it count.
    """

    steps: int
    shape_names: tuple[str, ...]
    shape: np.ndarray
    start: np.ndarray
    multipliers: np.ndarray
    noise: np.ndarray
    bounds: np.ndarray

    @classmethod
    def of(
        cls,
        start: np.ndarray,
        shape: Mapping[str, float],
        multipliers: np.ndarray,
        noise: np.ndarray,
        bounds: np.ndarray,
    ) -> Course:
        """Pad a course of len(`multipliers`) steps to a length that programs are compiled for."""
        length = padded(len(multipliers), STEP_LENGTHS)
        # Left in NumPy: a compiled program takes such small arrays faster than `device_put` does.
        return cls(
            steps=len(multipliers),
            shape_names=tuple(shape),
            shape=np.array([*shape.values()], float),
            start=np.asarray(start, float),
            multipliers=lengthened(multipliers, length),
            noise=lengthened(noise, length),
            bounds=np.asarray(bounds, float),
        )


def run(f: Callable[..., Any], lanes: Sequence[tuple[Rule, Any]], course: Course) -> Run:
    """Run `lanes` on `f(x, y, **shape)`.

    Each is a rule and the values of its hyperparameters in the rule's order, one set (H,) for the
    whole run or one (T, H) for every step. All rules are started before any is waited for: JAX may
    then run them side by side.
    """
    groups: dict[Rule, list[int]] = {}
    for index, (rule, _) in enumerate(lanes):
        groups.setdefault(rule, []).append(index)
    with jax.enable_x64(True):
        paths = {
            rule: _launch(f, rule, [lanes[index][1] for index in members], course)
            for rule, members in groups.items()
        }
        return _collect(f, groups, paths, course)


def _launch(f, rule: Rule, values: Sequence[Any], course: Course):
    """Start one rule: return theta (L, P+1, 2) and its memory, each (L, P+1, ...), unawaited."""
    size = padded(len(values), LANE_COUNTS), len(course.multipliers)
    table = np.zeros((*size, len(rule.hyperparameters)))
    for row, own in zip(table, values, strict=False):
        row[: course.steps] = own
    simulate = simulation(f, course.shape_names, rule, size)
    return simulate(table, course.start, course.shape, course.multipliers, course.noise)


def _collect(f, groups: Mapping[Rule, Sequence[int]], paths: Mapping[Rule, Any], course) -> Run:
    """Wait for all rules, evaluate the surface along their paths, and blank what came too late."""
    count, steps = sum(map(len, groups.values())), course.steps
    theta = np.zeros((padded(count, LANE_COUNTS), len(course.multipliers) + 1, 2))
    memory: list[dict[str, np.ndarray]] = [{}] * count
    for rule, members in groups.items():
        positions, *remembered = map(np.asarray, paths[rule])
        theta[members] = positions[: len(members)]
        for row, index in enumerate(members):
            parts = zip(rule.memory, remembered, strict=True)
            memory[index] = {name: values[row, : steps + 1] for name, values in parts}
    observe = observation(f, course.shape_names, theta.shape)
    outputs = observe(theta, course.shape, course.bounds, np.int32(steps))
    loss, grad, left_at, rest, bend = (np.asarray(output)[:count] for output in outputs)
    left_at, theta = np.minimum(left_at, steps + 1), theta[:count, : steps + 1]
    for index in np.flatnonzero(left_at < steps):
        theta[index, left_at[index] + 1 :] = np.nan
        memory[index] = {k: _blanked(v, left_at[index] + 1) for k, v in memory[index].items()}
    return Run(
        theta, loss[:, : steps + 1], grad[:, : steps + 1], tuple(memory), left_at, rest, bend
    )


@functools.lru_cache(maxsize=MAX_PROGRAMS)
def simulation(
    f, shape_names: tuple[str, ...], rule: Rule, _size: tuple[int, ...]
) -> Callable[..., Any]:
    """Return the compiled run of `rule` on `f`: theta and memory along the path of every lane.

    A closure of its own per function, rule and size (lanes, steps): the cache counts every
    program, and when it drops one, JAX frees what it compiled.
    """

    def lane(values, start, shape, multipliers, noise):
        loss = functools.partial(_loss, f, dict(zip(shape_names, shape, strict=True)))
        return path(loss, rule, start, (values, multipliers, noise))

    def lanes(values, *shared):
        # One loop per lane, after one another: XLA compiles such a small loop into one function,
        # which takes half the time of the vectorised loop for 16 lanes and a sixth for 2.
        return jax.lax.map(lambda v: lane(v, *shared), values)

    return jax.jit(lanes)


@functools.lru_cache(maxsize=MAX_PROGRAMS)
def observation(f, shape_names: tuple[str, ...], _size: tuple[int, ...]) -> Callable[..., Any]:
    """Return the compiled evaluation of `f` along given paths: loss, grad, left_at, rest, bend.

    It is apart from the simulation so that it is compiled once per surface and size of theta,
    not once per rule.
    """

    def lane(theta, shape, bounds, steps):
        loss = functools.partial(_loss, f, dict(zip(shape_names, shape, strict=True)))
        return _observe(loss, theta, bounds, steps)

    return jax.jit(jax.vmap(lane, in_axes=(0, None, None, None)))


def _loss(f, shape, p):
    return f(p[0], p[1], **shape)


def path(loss, rule, start, along):
    """Return theta (P+1, 2) and the memory along it, each part (P+1, ...).

    `along` holds for every step the hyperparameters (P, H), the multiplier (P,), the noise (P, 2).
    """

    def step(state, at_step):
        values, multiplier, n = at_step
        settings = dict(zip(rule.hyperparameters, values, strict=True))
        scheduled = settings | {"lr": settings["lr"] * multiplier}
        state = rule.advance(lambda p: loss(p) + n @ p, state[0], state[1:], **scheduled)
        return state, state

    first = (start, *rule.start(start))
    _, rest = jax.lax.scan(step, first, along)
    return tuple(jnp.concatenate([a[None], b]) for a, b in zip(first, rest, strict=True))


def _observe(loss, theta, bounds, steps):
    """Return loss, gradient, left_at, rest and bend of one path, blanked after it left."""
    index = jnp.arange(len(theta))
    height, slope = jax.vmap(jax.value_and_grad(loss))(theta)
    inside = (jnp.abs(theta - bounds[:2]) <= bounds[2]).all(axis=1) & jnp.isfinite(height)
    left_at = jnp.where(inside.all(), len(theta), jnp.argmin(inside))
    seen = index <= left_at
    height, slope = jnp.where(seen, height, jnp.nan), jnp.where(seen[:, None], slope, jnp.nan)
    return height, slope, left_at, *stationary(loss, theta[steps])


def stationary(loss, p):
    """Return the place without a gradient that Newton's method leads to from p, and its bend."""
    bend = jnp.zeros(())
    for _ in range(NEWTON_STEPS):
        p, bend = _newton(loss, p)
    return p, bend


def _newton(loss, p):
    """Return the place without a gradient that the second order at p predicts, and its bend."""
    (a, b), (_, d) = jax.hessian(loss)(p)
    g, determinant = jax.grad(loss)(p), a * d - b * b
    step = jnp.stack([d * g[0] - b * g[1], a * g[1] - b * g[0]]) / determinant
    return p - step, jnp.where(determinant > 0, jnp.sign(a + d), 0.0)


def padded(count: int, sizes: tuple[int, ...]) -> int:
    """Return the smallest of `sizes` that holds `count`, or a multiple of the largest."""
    return next((size for size in sizes if size >= count), -(-count // sizes[-1]) * sizes[-1])


def lengthened(array: np.ndarray, length: int) -> np.ndarray:
    """Return `array` with zeros appended along its first axis."""
    longer = np.zeros((length, *array.shape[1:]))
    longer[: len(array)] = array
    return longer


def _blanked(array: np.ndarray, begin: int) -> np.ndarray:
    """Return a copy of `array` that is not a number from index `begin` on."""
    copy = array.copy()
    copy[begin:] = np.nan
    return copy
