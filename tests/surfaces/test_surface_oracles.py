"""Values and gradients equal independent formulas, differentiated with 50 digits."""

import jax
import mpmath
import numpy as np
import pytest
from mpmath import mpf, pi

from surfaces import SURFACES


def _rotated(x, y, degrees):
    turned = mpmath.mpc(x, y) * mpmath.expj(-pi * degrees / 180)
    return turned.real, turned.imag


def _ravine(x, y, condition, rotation):
    u, v = _rotated(x, y, rotation)
    return u * u / 2 + condition * v * v / 2


def _plateau(x, y, slope, width):
    r = mpmath.hypot(x, y)
    rim = (r - width) ** 2 if r > width else mpf(0)
    return 1 - mpmath.exp(-2 * r * r) + rim + slope * (mpmath.sqrt(1 + r * r) - 1)


def _beale(x, y):
    targets = (mpf(3) / 2, mpf(9) / 4, mpf(21) / 8)
    return sum((c - x * (1 - y**i)) ** 2 for i, c in enumerate(targets, start=1))


def _goldstein_price(x, y):
    a = 1 + (x + y + 1) ** 2 * (3 * (x + y) ** 2 - 14 * (x + y) + 19)
    t = 2 * x - 3 * y
    return a * (30 + t**2 * (3 * t**2 - 16 * t + 18))


def _styblinski_tang(*point):
    return sum(t * (t * (t * t - 16) + 5) for t in point) / 2


def _rastrigin(*point, amplitude):
    return sum(t**2 + 2 * amplitude * mpmath.sin(pi * t) ** 2 for t in point)


def _ackley(*point):
    square, wave = (mpmath.fsum(map(g, point)) / 2 for g in (lambda t: t * t, _wave))
    return 20 - 20 * mpmath.exp(-mpmath.sqrt(square) / 5) + mpmath.e - mpmath.exp(wave)


def _wave(t):
    return mpmath.cos(2 * pi * t)


def _griewank(x, y):
    return (x**2 + y**2) / 4000 - mpmath.cos(x) * mpmath.cos(y / mpmath.sqrt(2)) + 1


def _levy_13(x, y):
    across = 1 + (1 - mpmath.cos(6 * pi * y)) / 2
    along = 1 + (1 - mpmath.cos(4 * pi * y)) / 2
    return (1 - mpmath.cos(6 * pi * x)) / 2 + (x - 1) ** 2 * across + (y - 1) ** 2 * along


def _easom(x, y):
    hole = mpmath.exp(-((x - pi) ** 2 + (y - pi) ** 2))
    return -mpmath.cos(x) * mpmath.cos(y) * hole


def _branin(x, y):
    b, c, t = mpf(51) / 40 / pi**2, 5 / pi, 1 / (8 * pi)
    return (y - b * x**2 + c * x - 6) ** 2 + 10 * (1 - t) * mpmath.cos(x) + 10


def _drop_wave(x, y):
    square = x * x + y * y
    return -2 * (1 + mpmath.cos(12 * mpmath.sqrt(square))) / (square + 4)


def _bohachevsky(x, y):
    waves = 3 * mpmath.cos(3 * pi * x) + 4 * mpmath.cos(4 * pi * y)
    return x**2 + 2 * y**2 + (7 - waves) / 10


def _mccormick(x, y):
    return mpmath.sin(x + y) + (x - y) ** 2 - mpf(3) / 2 * x + mpf(5) / 2 * y + 1


ORACLES = {
    "rosenbrock": lambda x, y, b: b * (y - x * x) ** 2 + (x - 1) ** 2,
    "beale": _beale,
    "ravine": _ravine,
    "goldstein_price": _goldstein_price,
    "dixon_price": lambda x, y: (x - 1) ** 2 + 2 * (2 * y * y - x) ** 2,
    "saddle": lambda x, y, curvature: x * x - curvature * y * y,
    "monkey_saddle": lambda x, y: (mpmath.mpc(x, y) ** 3).real,
    "plateau": _plateau,
    "easom": _easom,
    "booth": lambda x, y: 5 * x * x + 8 * x * y + 5 * y * y - 34 * x - 38 * y + 74,
    "matyas": lambda x, y: (13 * (x * x + y * y) - 24 * x * y) / 50,
    "double_well": lambda x, y, barrier: barrier * (x - 1) ** 2 * (x + 1) ** 2 + y * y,
    "himmelblau": lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
    "three_hump_camel": lambda x, y: 2 * x**2 - mpf(21) / 20 * x**4 + x**6 / 6 + x * y + y**2,
    "six_hump_camel": lambda x, y: (
        4 * x**2 - mpf(21) / 10 * x**4 + x**6 / 3 + x * y - 4 * y**2 + 4 * y**4
    ),
    "mccormick": _mccormick,
    "branin": _branin,
    "styblinski_tang": _styblinski_tang,
    "rastrigin": _rastrigin,
    "ackley": _ackley,
    "griewank": _griewank,
    "levy_13": _levy_13,
    "drop_wave": _drop_wave,
    "bohachevsky": _bohachevsky,
}


def _shape_at(parameter, share):
    if parameter.log:
        return float(parameter.low * (parameter.high / parameter.low) ** share)
    return float(parameter.low + (parameter.high - parameter.low) * share)


def test_every_surface_has_an_oracle():
    assert set(ORACLES) == set(SURFACES)


@pytest.mark.parametrize("default_shape", [True, False], ids=["default", "random"])
@pytest.mark.parametrize("slug", ORACLES)
def test_value_and_gradient_equal_the_oracle(slug, default_shape):
    surface, oracle = SURFACES[slug], ORACLES[slug]
    derivative = jax.jit(jax.value_and_grad(surface.f, (0, 1)))
    random = np.random.default_rng(1)
    with mpmath.workdps(50):
        for _ in range(12):
            point = float(random.uniform(*surface.x)), float(random.uniform(*surface.y))
            shape = (
                surface.values()
                if default_shape
                else {name: _shape_at(p, random.random()) for name, p in surface.parameters.items()}
            )
            exact = {name: mpf(number) for name, number in shape.items()}

            def reference(x, y, exact=exact):
                return oracle(x, y, **exact)

            value, gradient = derivative(*point, **shape)
            true_value = float(reference(*map(mpf, point)))
            true_gradient = [
                float(mpmath.diff(reference, point, order)) for order in ((1, 0), (0, 1))
            ]
            assert abs(value - true_value) <= 1e-10 * abs(true_value)
            error = np.linalg.norm(np.subtract(gradient, true_gradient))
            assert error <= 1e-10 * np.linalg.norm(true_gradient)


@pytest.mark.parametrize("slug", ORACLES)
def test_the_claimed_minimum_is_the_oracle_there(slug):
    surface = SURFACES[slug]
    with mpmath.workdps(50):
        shape = {name: mpf(number) for name, number in surface.values().items()}
        for point in surface.minima:
            there = ORACLES[slug](*map(mpf, point), **shape)
            assert abs(there - surface.minimum) <= 1e-14 * max(1, abs(there))
