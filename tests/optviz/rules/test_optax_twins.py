"""Rules with a twin in Optax walk the same path, once Optax's other conventions are undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from optviz.rules import RULES


class Twin(NamedTuple):
    """The same rule in Optax: `make` takes the rule's hyperparameters in their order.

    `values` are settings to compare at, over the rule's defaults.
    """

    slug: str
    make: Callable[..., optax.GradientTransformationExtraArgs]
    values: Mapping[str, float] = MappingProxyType({})
    prepare: Callable[[Any], Any] = lambda state: state


def _momentum(lr, alpha):
    return optax.sgd(lr, alpha)


def _ewma(lr, beta):
    return optax.chain(optax.ema(beta, debias=False), optax.scale(-lr))


def _adagrad(lr, delta):
    return optax.adagrad(lr, 0.0, delta)


def _rmsprop_outside(lr, rho, delta):
    return optax.rmsprop(lr, rho, delta, eps_in_sqrt=False)


def _rmsprop_momentum(lr, alpha, rho, delta):
    return optax.rmsprop(lr, rho, delta, momentum=alpha)


def _adam_inside(lr, rho1, rho2, delta):
    return optax.adam(lr, rho1, rho2, 0.0, delta)


def _adamw(lr, rho1, rho2, delta, weight_decay):
    return optax.adamw(lr, rho1, rho2, delta, weight_decay=weight_decay)


def _adabelief(lr, rho1, rho2, delta):
    return optax.adabelief(lr, rho1, rho2, delta, delta)


def _lion(lr, rho1, rho2, weight_decay):
    return optax.lion(lr, rho1, rho2, weight_decay=weight_decay)


def _polyak(lr, f_star, delta):
    # Optax's own `scaling` divides the step instead of multiplying it.
    return optax.chain(optax.polyak_sgd(1e9, 1.0, f_star, delta), optax.scale(lr))


def _nesterov(lr, alpha):
    return optax.sgd(lr, alpha, nesterov=True)


def _rmsprop_nesterov(lr, alpha, rho, delta):
    return optax.rmsprop(lr, rho, delta, momentum=alpha, nesterov=True)


def _without_momentum(state):
    """Yogi's average of g begins at 1e-6 in Optax, at zero in the paper and here."""
    return (state[0]._replace(mu=jnp.zeros(2)), *state[1:])


_OTHER = {"lr": 0.01, "rho1": 0.5, "rho2": 0.9, "delta": 1e-2}

TWINS = [
    Twin("sgd", optax.sgd),
    Twin("momentum", _momentum),
    Twin("momentum", _momentum, {"lr": 2e-4, "alpha": 0.99}),
    Twin("ewma_momentum", _ewma),
    # Optax adds delta inside the root, which makes no difference when it is as small as this.
    Twin("adagrad", _adagrad, {"delta": 1e-30}),
    Twin("adadelta", optax.adadelta),
    Twin("rmsprop", optax.rmsprop),
    Twin("rmsprop_outside", _rmsprop_outside, {"delta": 1e-3}),
    Twin("rmsprop_momentum", _rmsprop_momentum),
    Twin("adam", optax.adam),
    Twin("adam", optax.adam, _OTHER),
    Twin("adam_inside", _adam_inside, {"delta": 1e-3}),
    Twin("adamw", _adamw, {"weight_decay": 0.3}),
    Twin("nadam", optax.nadam),
    Twin("nadam", optax.nadam, _OTHER),
    Twin("adamax", optax.adamax),
    Twin("adamax", optax.adamax, _OTHER),
    Twin("radam", optax.radam),
    Twin("radam", optax.radam, {"lr": 1e-3, "rho2": 0.9}),
    Twin("radam", optax.radam, {"lr": 1e-3, "rho2": 0.5}),
    Twin("adabelief", _adabelief),
    Twin("yogi", optax.yogi, prepare=_without_momentum),
    Twin("sign_sgd", optax.sign_sgd),
    Twin("lion", _lion, {"weight_decay": 0.1}),
    Twin("polyak", _polyak, {"lr": 0.01, "f_star": -1.0}),
    Twin("polyak", _polyak, {"lr": 0.5, "delta": 1e3}),
]
AHEAD = [
    Twin("nesterov", _nesterov),
    Twin("nesterov", _nesterov, {"lr": 2e-4, "alpha": 0.99}),
    Twin("rmsprop_nesterov", _rmsprop_nesterov),
]


def _name(twin):
    return ",".join([twin.slug, *(f"{name}:{value:g}" for name, value in twin.values.items())])


def _path(twin, values, loss, steps):
    """Return Optax's parameters (steps+1, 2)."""
    optimizer = optax.with_extra_args_support(twin.make(*values.values()))

    def step(carry, _):
        params, state = carry
        value, g = jax.value_and_grad(loss.f)(params)
        updates, state = optimizer.update(g, state, params, value=value)
        params = params + updates
        return (params, state), params

    start = jnp.array(loss.start)
    state = twin.prepare(optimizer.init(start))
    _, params = jax.jit(lambda c: jax.lax.scan(step, c, None, length=steps))((start, state))
    return np.concatenate([[loss.start], params])


@pytest.mark.parametrize("twin", TWINS, ids=_name)
def test_a_rule_walks_as_its_twin_in_optax(twin, loss, follow, defaults):
    values = defaults(RULES[twin.slug]) | twin.values
    theta, _ = follow(RULES[twin.slug], loss.f, loss.start, **values)
    expected = _path(twin, values, loss, 100)
    np.testing.assert_allclose(theta, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("twin", AHEAD, ids=_name)
def test_optax_keeps_the_point_that_nesterov_looks_ahead_to(twin, loss, follow, defaults):
    values = defaults(RULES[twin.slug]) | twin.values
    theta, memory = follow(RULES[twin.slug], loss.f, loss.start, **values)
    ahead = theta + values["alpha"] * memory["v"]
    expected = _path(twin, values, loss, 100)
    np.testing.assert_allclose(ahead, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("lr", [1e-3, 0.1])
def test_rprop_makes_the_steps_that_optax_remembers(lr, loss, follow, defaults):
    """Optax 0.2 applies Rprop's steps one step late (its pull request 1725), but stores them."""
    rule = RULES["rprop"]
    values = defaults(rule)
    theta, memory = follow(rule, loss.f, loss.start, lr=lr)
    twin = optax.scale_by_rprop(
        lr, values["eta_minus"], values["eta_plus"], lr * values["d_min"], lr * values["d_max"]
    )

    @jax.jit
    def step(params, state: Any):
        _, state = twin.update(jax.grad(loss.f)(params), state)
        return params - state.prev_updates, state

    params = jnp.array(loss.start)
    state: Any = twin.init(params)
    for k in range(100):
        params, state = step(params, state)
        np.testing.assert_allclose(theta[k + 1], params, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(lr * memory["d"][k + 1], state.step_sizes, rtol=1e-12)
