"""A grid of heights is the surface, scaled so that its contours can be read."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from optviz import SURFACES, Surface
from optviz.heights import heights
from optviz.limits import MAX_GRID
from surfaces import shape

N = 41


def unscaled(grid):
    """Return the heights of a grid as the surface's own."""
    if grid.scale == "linear":
        return grid.height
    return 10.0**grid.height - grid.offset + grid.floor


@pytest.fixture(params=SURFACES)
def surface(request):
    return SURFACES[request.param]


def test_heights_are_the_surfaces_own(surface):
    grid = heights(surface, surface.values(), surface.x, surface.y, N)
    assert grid.height.shape == (N, N)
    assert grid.floor == surface.minimum
    with jax.enable_x64(True):
        x, y = map(jnp.array, np.meshgrid(grid.x, grid.y))
        expected = np.asarray(surface.f(x, y))
    scale = np.ptp(expected)
    np.testing.assert_allclose(unscaled(grid), expected, rtol=1e-9, atol=1e-12 * scale)


def test_heights_are_finite_over_the_domain(surface):
    grid = heights(surface, surface.values(), surface.x, surface.y, N)
    assert np.isfinite(grid.height).all()
    assert np.ptp(grid.height) > 0


def test_heights_are_finite_at_both_ends_of_every_shape(surface):
    for name, declared in surface.parameters.items():
        for value in (declared.low, declared.high):
            grid = heights(surface, surface.values({name: value}), surface.x, surface.y, N)
            assert np.isfinite(grid.height).all(), (name, value)


def test_a_grid_covers_its_window_row_by_row():
    """Row = y, column = x."""
    slope = Surface(lambda x, y: x + 10 * y, "slope", x=(0, 1), y=(0, 1), start=(0, 0))
    grid = heights(slope, {}, (0.0, 2.0), (-1.0, 1.0), 3)
    assert grid.x.tolist() == [0, 1, 2]
    assert grid.y.tolist() == [-1, 0, 1]
    assert grid.height.tolist() == [[-10, -9, -8], [0, 1, 2], [10, 11, 12]]
    assert (grid.scale, grid.offset, grid.floor) == ("linear", 0.0, None)


@pytest.mark.parametrize(("slug", "scale"), [("rosenbrock", "log"), ("saddle", "linear")])
def test_only_a_skewed_surface_is_drawn_logarithmically(slug, scale):
    surface = SURFACES[slug]
    grid = heights(surface, surface.values(), surface.x, surface.y, N)
    assert grid.scale == scale
    assert (grid.offset > 0) == (scale == "log")


@pytest.mark.parametrize("n", [2, 128, 129, MAX_GRID])
def test_padding_of_the_grid_never_shows(n):
    surface = SURFACES["booth"]
    grid = heights(surface, {}, (-3.0, 5.0), (1.0, 2.0), n)
    x, y = np.meshgrid(np.linspace(-3, 5, n), np.linspace(1, 2, n))
    expected = (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2
    np.testing.assert_allclose(unscaled(grid), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("window", [(1e200, 1e201), (-1e150, 1e160), (1.0, 1.0 + 1e-12)])
def test_a_window_far_away_or_tiny_is_no_crash(surface, window):
    grid = heights(surface, surface.values(), window, surface.y, 5)
    assert grid.height.shape == (5, 5)


def test_another_window_or_shape_compiles_nothing():
    calls = []

    def counted(x, y, *, b=shape(1.0, 0.0, 9.0, "any")):
        calls.append(1)
        return b * x**2 + y**2

    surface = Surface(counted, "counted", x=(-1, 1), y=(-1, 1), start=(1, 1))
    heights(surface, {"b": 1.0}, (-1.0, 1.0), (-1.0, 1.0), 50)
    before = len(calls)
    assert before > 0
    heights(surface, {"b": 2.0}, (-5.0, 1.0), (0.0, 3.0), 50)
    heights(surface, {"b": 2.0}, (-5.0, 1.0), (0.0, 3.0), 128)
    assert len(calls) == before
