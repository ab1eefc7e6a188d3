"""A rule knows no origin: on a surface that is moved in the plane it takes the moved path."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from optviz import RULES, Lane, Race, run
from surfaces import Surface, shape

# Sums of powers of two: moving a start there and back again rounds nothing.
START, SHIFTS = (1.25, -0.75), [(-3.0, 5.5), (16.0, -0.125)]


def bowl(x, y, *, a=shape(0.0, -20.0, 20.0, "x of it"), b=shape(0.0, -20.0, 20.0, "y of it")):
    """Convex with a tilt, so that no coordinate is alone, and above its lowest value 0.5."""
    x, y = x - a, y - b
    return jnp.cosh(x) + 2 * jnp.cosh(y) - 2.5 + (x - y) ** 2 / 4


def raced(shift, lane, **others):
    """Return theta (T+1, 2) on the shifted bowl, as seen from its own middle."""
    a, b = shift
    start = START[0] + a, START[1] + b
    surface = Surface(bowl, "Shifted bowl", (a - 5.0, a + 5.0), (b - 5.0, b + 5.0), start)
    return run(Race(surface, [lane], shape={"a": a, "b": b}, **others)).theta[0] - (a, b)


def path(slug, shift, noise):
    """Return theta (T+1, 2) as seen from the shifted origin."""
    declared = RULES[slug].hyperparameters
    without: dict[str, Any] = {"weight_decay": 0.0} if "weight_decay" in declared else {}
    return raced(shift, Lane(slug, **without), steps=12, noise=noise, seed=4)


@pytest.mark.parametrize("shift", SHIFTS, ids=str)
@pytest.mark.parametrize("noise", [0.0, 0.1], ids=["calm", "noisy"])
@pytest.mark.parametrize("slug", RULES)
def test_a_shift_of_the_plane_shifts_the_path(slug, noise, shift):
    expected = path(slug, (0.0, 0.0), noise)
    assert np.ptp(expected, axis=0).min() > 1e-3
    np.testing.assert_allclose(path(slug, shift, noise), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("slug", [s for s in RULES if "weight_decay" in RULES[s].hyperparameters])
def test_weight_decay_pulls_towards_the_origin(slug):
    lane = Lane(slug, weight_decay=0.5)
    here, there = (raced(shift, lane, steps=25) for shift in [(0.0, 0.0), SHIFTS[0]])
    assert np.abs(here - there).max() > 0.01
