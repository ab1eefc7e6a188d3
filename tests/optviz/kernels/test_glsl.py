"""GLSL has every operation that a kernel may have, and types where JavaScript has none."""

from __future__ import annotations

import math
import re

import jax.numpy as jnp
import pytest
from jax import lax

from optviz.kernels.function import Function
from optviz.kernels.glsl import GLSL, helpers, kind
from optviz.kernels.scalars import OPERATIONS


def test_it_has_every_operation_and_no_other():
    assert {*GLSL.operations} == {*OPERATIONS}


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_glsl_leaves_open_is_brought_along(name):
    """A name with an underscore is ours: it is there, with what it calls itself."""
    text = "\n".join(helpers([name]))
    called = re.findall(r"\b(\w+_)\(", GLSL.operations[name] + text)
    assert all(re.search(rf"^\w+ {one}\(", text, re.M) for one in called)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (2.0, "2.0"),
        (-0.5, "(-0.5)"),
        (-0.0, "(-0.0)"),
        (1e-16, "1e-16"),
        # What float32 does not hold is what it would round to.
        (1e-300, "0.0"),
        (-1e300, "uintBitsToFloat(0xff800000u)"),
        (math.inf, "uintBitsToFloat(0x7f800000u)"),
        (math.nan, "uintBitsToFloat(0x7fc00000u)"),
    ],
)
def test_constants_are_those_of_float32(value, text):
    assert GLSL.constant(value) == text


def test_numbers_and_truth_values_are_declared_as_such_in_loops_too():
    def of(x, y):
        going, far = lax.while_loop(lambda c: c[0], lambda c: (c[1] < y, c[1] + x), (x > 0, x))
        near = jnp.where(going, far < y, far > x)
        return jnp.where(near, far, far + jnp.where(near, x, y))

    function = Function.of(of, ["x", "y"])
    lines, _ = function.written(GLSL)
    declared = [line.strip().split(" ")[0] for line in lines if re.search(r"\w+ v\d+ =", line)]
    assert {*declared} == {"float", "bool"}
    assert [kind(one) for one in function.outputs] == ["float"]
    assert "for (;;) {" in lines
