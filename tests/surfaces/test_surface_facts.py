"""What the catalogue claims of each surface: its minima, all of them, its saddles, its metadata."""

import functools
import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from surfaces import SURFACES

BOUNDED = [surface for surface in SURFACES.values() if surface.minima]
FEW_MINIMA = [surface for surface in BOUNDED if surface.local_minima]


def by_slug(surface):
    return surface.slug


every_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=by_slug)
every_bounded_surface = pytest.mark.parametrize("surface", BOUNDED, ids=by_slug)


def of_point(surface):
    return lambda p: surface.f(p[0], p[1])


def inside(surface, x, y):
    return (surface.x[0] <= x) & (x <= surface.x[1]) & (surface.y[0] <= y) & (y <= surface.y[1])


def heights(surface, n):
    """Return x (n,), y (n,) and the heights (n, n) of the domain, row = y."""
    x, y = (np.linspace(low, high, n) for low, high in (surface.x, surface.y))
    return x, y, np.asarray(jax.jit(surface.f)(x[None, :], y[:, None]))


def settle(f, points):
    """Return where descent with curvature takes the points (N, 2), and the curvatures there."""

    def step(p, _):
        curvature, axes = jnp.linalg.eigh(jax.hessian(f)(p))
        newton = axes @ (axes.T @ jax.grad(f)(p) / jnp.maximum(jnp.abs(curvature), 1e-6))
        trials = p - jnp.append(0.5 ** jnp.arange(12), 0.0)[:, None] * newton
        return trials[jnp.argmin(jax.vmap(f)(trials))], None

    @jax.jit
    @jax.vmap
    def follow(p):
        rest, _ = jax.lax.scan(step, p, length=60)
        return rest, jnp.linalg.eigvalsh(jax.hessian(f)(rest))

    return map(np.asarray, follow(points))


@functools.cache
def hollows(surface, n=241):
    """Return the local minima (N, 2) in the domain that a dense grid with polishing finds."""
    x, y, z = heights(surface, n)
    shifts = [(i, j) for i in (0, 1, 2) for j in (0, 1, 2) if (i, j) != (1, 1)]
    lowest = np.all([z[1:-1, 1:-1] <= z[i : n - 2 + i, j : n - 2 + j] for i, j in shifts], axis=0)
    rows, columns = np.nonzero(lowest)
    cells = np.stack([x[columns + 1], y[rows + 1]], axis=1)
    found, curvature = settle(of_point(surface), cells)
    return found[inside(surface, *found.T) & (curvature > 0).all(axis=1)]


def gaps(points, listed):
    """Return the distances (N, M) between points (N, 2) and the listed (M, 2)."""
    return np.linalg.norm(np.asarray(points)[:, None] - np.asarray(listed)[None], axis=2)


@functools.cache
def _derivatives(surface):
    f = of_point(surface)
    return jax.jit(lambda p: (jax.grad(f)(p), jax.hessian(f)(p)))


def derivatives(surface, point):
    """Return the gradient (2,) and the Hessian (2, 2) at the point."""
    return tuple(map(np.asarray, _derivatives(surface)(jnp.array(point, float))))


@every_surface
def test_stationary_points_are_exact_to_nine_digits(surface):
    for point in (*surface.minima, *surface.local_minima, *surface.saddles):
        gradient, hessian = derivatives(surface, point)
        newton = np.linalg.lstsq(hessian, gradient)[0]
        assert np.linalg.norm(newton) < 1e-9
        assert np.linalg.norm(gradient) < 1e-9 * max(1, np.linalg.norm(hessian))
        assert inside(surface, *point)


@every_surface
def test_minima_curve_upwards_and_saddles_both_ways(surface):
    for point in (*surface.minima, *surface.local_minima):
        assert (np.linalg.eigvalsh(derivatives(surface, point)[1]) > 0).all()
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    for x, y in surface.saddles:
        around = surface.f(x + 1e-3 * jnp.cos(turn), y + 1e-3 * jnp.sin(turn))
        assert around.min() < surface.f(x, y) < around.max()


@every_bounded_surface
def test_the_minimum_is_the_value_at_every_minimum(surface):
    for x, y in surface.minima:
        assert surface.f(x, y) == pytest.approx(surface.minimum, rel=1e-12, abs=1e-12)
    for x, y in surface.local_minima:
        assert surface.f(x, y) > surface.minimum + 1e-6


@every_bounded_surface
def test_nothing_is_lower_on_a_dense_grid(surface):
    *_, z = heights(surface, 801)
    assert z.min() >= surface.minimum - 1e-12 * max(1, abs(surface.minimum))


@every_bounded_surface
def test_no_global_minimum_is_missing(surface):
    found = hollows(surface)
    found_heights = np.asarray(surface.f(*found.T))
    assert (found_heights >= surface.minimum - 1e-12 * max(1, abs(surface.minimum))).all()
    distance = gaps(found[found_heights < surface.minimum + 1e-6], surface.minima)
    assert (distance.min(axis=1) < 1e-4).all()
    assert (distance.min(axis=0) < 1e-4).all()


@pytest.mark.parametrize("surface", FEW_MINIMA, ids=by_slug)
def test_where_local_minima_are_listed_none_is_missing(surface):
    listed = (*surface.minima, *surface.local_minima)
    distance = gaps(hollows(surface), listed)
    assert (distance.min(axis=1) < 1e-4).all()
    assert (distance.min(axis=0) < 1e-4).all()


@every_surface
def test_a_surface_without_a_minimum_falls_out_of_its_domain(surface):
    *_, z = heights(surface, 101)
    assert (surface.minimum is None) == (not surface.minima)
    assert surface.minima or z.min() < z[1:-1, 1:-1].min()


@every_surface
def test_the_start_leads_somewhere(surface):
    gradient, _ = derivatives(surface, surface.start)
    assert inside(surface, *surface.start)
    assert np.linalg.norm(gradient) > 1e-3
    assert surface.minimum is None or surface.f(*surface.start) > surface.minimum + 0.1


@pytest.mark.parametrize(("slug", "surface"), SURFACES.items())
def test_metadata_is_complete(slug, surface):
    assert surface.slug == slug
    assert re.fullmatch(r"[A-Z][^\n]{20,99}\.", surface.about)
    assert re.search(r"\(\d{4}\)", surface.source)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", slug)
    assert all(parameter.meaning for parameter in surface.parameters.values())


def test_names_are_unique():
    assert len({surface.name for surface in SURFACES.values()}) == len(SURFACES)
