"""The NumPy peer: ten rules as a loop over their steps, with Rosenbrock's gradient by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import maximum, sqrt

Step = Callable[..., tuple[Any, ...]]


class Walk(NamedTuple):
    """What a rule did in T steps: theta (T+1, 2), loss (T+1,), grad (T+1, 2), memory per step."""

    theta: np.ndarray
    loss: np.ndarray
    grad: np.ndarray
    memory: list[tuple[Any, ...]]


def walk(step: Step, start: tuple[float, float], steps: int, values: Mapping[str, float]) -> Walk:
    """Follow a rule from `start`, keeping everything that it does."""
    theta, memory = np.array(start), ()
    path, slopes = np.empty((2, steps + 1, 2))
    losses, remembered = np.empty(steps + 1), []
    for k in range(steps + 1):
        path[k], losses[k], slopes[k] = theta, loss(theta), gradient(theta)
        remembered.append(memory)
        theta, *memory = step(slopes[k], theta, *memory, **values)
    return Walk(path, losses, slopes, remembered)


def loss(theta):
    """Return Rosenbrock's function."""
    x, y = theta
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def gradient(theta):
    """Return its gradient, written out."""
    x, y = theta
    rise = 200 * (y - x * x)
    return np.array([-2 * (1 - x) - 2 * x * rise, rise])


def _sgd(g, theta, *, lr):
    return (theta - lr * g,)


def _momentum(g, theta, v=0.0, *, lr, alpha):
    v = alpha * v - lr * g
    return theta + v, v


def _adadelta(g, theta, r=0.0, u=0.0, *, lr, rho, delta):
    r = rho * r + (1 - rho) * g * g
    d = -sqrt(u + delta) / sqrt(r + delta) * g
    return theta + lr * d, r, rho * u + (1 - rho) * d * d


def _rmsprop(g, theta, r=0.0, *, lr, rho, delta):
    r = rho * r + (1 - rho) * g * g
    return theta - lr / sqrt(delta + r) * g, r


def _rmsprop_momentum(g, theta, r=0.0, v=0.0, *, lr, alpha, rho, delta):
    r = rho * r + (1 - rho) * g * g
    v = alpha * v - lr / sqrt(delta + r) * g
    return theta + v, r, v


def _adam(g, theta, s=0.0, r=0.0, t=0, *, lr, rho1, rho2, delta, weight_decay=0.0):
    t, s, r = t + 1, rho1 * s + (1 - rho1) * g, rho2 * r + (1 - rho2) * g * g
    d = (s / (1 - rho1**t)) / (sqrt(r / (1 - rho2**t)) + delta)
    return theta - lr * (d + weight_decay * theta), s, r, t


def _nadam(g, theta, s=0.0, r=0.0, t=0, *, lr, rho1, rho2, delta):
    t, s, r = t + 1, rho1 * s + (1 - rho1) * g, rho2 * r + (1 - rho2) * g * g
    ahead = rho1 * s / (1 - rho1 ** (t + 1)) + (1 - rho1) * g / (1 - rho1**t)
    return theta - lr * ahead / (sqrt(r / (1 - rho2**t)) + delta), s, r, t


def _adamax(g, theta, s=0.0, u=0.0, t=0, *, lr, rho1, rho2, delta):
    t, s, u = t + 1, rho1 * s + (1 - rho1) * g, maximum(rho2 * u, abs(g) + delta)
    return theta - lr * (s / (1 - rho1**t)) / u, s, u, t


def _adabelief(g, theta, s=0.0, r=0.0, t=0, *, lr, rho1, rho2, delta):
    t, s = t + 1, rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * (g - s) ** 2 + delta
    return theta - lr * (s / (1 - rho1**t)) / (sqrt(r / (1 - rho2**t)) + delta), s, r, t


STEPS: Mapping[str, Step] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "adadelta": _adadelta,
    "rmsprop": _rmsprop,
    "rmsprop_momentum": _rmsprop_momentum,
    "adam": _adam,
    "adamw": _adam,
    "nadam": _nadam,
    "adamax": _adamax,
    "adabelief": _adabelief,
}
