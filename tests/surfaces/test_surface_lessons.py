"""What the sentences about the surfaces promise happens on them."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from surfaces import SURFACES


def heavy_ball(slug, lr, alpha, steps=500):
    """Return the path (steps, 2) of momentum descent from the surface's start; alpha 0 is plain."""
    surface = SURFACES[slug]

    def step(state, _):
        theta, v = state
        v = alpha * v - lr * jax.grad(lambda p: surface.f(p[0], p[1]))(theta)
        return (theta + v, v), theta + v

    start = jnp.array(surface.start)
    return np.asarray(jax.lax.scan(step, (start, jnp.zeros(2)), length=steps)[1])


@pytest.mark.parametrize("lr", [0.02, 0.05, 0.1])
def test_on_the_plateau_momentum_coasts_and_plain_descent_stops(lr):
    plain, momentum = heavy_ball("plateau", lr, 0.0), heavy_ball("plateau", lr, 0.9)
    width = SURFACES["plateau"].parameters["width"].default
    assert 0.8 * width < np.hypot(*plain[-1]) < 1.1 * width
    assert np.hypot(*momentum[-1]) < 1e-3


def test_at_the_saddle_plain_descent_lingers_longer_than_momentum():
    def escape(alpha):
        return int(np.argmax(np.abs(heavy_ball("saddle", 0.02, alpha)[:, 1]) > 1))

    assert escape(0.0) > 3 * escape(0.9) > 0


def test_in_the_double_well_momentum_carries_over_the_barrier():
    assert heavy_ball("double_well", 0.02, 0.0)[-1, 0] == pytest.approx(-1)
    assert heavy_ball("double_well", 0.02, 0.9)[-1, 0] == pytest.approx(1)


def test_on_rosenbrock_momentum_follows_the_valley_faster():
    plain, momentum = heavy_ball("rosenbrock", 1e-3, 0.0), heavy_ball("rosenbrock", 1e-3, 0.9)
    goal = SURFACES["rosenbrock"].minima[0]
    assert np.linalg.norm(momentum[-1] - goal) < 0.2 * np.linalg.norm(plain[-1] - goal)


def test_in_the_three_hump_camels_outer_well_plain_descent_stays():
    camel = SURFACES["three_hump_camel"]
    np.testing.assert_allclose(heavy_ball("three_hump_camel", 0.02, 0.0)[-1], camel.local_minima[1])
    np.testing.assert_allclose(
        heavy_ball("three_hump_camel", 0.02, 0.9)[-1], camel.minima[0], atol=1e-6
    )


@pytest.mark.parametrize(
    ("slug", "lr"), [("rastrigin", 1e-3), ("griewank", 0.1), ("drop_wave", 1e-3), ("levy_13", 1e-3)]
)
def test_on_ripples_plain_descent_stops_short_of_the_minimum(slug, lr):
    path = heavy_ball(slug, lr, 0.0, steps=4000)
    gradient = jax.grad(lambda p: SURFACES[slug].f(p[0], p[1]))(jnp.array(path[-1]))
    assert np.linalg.norm(gradient) < 0.05
    assert np.linalg.norm(path[-1] - SURFACES[slug].minima[0]) > 1
