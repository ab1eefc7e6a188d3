"""The loss of one step, and one step of a rule: the only place where noise and schedules act."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from optviz.rule import Rule

# theta and whatever the rule remembers, each an array or a tree of arrays.
State = tuple[Any, ...]
Loss = Callable[[Any], Any]


def on_plane(f: Callable[..., Any], names: Sequence[str], shape: Any) -> Loss:
    """Return the loss of a point p (2,) on `f(x, y, **shape)`, with the values `shape` (S,)."""
    named = dict(zip(names, shape, strict=True))
    return lambda p: f(p[0], p[1], **named)


def with_noise(loss: Loss, noise: Any, theta: Any) -> Loss:
    """Return the loss of a step from theta (2,) whose gradient is perturbed by `noise` (2,).

    Its value at theta is that of `loss`, wherever the origin is.
    """
    return lambda p: loss(p) + noise @ (p - theta)


def scheduled(values: Mapping[str, Any], multiplier: Any) -> dict[str, Any]:
    """Return hyperparameters with the learning rate times the schedule's `multiplier`."""
    return {**values, "lr": values["lr"] * multiplier}


def first(rule: Rule, theta: Any) -> State:
    """Return the state before the first step: theta and fresh memory."""
    return theta, *rule.start(theta)


def advance(
    rule: Rule,
    loss: Loss,
    state: State,
    values: Mapping[str, Any],
    multiplier: Any = 1.0,
    noise: Any = None,
) -> State:
    """Return the state after one step of `rule` on `loss`, with these hyperparameters.

    The schedule's `multiplier` acts on the learning rate, `noise` (2,), if any, on the gradient.
    Every part of the state keeps its type, whatever the rule computed it with.
    """
    theta, *memory = state
    seen = loss if noise is None else with_noise(loss, noise, theta)
    after = rule.advance(seen, theta, tuple(memory), **scheduled(values, multiplier))
    return jax.tree.map(lambda new, old: jnp.asarray(new, old.dtype), after, state)


def path(
    rule: Rule,
    loss: Loss,
    theta: Any,
    along: tuple[Any, Any, Any],
    keep: Callable[[State], Any] = lambda state: state,
) -> Any:
    """Return keep(state) before the first step and after each of P, stacked: (P+1, ...).

    `along` holds for every step the hyperparameters (P, H), in the rule's order, the schedule's
    multiplier (P,) and the noise (P, 2). What is not kept takes no memory.
    """

    def step(state: State, now: tuple[Any, Any, Any]) -> tuple[State, Any]:
        row, multiplier, noise = now
        values = dict(zip(rule.hyperparameters, row, strict=True))
        state = advance(rule, loss, state, values, multiplier, noise)
        return state, keep(state)

    begun = first(rule, theta)
    _, kept = jax.lax.scan(step, begun, along)
    return jax.tree.map(lambda a, b: jnp.concatenate([a[None], b]), keep(begun), kept)
