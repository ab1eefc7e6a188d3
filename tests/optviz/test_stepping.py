"""One step: noise is anchored at theta, memory keeps its type, and only what is kept is stored."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from optviz import RULES, stepping


def bowl(p):
    return (p[0] - 1) ** 2 + 3 * p[1] ** 2


@pytest.mark.usefixtures("float64")
def test_noise_changes_the_gradient_and_not_the_loss_at_theta():
    theta, noise = jnp.array([300.0, -200.0]), jnp.array([0.5, -2.0])
    loss = stepping.with_noise(bowl, noise, theta)
    assert loss(theta) == bowl(theta)
    for p in (theta, theta + 1.0):
        np.testing.assert_allclose(jax.grad(loss)(p), jax.grad(bowl)(p) + noise, rtol=1e-14)


@pytest.mark.usefixtures("float64")
def test_a_schedule_multiplies_the_learning_rate_alone():
    rule, theta = RULES["momentum"], jnp.array([2.0, 1.0])
    state = theta, jnp.array([0.1, 0.2])
    values = {"lr": 0.04, "alpha": 0.5}
    half = stepping.advance(rule, bowl, state, values, 0.5)
    again = stepping.advance(rule, bowl, state, values | {"lr": 0.02})
    np.testing.assert_array_equal(half, again)


@pytest.mark.parametrize("slug", RULES)
@pytest.mark.parametrize("dtype", [jnp.bfloat16, jnp.float32])
def test_every_part_of_a_state_keeps_its_type(slug, dtype):
    rule = RULES[slug]
    values = {name: np.float32(h.default) for name, h in rule.hyperparameters.items()}
    before = stepping.first(rule, jnp.array([0.5, -0.25], dtype))
    after = stepping.advance(rule, bowl, before, values)
    assert [part.dtype for part in after] == [part.dtype for part in before]
    assert [part.shape for part in after] == [part.shape for part in before]


def test_a_counter_counts_beyond_256_in_bfloat16():
    rule = RULES["adam"]
    values = {name: h.default for name, h in rule.hyperparameters.items()}
    state = stepping.first(rule, jnp.ones(2, jnp.bfloat16))
    step = jax.jit(lambda state: stepping.advance(rule, bowl, state, values))
    for _ in range(300):
        state = step(state)
    assert state[3] == 300


@pytest.mark.usefixtures("float64")
def test_a_path_stores_what_is_kept():
    rule, steps = RULES["momentum"], 7
    along = jnp.tile(jnp.array([0.05, 0.9]), (steps, 1)), jnp.ones(steps), jnp.zeros((steps, 2))
    theta, velocity = stepping.path(rule, bowl, jnp.array([2.0, 1.0]), along)
    kept = stepping.path(
        rule, bowl, jnp.array([2.0, 1.0]), along, keep=lambda state: bowl(state[0])
    )
    assert theta.shape == velocity.shape == (steps + 1, 2)
    np.testing.assert_allclose(kept, jax.vmap(bowl)(theta), rtol=1e-14)
