"""Every schedule equals its formula in the lectures, written out again for one step at a time."""

from __future__ import annotations

import math

import numpy as np
import optax
import pytest

from optviz.schedules import SCHEDULES


def constant(_k, _T):
    return 1.0


def linear(k, _T, end, tau):
    if k >= tau:
        return end
    a = k / tau
    return (1 - a) * 1.0 + a * end


def inverse_time(k, _T, decay):
    return 1 / (1 + decay * k)


def step_drop(k, _T, drop, every):
    return drop ** ((1 + k) // every)


def hold_exponential(k, _T, hold, decay):
    return 1.0 if k < hold else math.exp(decay * (hold - k))


def cyclical(k, _T, low, half):
    """Smith's triangles: up for `half` steps from the low rate to the high one, and down again."""
    cycle = math.floor(1 + k / (2 * half))
    return low + (1 - low) * max(0, 1 - abs(k / half - 2 * cycle + 1))


def range_test(k, T, low, high):
    return math.exp(math.log(low) + (math.log(high) - math.log(low)) * k / max(T - 1, 1))


def cosine(k, T, end):
    return end + (1 - end) * (1 + math.cos(math.pi * k / T)) / 2


def warmup(k, _T, rise):
    return (k + 1) / rise if k + 1 < rise else 1.0


def one_cycle(k, T, rise, start, end):
    top = rise * T
    if k < top:
        return 1 + (start - 1) * (1 + math.cos(math.pi * k / top)) / 2
    return end + (1 - end) * (1 + math.cos(math.pi * (k - top) / (T - top))) / 2


ORACLES = [
    constant,
    linear,
    inverse_time,
    step_drop,
    hold_exponential,
    cyclical,
    range_test,
    cosine,
    warmup,
    one_cycle,
]
OTHER_VALUES = {
    "linear": {"end": 0.2, "tau": 17},
    "inverse_time": {"decay": 0.3},
    "step_drop": {"drop": 0.7, "every": 9},
    "hold_exponential": {"hold": 10, "decay": 0.1},
    "cyclical": {"low": 0.25, "half": 7},
    "range_test": {"low": 1e-3, "high": 50.0},
    "cosine": {"end": 0.1},
    "warmup": {"rise": 11},
    "one_cycle": {"rise": 0.4, "start": 0.1, "end": 0.02},
}


@pytest.fixture(params=SCHEDULES)
def schedule(request):
    return SCHEDULES[request.param]


def test_the_whole_catalogue_has_an_oracle():
    assert [oracle.__name__ for oracle in ORACLES] == [*SCHEDULES]


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda oracle: oracle.__name__)
@pytest.mark.parametrize("steps", [1, 2, 60, 500])
@pytest.mark.parametrize("other", [False, True], ids=["defaults", "other values"])
def test_schedule_equals_its_formula(oracle, steps, other):
    schedule = SCHEDULES[oracle.__name__]
    values = {name: h.default for name, h in schedule.hyperparameters.items()}
    values |= OTHER_VALUES.get(oracle.__name__, {}) if other else {}
    expected = [oracle(k, steps, **values) for k in range(steps)]
    np.testing.assert_allclose(schedule.multipliers(steps, **values), expected, rtol=1e-12)


@pytest.mark.parametrize("steps", [1, 2, 3, 10, 1000])
def test_multipliers_are_finite_and_never_negative(schedule, steps):
    multipliers = schedule.multipliers(steps)
    assert multipliers.shape == (steps,)
    assert multipliers.dtype == np.float64
    assert np.isfinite(multipliers).all()
    assert (multipliers >= 0).all()


def test_multipliers_are_finite_at_both_ends_of_every_slider(schedule):
    for name, declared in schedule.hyperparameters.items():
        for value in (declared.low, declared.high):
            for steps in (1, 2, 50):
                multipliers = schedule.multipliers(steps, **{name: value})
                assert np.isfinite(multipliers).all(), (name, value, steps)


def test_every_value_of_a_schedule_matters(schedule):
    before = schedule.multipliers(400)
    for name, declared in schedule.hyperparameters.items():
        value = (declared.default + (declared.low if declared.default else declared.high)) / 2
        assert (schedule.multipliers(400, **{name: value}) != before).any(), name


def test_no_schedule_but_constant_is_constant(schedule):
    moves = np.ptp(schedule.multipliers(400)) > 0
    assert moves == (schedule.slug != "constant")


@pytest.mark.parametrize("end", [0.0, 0.1, 1.0])
def test_cosine_equals_optax(end):
    optimum = optax.cosine_decay_schedule(1.0, decay_steps=80, alpha=end)
    expected = [np.asarray(optimum(k)) for k in range(80)]
    np.testing.assert_allclose(
        SCHEDULES["cosine"].multipliers(80, end=end), expected, rtol=1e-5, atol=1e-6
    )


def test_one_cycle_equals_optax():
    """Optax gives the cycle by the highest rate, and by divisors of it for both ends."""
    cycle = optax.cosine_onecycle_schedule(100, 1.0, 0.3, div_factor=25, final_div_factor=1e3)
    expected = [np.asarray(cycle(k)) for k in range(100)]
    ours = SCHEDULES["one_cycle"].multipliers(100, rise=0.3, start=1 / 25, end=1 / 25e3)
    np.testing.assert_allclose(ours, expected, rtol=1e-5, atol=1e-6)


def test_the_lectures_numbers():
    """CSPB 3202: the rate halves every 10 epochs; it is held for 10, then falls by exp(-0.1)."""
    drop = SCHEDULES["step_drop"].multipliers(30, drop=0.5, every=10)
    assert drop[[0, 8, 9, 18, 19]].tolist() == [1, 1, 0.5, 0.5, 0.25]
    hold = SCHEDULES["hold_exponential"].multipliers(30, hold=10, decay=0.1)
    assert (hold[:11] == 1).all()
    np.testing.assert_allclose(hold[11:] / hold[10:-1], math.exp(-0.1), rtol=1e-12)


def test_linear_stays_at_its_end():
    multipliers = SCHEDULES["linear"].multipliers(60, end=0.25, tau=20)
    assert multipliers[0] == 1
    assert (multipliers[20:] == 0.25).all()


def test_cyclical_touches_both_rates():
    multipliers = SCHEDULES["cyclical"].multipliers(200, low=0.1, half=50)
    np.testing.assert_allclose(multipliers[[0, 50, 100, 150]], [0.1, 1, 0.1, 1], rtol=1e-12)


def test_range_test_grows_by_one_factor_from_the_low_to_the_high_rate():
    multipliers = SCHEDULES["range_test"].multipliers(50, low=1e-3, high=10.0)
    np.testing.assert_allclose(multipliers[[0, -1]], [1e-3, 10.0], rtol=1e-12)
    ratios = multipliers[1:] / multipliers[:-1]
    np.testing.assert_allclose(ratios, ratios[0], rtol=1e-12)
