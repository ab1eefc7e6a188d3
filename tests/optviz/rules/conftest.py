"""Losses to step on, and one way to follow a rule along them in float64."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest


class Loss(NamedTuple):
    """A loss of two parameters with a start, and its gradient worked out by hand for NumPy."""

    f: Callable[[Any], Any]
    gradient: Callable[[np.ndarray], np.ndarray]
    start: tuple[float, float]


def _rosenbrock(p):
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def _rosenbrock_gradient(p):
    x, y = p
    return np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])


def _beale(p):
    x, y = p
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def _beale_gradient(p):
    x, y = p
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    return np.array(
        [
            2 * a * (y - 1) + 2 * b * (y**2 - 1) + 2 * c * (y**3 - 1),
            2 * a * x + 4 * b * x * y + 6 * c * x * y**2,
        ]
    )


def _himmelblau(p):
    x, y = p
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def _himmelblau_gradient(p):
    x, y = p
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


LOSSES = {
    "rosenbrock": Loss(_rosenbrock, _rosenbrock_gradient, (-1.2, 1.0)),
    "beale": Loss(_beale, _beale_gradient, (1.0, 1.0)),
    "himmelblau": Loss(_himmelblau, _himmelblau_gradient, (-1.0, 1.5)),
}


@functools.cache
def _compiled(rule, f, steps):
    def run(theta, values):
        def step(state, _):
            state = rule.advance(f, state[0], state[1:], **values)
            return state, state

        first = (theta, *rule.start(theta))
        _, rest = jax.lax.scan(step, first, None, length=steps)
        return [jnp.concatenate([a[None], b]) for a, b in zip(first, rest, strict=True)]

    return jax.jit(run)


def _defaults(rule):
    return {name: h.default for name, h in rule.hyperparameters.items()}


def _follow(rule, f, start, steps=100, **values):
    theta = jnp.asarray(start, float)
    theta, *memory = _compiled(rule, f, steps)(theta, _defaults(rule) | values)
    return np.asarray(theta), dict(zip(rule.memory, map(np.asarray, memory), strict=True))


@pytest.fixture
def float64():
    """Compute in float64 for the length of a test."""
    with jax.enable_x64(True):
        yield


@pytest.fixture
def follow(float64):  # noqa: ARG001
    """Return `follow(rule, f, start, steps=100, **values)`: theta (T+1, ...), memory by name."""
    return _follow


@pytest.fixture
def defaults():
    """Return `defaults(rule)`: every hyperparameter's declared value."""
    return _defaults


@pytest.fixture(params=LOSSES)
def loss(request) -> Loss:
    """Go through Rosenbrock, Beale and Himmelblau."""
    return LOSSES[request.param]


@pytest.fixture
def rosenbrock() -> Loss:
    return LOSSES["rosenbrock"]
