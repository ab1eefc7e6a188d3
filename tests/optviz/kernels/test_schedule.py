"""A schedule's kernel is its formula."""

from __future__ import annotations

import numpy as np
import pytest

from optviz import SCHEDULES, Lane, Race, Schedule
from optviz.kernels import formula, schedule_kernel
from optviz.kernels.scalars import Scalars
from optviz.notation import CannotPrint


@pytest.mark.parametrize("steps", [1, 2, 700])
@pytest.mark.parametrize("slug", SCHEDULES)
def test_it_is_the_formula_at_any_of_its_settings(slug, steps, in_browser):
    hyperparameters = SCHEDULES[slug].hyperparameters
    settings = [
        {},
        {name: one.low for name, one in hyperparameters.items()},
        {name: one.high for name, one in hyperparameters.items()},
    ]
    races = [
        Race("beale", [Lane("sgd", lr=0.0)], steps=steps, schedule=Schedule(slug, **values))
        for values in settings
    ]
    for race, seen in zip(races, in_browser(races), strict=True):
        expected = SCHEDULES[slug].multipliers(steps, **race.schedule.values)
        np.testing.assert_allclose(seen["schedule"], expected, rtol=1e-6, atol=1e-300)


def test_what_no_kernel_can_do_is_said():
    scalars = Scalars()
    k = scalars.input("k")
    for wrong in (np.sinc, lambda k: np.heaviside(k, 1), np.add.reduce):
        with pytest.raises(CannotPrint, match="A kernel cannot compute"):
            formula.follow(scalars, wrong, k)


def test_one_that_is_a_number_is_printed():
    assert "made[k] = 1;" in schedule_kernel("constant")
