"""The lines of stability on a map: where theory knows them, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from optviz import Change, Lane, Race
from optviz.maps.stability import stable_rates

ALPHAS = np.linspace(0, 0.9, 7)


@pytest.mark.parametrize("condition", [4.0, 250.0])
def test_momentums_triangle_on_the_ravine(condition):
    race = Race("ravine", [Lane("momentum")], shape={"condition": condition, "rotation": 17.0})
    rates = stable_rates(race, 0, "alpha", ALPHAS)
    assert rates is not None
    np.testing.assert_allclose(rates, 2 * (1 + ALPHAS) / condition, rtol=1e-12)


def test_another_axis_leaves_the_limit_the_same_everywhere():
    rates = stable_rates(Race("ravine", [Lane("sgd")]), 0, "x", ALPHAS)
    assert rates is not None
    np.testing.assert_allclose(rates, np.full(7, 2 / 25), rtol=1e-12)


@pytest.mark.parametrize(
    "race",
    [
        Race("rosenbrock", ["momentum"]),
        Race("saddle", ["momentum"]),
        Race("ravine", ["adam"]),
        Race("ravine", ["momentum"], schedule="cosine"),
        Race("ravine", ["momentum"], changes=[Change(10, 0, lr=0.1)]),
    ],
    ids=["no quadratic", "bends downwards", "no theory", "scheduled", "changed"],
)
def test_where_theory_knows_nothing_no_line_is_drawn(race):
    assert stable_rates(race, 0, "alpha", ALPHAS) is None
