"""The Optax peer: the same ten rules from Optax, each in a compiled scan of its own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import numpy as np
import optax

# Each takes the rule's hyperparameters by their order in the rule.
TWINS: Mapping[str, Callable[..., optax.GradientTransformationExtraArgs]] = {
    "sgd": optax.sgd,
    "momentum": optax.sgd,
    "adadelta": optax.adadelta,
    "rmsprop": optax.rmsprop,
    "rmsprop_momentum": lambda lr, alpha, rho, delta: optax.rmsprop(lr, rho, delta, momentum=alpha),
    "adam": optax.adam,
    "adamw": lambda lr, rho1, rho2, delta, decay: optax.adamw(
        lr, rho1, rho2, delta, weight_decay=decay
    ),
    "nadam": optax.nadam,
    "adamax": optax.adamax,
    "adabelief": lambda lr, rho1, rho2, delta: optax.adabelief(lr, rho1, rho2, delta, delta),
}


def programs(
    f: Callable[[Any], Any], races: Mapping[str, Sequence[float]], steps: int, *, fixed: bool
) -> list[Any]:
    """Return, for every rule's slug and values, a compiled function of the start (2,).

    It returns theta, loss, grad and Optax's state along `steps` steps. `fixed` compiles the values
    in: Optax at its fastest, but it compiles again for any other value. Otherwise they are
    arguments, as they are in the engine.
    """
    runs = [(_run(f, TWINS[slug], steps), np.array(values)) for slug, values in races.items()]
    if fixed:
        return [jax.jit(functools.partial(run, values=values.tolist())) for run, values in runs]
    return [functools.partial(jax.jit(run), values=values) for run, values in runs]


def _run(f: Callable[[Any], Any], make: Callable[..., Any], steps: int) -> Callable[..., Any]:
    def run(start, values):
        optimizer = make(*values)

        def step(carry, _):
            theta, state = carry
            loss, g = jax.value_and_grad(f)(theta)
            updates, after = optimizer.update(g, state, theta)
            return (theta + updates, after), (theta, loss, g, state)

        return jax.lax.scan(step, (start, optimizer.init(start)), None, length=steps + 1)[1]

    return run


def run_all(compiled: Sequence[Any], start: np.ndarray) -> list[Any]:
    """Start all programs in float64, then wait for each; everything comes back as NumPy arrays."""
    with jax.enable_x64(True):
        started = [program(start) for program in compiled]
    return [jax.tree.map(np.asarray, outputs) for outputs in started]
