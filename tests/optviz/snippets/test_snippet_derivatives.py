"""The derivatives that a program of NumPy has are those of the formula, to rounding."""

from __future__ import annotations

import ast
import contextlib
import io

import numpy as np
import pytest

from optviz import SURFACES, Race
from optviz.snippets.derivative import derived, written

STEP = 1e-30


def functions(slug):
    """Return the names of a program that needs the Hessian."""
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(Race(slug, ["newton"], steps=1).to_code("numpy"), names)
    return names


def along(f, x, y):
    """Return the derivatives of f by x and by y, exact: f is followed an imaginary way."""
    return np.array([np.imag(f(x + 1j * STEP, y)), np.imag(f(x, y + 1j * STEP))]) / STEP


@pytest.mark.parametrize("slug", SURFACES)
def test_gradient_and_hessian_are_exact(slug):
    names, surface = functions(slug), SURFACES[slug]
    rng = np.random.default_rng(0)
    for _ in range(5):
        x, y = (np.complex128(rng.uniform(*side)) for side in (surface.x, surface.y))
        gradient = names["gradient"](x, y)
        hessian = names["hessian"](x, y)
        np.testing.assert_allclose(gradient, along(names["surface"], x, y), rtol=1e-9, atol=1e-12)
        expected = along(names["gradient"], x, y).T
        np.testing.assert_allclose(hessian, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("slug", ["ackley", "drop_wave", "plateau"])
def test_at_the_tip_of_a_cone_the_gradient_is_that_of_optviz(slug):
    gradient = functions(slug)["gradient"](np.float64(0.0), np.float64(0.0))
    np.testing.assert_array_equal(gradient, 0.0)


@pytest.mark.parametrize(
    ("formula", "slope"),
    [
        ("3 * x**2", "6 * x"),
        ("0.3 * cos(3 * x)", "-0.9 * sin(3 * x)"),
        ("x * y - x", "y - 1"),
        ("sqrt(x)", "1 / (2 * sqrt(x))"),
        ("x / (x + 1)", "1 / (x + 1) - x / (x + 1) ** 2"),
        ("exp(-x)", "-exp(-x)"),
    ],
)
def test_a_derivative_reads_as_it_is_written_by_hand(formula, slope):
    made = derived([("f", ast.parse(formula, mode="eval").body)])
    (value,) = [value for name, value in made.statements if name == "f_x"]
    assert written(value) == slope


def test_a_function_without_a_known_derivative_is_refused():
    with pytest.raises(NotImplementedError, match=r"tanh\(x\)"):
        derived([("f", ast.parse("tanh(x)", mode="eval").body)])
