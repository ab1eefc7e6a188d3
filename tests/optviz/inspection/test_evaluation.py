"""Expressions are computed as Python computes them, and nothing else is."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from optviz.inspection.evaluation import Evaluation

A, B, M = np.array([3.0, -2.0]), np.array([0.5, 4.0]), np.array([[1.0, 2.0], [3.0, 4.0]])
NAMES = {"a": A, "b": B, "M": M, "k": 3, "np": np}
EXPRESSIONS = [
    "a + b - 2 * a / b",
    "-a ** 2 % b // 1",
    "+M @ a",
    "M.T @ b",
    "np.where(a > 0, a, b)",
    "np.sum(a, axis=0) * np.pi",
    "abs(a) >= b",
    "(a < b) & (a <= 2) | ~(b == 4)",
    "k != 3",
]


def evaluate(text):
    return Evaluation(NAMES, {}).visit(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_is_what_python_makes_of_it(text):
    np.testing.assert_array_equal(evaluate(text), eval(text, dict(NAMES)))


@pytest.mark.parametrize(
    "text", ["[1, 2]", "lambda: 0", "a if k else b", "a[0]", "f'{a}'", "(k := 2)"]
)
def test_what_is_no_part_of_an_equation_is_refused(text):
    with pytest.raises(TypeError, match="no part of an equation"):
        evaluate(text)


def test_a_name_that_is_not_there_is_named():
    with pytest.raises(NameError, match="the step names zeta"):
        evaluate("zeta + 1")
