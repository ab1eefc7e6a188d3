"""Every schedule equals its formula in the lectures, written out again for one step at a time."""

from __future__ import annotations

import itertools
import math
import sys

import numpy as np
import optax
import pytest

from optviz import RaceError, Schedule
from optviz.query import pairs
from optviz.race import read
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
    return 1.0 if k < hold else math.exp(-decay * (k - hold + 1))


def cyclical(k, _T, low, half):
    """Smith's triangles: up for `half` steps from the low rate to the high one, and down again."""
    cycle = math.floor(1 + k / (2 * half))
    return low + (1 - low) * max(0, 1 - abs(k / half - 2 * cycle + 1))


def range_test(k, T, low, high):
    return math.exp(math.log(low) + (math.log(high) - math.log(low)) * k / max(T - 1, 1))


def cosine(k, T, end):
    return end + (1 - end) * (1 + math.cos(math.pi * k / max(T - 1, 1))) / 2


def warmup(k, _T, rise):
    return (k + 1) / rise if k + 1 < rise else 1.0


def one_cycle(k, T, rise, start, end):
    last = max(T - 1, 1)
    top = rise * last
    if k < top:
        return 1 + (start - 1) * (1 + math.cos(math.pi * k / top)) / 2
    return end + (1 - end) * (1 + math.cos(math.pi * (k - top) / (last - top))) / 2


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


def bounds(declared):
    """Return the ends of the slider and of all that is allowed."""
    largest = sys.float_info.max
    return {
        declared.low,
        declared.high,
        max(declared.least, -largest),
        min(declared.most, largest),
    }


@pytest.mark.parametrize("steps", [1, 2, 3, 50, 2001])
def test_multipliers_are_finite_wherever_a_setting_may_be(schedule, steps):
    ranges = map(bounds, schedule.hyperparameters.values())
    for values in itertools.product(*ranges):
        settings = dict(zip(schedule.hyperparameters, values, strict=True))
        allowed = Schedule(schedule.slug, **settings).values
        multipliers = schedule.multipliers(steps, **allowed)
        assert np.isfinite(multipliers).all(), settings
        assert (multipliers >= 0).all(), settings


# Each was a division by zero, or gave NaN or infinity.
BEYOND = {
    "range_test,low:0": "Range test, low: 0 is not within 1e-30 to 1e+30.",
    "range_test,high:-1": "Range test, high: -1 is not within 1e-30 to 1e+30.",
    "linear,tau:0": "Linear, tau: 0 is not 1 or more.",
    "linear,end:-1": "Linear, end: -1 is not 0 or more.",
    "cyclical,half:0": "Cyclical, half: 0 is not 1 or more.",
    "step_drop,every:0": "Step drop, every: 0 is not 1 or more.",
    "step_drop,drop:-1": "Step drop, drop: -1 is not within 0 to 1.",
    "step_drop,drop:2": "Step drop, drop: 2 is not within 0 to 1.",
    "inverse_time,decay:-1": "Inverse time, decay: -1 is not 0 or more.",
    "hold_exponential,decay:-1": "Hold, then exponential, decay: -1 is not 0 or more.",
    "warmup,rise:0": "Warm-up, rise: 0 is not 1 or more.",
    "one_cycle,rise:0": "One-cycle, rise: 0 is not within 0.01 to 0.99.",
    "one_cycle,rise:1": "One-cycle, rise: 1 is not within 0.01 to 0.99.",
    "cosine,end:2": "Cosine, end: 2 is not within 0 to 1.",
}


@pytest.mark.parametrize("link", BEYOND)
def test_a_setting_without_a_meaning_is_refused_in_a_sentence(link):
    slug, setting = link.split(",")
    name, value = setting.split(":")
    with pytest.raises(RaceError) as refusal:
        Schedule(slug, **{name: value})
    assert refusal.value.problems == (BEYOND[link],)
    race, problems = read(pairs(f"schedule={link}"))
    assert problems == [BEYOND[link]]
    assert race.schedule == Schedule(slug)


# What the schedules say of themselves: the first and the last of T > 1 multipliers.
ENDS = {
    "constant": lambda _: (1, 1),
    "linear": lambda T, end, tau: (1, end if tau < T else 1 - (1 - end) * (T - 1) / tau),
    "inverse_time": lambda T, decay: (1, 1 / (1 + decay * (T - 1))),
    "step_drop": lambda T, drop, every: (drop if every == 1 else 1, drop ** (T // every)),
    "hold_exponential": lambda T, hold, decay: (1, math.exp(-decay * max(T - hold, 0))),
    "cyclical": lambda T, low, half: (low, cyclical(T - 1, T, low, half)),
    "range_test": lambda _, low, high: (low, high),
    "cosine": lambda _, end: (1, end),
    "warmup": lambda T, rise: (1 / rise, min(T / rise, 1)),
    "one_cycle": lambda _, rise, start, end: (start, end),  # noqa: ARG005
}


@pytest.mark.parametrize("steps", [1, 2, 11, 300, 500])
@pytest.mark.parametrize("other", [False, True], ids=["defaults", "other values"])
def test_a_schedule_begins_and_ends_where_it_says(schedule, steps, other):
    values = {name: h.default for name, h in schedule.hyperparameters.items()}
    values |= OTHER_VALUES.get(schedule.slug, {}) if other else {}
    multipliers = schedule.multipliers(steps, **values)
    first, last = ENDS[schedule.slug](steps, **values)
    np.testing.assert_allclose(multipliers[0], first, rtol=1e-12)
    if steps > 1:
        np.testing.assert_allclose(multipliers[-1], last, rtol=1e-12, atol=1e-15)


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
    expected = [np.asarray(optimum(k)) for k in range(81)]
    np.testing.assert_allclose(
        SCHEDULES["cosine"].multipliers(81, end=end), expected, rtol=1e-5, atol=1e-6
    )


def test_one_cycle_equals_optax():
    """Optax gives the cycle by the highest rate, and by divisors of it for both ends."""
    cycle = optax.cosine_onecycle_schedule(100, 1.0, 0.3, div_factor=25, final_div_factor=1e3)
    expected = [np.asarray(cycle(k)) for k in range(101)]
    ours = SCHEDULES["one_cycle"].multipliers(101, rise=0.3, start=1 / 25, end=1 / 25e3)
    np.testing.assert_allclose(ours, expected, rtol=1e-5, atol=1e-6)


def test_the_lectures_numbers():
    """CSPB 3202: the rate halves every 10 epochs; it is held for 10, then falls by exp(-0.1)."""
    drop = SCHEDULES["step_drop"].multipliers(30, drop=0.5, every=10)
    assert drop[[0, 8, 9, 18, 19]].tolist() == [1, 1, 0.5, 0.5, 0.25]
    hold = SCHEDULES["hold_exponential"].multipliers(30, hold=10, decay=0.1)
    assert (hold[:10] == 1).all()
    np.testing.assert_allclose(hold[10:] / hold[9:-1], math.exp(-0.1), rtol=1e-12)


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
