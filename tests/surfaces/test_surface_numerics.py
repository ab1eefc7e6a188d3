"""Surfaces work on scalars, grids and tracers, in both precisions, and are finite everywhere."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from surfaces import SURFACES
from surfaces.functions import norm

every_surface = pytest.mark.parametrize(
    "surface", SURFACES.values(), ids=lambda surface: surface.slug
)


def lattice(surface):
    """Return points (N, 2) where formulas like to break: whole numbers, and all that is listed."""
    ranges = (range(round(low), round(high) + 1) for low, high in (surface.x, surface.y))
    listed = (*surface.minima, *surface.local_minima, *surface.saddles, surface.start)
    return jnp.array([*itertools.product(*ranges), *listed], float)


@every_surface
def test_grids_are_elementwise(surface):
    x, y = jnp.linspace(surface.x[0], surface.x[1], 7), jnp.linspace(surface.y[0], surface.y[1], 5)
    grid = jax.jit(surface.f)(x[None, :], y[:, None])
    assert grid.shape == (5, 7)
    single = [[float(surface.f(a, b)) for a in x.tolist()] for b in y.tolist()]
    np.testing.assert_allclose(grid, single, rtol=1e-12, atol=1e-12)


@every_surface
def test_transformations_agree_with_the_grid(surface):
    x, y = (
        jnp.ravel(a)
        for a in jnp.meshgrid(
            jnp.linspace(surface.x[0], surface.x[1], 6), jnp.linspace(surface.y[0], surface.y[1], 6)
        )
    )
    mapped = jax.jit(jax.vmap(surface.f))(x, y)
    np.testing.assert_allclose(mapped, surface.f(x, y), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("precision", [jnp.float32, jnp.float64])
@every_surface
def test_everything_is_finite_at_special_points(surface, precision):
    x, y = lattice(surface).astype(precision).T

    @jax.jit
    @jax.vmap
    def derivatives(*point):
        gradient, hessian = (d(surface.f, (0, 1)) for d in (jax.grad, jax.hessian))
        return surface.f(*point), gradient(*point), hessian(*point)

    for part in map(np.asarray, jax.tree.leaves(derivatives(x, y))):
        assert part.dtype == precision
        assert np.isfinite(part).all()


@every_surface
def test_single_precision_is_close(surface):
    x, y = (
        jnp.linspace(surface.x[0], surface.x[1], 40)[None, :],
        jnp.linspace(surface.y[0], surface.y[1], 40)[:, None],
    )
    height = jax.jit(surface.f)
    exact = height(x, y)
    single = height(x.astype(jnp.float32), y.astype(jnp.float32))
    assert single.dtype == jnp.float32
    np.testing.assert_allclose(single, exact, rtol=1e-4, atol=1e-5 * float(jnp.ptp(exact)))


def test_norm_is_the_distance_from_the_origin():
    x, y = np.random.default_rng(0).normal(size=(2, 100))
    np.testing.assert_allclose(norm(x, y), np.hypot(x, y), rtol=1e-15)


@pytest.mark.parametrize("precision", [jnp.float32, jnp.float64])
def test_norm_has_no_slope_at_the_origin(precision):
    zero = precision(0)
    assert norm(zero, zero) == 0
    assert jax.jit(jax.grad(norm, (0, 1)))(zero, zero) == (0, 0)
    assert not np.any(jax.jit(jax.hessian(norm, (0, 1)))(zero, zero))
