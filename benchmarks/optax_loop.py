"""The Optax peer: the same ten rules from Optax, each in a compiled scan of its own."""

from __future__ import annotations

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
    "amsgrad": optax.amsgrad,
}


def compiled(f: Callable[[Any], Any], slug: str, values: Sequence[float], steps: int) -> Any:
    """Return a compiled function of the start: theta, loss, grad and state along `steps` steps.

    The hyperparameters are compiled in, which is Optax at its fastest.
    """
    optimizer = TWINS[slug](*values)

    def step(carry, _):
        theta, state = carry
        loss, g = jax.value_and_grad(f)(theta)
        updates, after = optimizer.update(g, state, theta)
        return (optax.apply_updates(theta, updates), after), (theta, loss, g, state)

    def run(start):
        return jax.lax.scan(step, (start, optimizer.init(start)), None, length=steps + 1)[1]

    return jax.jit(run)


def run_all(programs: Sequence[Any], start: np.ndarray) -> list[Any]:
    """Start all programs in float64, then wait for each; everything comes back as NumPy arrays."""
    with jax.enable_x64(True):
        started = [program(start) for program in programs]
    return [jax.tree.map(np.asarray, outputs) for outputs in started]
