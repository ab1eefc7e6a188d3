"""What is printed computes what JAX computes: NaN, infinities, -0 and all."""

# All are functions of x and y, whichever they use.
# ruff: noqa: ARG005

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jax import lax

from optviz.kernels.function import Function
from optviz.kernels.javascript import helpers
from optviz.notation import CannotPrint
from tests.optviz.kernels.conftest import node

EVALUATE = Path(__file__).with_name("evaluate.mjs")
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 3.0, 2.5, -7.25, 1e-9, -1e150, 1e150]
SPECIAL += [math.inf, -math.inf, math.nan, math.pi, 710.0, -745.0]
Numbers = Callable[..., Any]

# Exact to the last bit, whoever computes them.
EXACT: dict[str, Numbers] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "rem": lax.rem,
    "neg": lambda x, y: -x,
    "abs": lambda x, y: abs(x),
    "sign": lambda x, y: jnp.sign(x),
    "floor": lambda x, y: jnp.floor(x),
    "ceil": lambda x, y: jnp.ceil(x),
    "sqrt": lambda x, y: jnp.sqrt(x),
    "square": lambda x, y: jnp.square(x),
    "max": jnp.maximum,
    "min": jnp.minimum,
    "clip": lambda x, y: lax.clamp(-1.0, x, 2.0),
    "cube": lambda x, y: x**3,
    "fifth": lambda x, y: x**5,
    "inverse": lambda x, y: x**-2,
    "less": lambda x, y: jnp.where(x < y, x, y),
    "at most": lambda x, y: jnp.where(x <= y, 1.0, x),
    "greater": lambda x, y: jnp.where(x > y, y, 2.0),
    "at least": lambda x, y: jnp.where(x >= y, x, 0.0),
    "equal": lambda x, y: jnp.where(x == y, 1.0, y),
    "other": lambda x, y: jnp.where(x != y, 1.0, y),
    "finite": lambda x, y: jnp.where(jnp.isfinite(x) & ~jnp.isnan(y), x, y),
    "either": lambda x, y: jnp.where((x > 0) | (y > 0), x, y),
    "counted": lambda x, y: (x > 0).astype(float) + (y > 0),
    "truth": lambda x, y: jnp.where(x.astype(bool), x, y),
    "whole": lambda x, y: jnp.where(abs(x) < 1e6, x, 0).astype(int) + 1.0,
    "largest": lambda x, y: jnp.stack([x, y, 0.5 * x]).max() - jnp.stack([x, y]).min(),
    "all": lambda x, y: jnp.where((jnp.stack([x, y]) > 0).all(), x, y),
    "any": lambda x, y: jnp.where((jnp.stack([x, y]) > 0).any(), x, y),
    "gradient": jax.grad(lambda x, y: x * x * y + jnp.maximum(x, 2 * y)),
    "turned": lambda x, y: jnp.concatenate([jnp.flip(jnp.stack([x, y])), jnp.ones(1)])[0],
    "branch": lambda x, y: lax.cond(x > y, lambda: x * 2, lambda: y + 1),
    "loop": lambda x, y: lax.while_loop(
        lambda c: (c[0] < 20.0) & (c[1] < 9), lambda c: (c[0] * 2 + y, c[1] + 1), (abs(x), 0)
    )[0],
    "loops": lambda x, y: lax.fori_loop(
        0, 3, lambda k, a: a + lax.fori_loop(0, 2, lambda j, b: b * 0.5 + k + y, a), x
    ),
}
# To the last few digits, and exact where there is nothing to round.
NEAR: dict[str, Numbers] = {
    "pow": lambda x, y: x**y,
    "atan2": jnp.arctan2,
    "logistic": lambda x, y: jax.nn.sigmoid(x),
    "rsqrt": lambda x, y: lax.rsqrt(x),
    "sum": lambda x, y: jnp.stack([x, y, x]).sum() + jnp.array([x, y]) @ jnp.array([y, x]),
    "matrix": lambda x, y: (jnp.array([[x, y], [y, 1.0]]).T @ jnp.array([[1.0, x], [y, 2.0]]))[
        0, 1
    ],
    **{
        name: lambda x, y, of=getattr(jnp, name): of(x)
        for name in (
            *("exp", "expm1", "log", "log1p", "cbrt", "sin", "cos", "tan", "arcsin", "arccos"),
            *("arctan", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh"),
        )
    },
}


def printed(functions: dict[str, Numbers], points: np.ndarray) -> dict[str, np.ndarray]:
    """Return what the JavaScript of some functions is at points (N, 2), each (N,)."""
    bodies, used = {}, set()
    for name, function in functions.items():
        lines, operations = Function.of(function, ["x", "y"]).written()
        bodies[name] = "\n".join(lines)
        used |= operations
    said = {"helpers": "\n".join(helpers(used)), "bodies": bodies}
    came = node(
        EVALUATE,
        said | {"points": [[number.tobytes().hex() for number in point] for point in points]},
    )
    return {
        name: np.frombuffer(bytes.fromhex("".join(values)), float) for name, values in came.items()
    }


def computed(function: Numbers, points: np.ndarray) -> np.ndarray:
    """Return what JAX makes of it, one operation after the other: together they might be fused."""
    with jax.enable_x64(True), jax.disable_jit():
        return np.asarray(jax.vmap(function)(*jnp.array(points).T), float)


PAIRS = np.array([(x, y) for x in SPECIAL for y in SPECIAL])


@pytest.fixture(scope="module")
def values():
    return printed(EXACT | NEAR, PAIRS)


def same(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Say where numbers are the same, not-a-number too, to the sign of a zero."""
    signs = np.signbit(ours) == np.signbit(theirs)
    return (np.isnan(ours) & np.isnan(theirs)) | ((ours == theirs) & signs)


def differing(ours: np.ndarray, theirs: np.ndarray) -> list[Any]:
    """Return the points at which numbers are not the same."""
    other = ~same(ours, theirs)
    return [*zip(PAIRS[other].tolist(), ours[other], theirs[other], strict=True)]


@pytest.mark.parametrize("name", EXACT)
def test_what_is_exact_is_the_same_to_the_bit(name, values):
    assert differing(values[name], computed(EXACT[name], PAIRS)) == []


@pytest.mark.parametrize("name", NEAR)
def test_what_is_rounded_is_as_near_as_rounding(name, values):
    ours, theirs = values[name], computed(NEAR[name], PAIRS)
    # The argument of a sine of 1e150 is known to no digit, in either.
    sure = (abs(PAIRS) < 1e9).all(axis=1) | ~np.isin(name, ["sin", "cos", "tan"])
    with np.errstate(invalid="ignore"):
        close = abs(ours - theirs) <= 1e-13 * np.maximum(abs(theirs), 1e-290)
    assert (close | same(ours, theirs) | ~sure).all()


# Trees of what is exact, so that all of it is.
LEAVES = st.sampled_from(["x", "y", *SPECIAL[:9]])
UNARY = ("neg", "abs", "sign", "floor", "ceil", "sqrt", "square", "cube", "inverse")
BINARY = ("add", "sub", "mul", "div", "max", "min", "less", "at most", "equal", "finite", "either")
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(UNARY), inner, st.just("x")),
        st.tuples(st.sampled_from(BINARY), inner, inner),
    ),
    max_leaves=12,
)


def meaning(tree: Any) -> Numbers:
    """Return the function of x and y that a tree stands for."""
    if tree in ("x", "y"):
        return lambda x, y: x if tree == "x" else y
    if isinstance(tree, float):
        return lambda x, y: jnp.full_like(x, tree)
    name, *branches = tree
    one, other = map(meaning, branches)
    return lambda x, y: EXACT[name](one(x, y), other(x, y))


def elementwise(function: Numbers, points: np.ndarray) -> np.ndarray:
    """Return what JAX makes of it, as `computed`; a constant has a place for every point.

    By one that has not XLA divides as if by its inverse, which is not the same to the bit.
    """
    with jax.enable_x64(True), jax.disable_jit():
        return np.asarray(function(*jnp.array(points).T), float)


@settings(max_examples=40, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=8))
@example([("div", "x", 3.0)])
@example([("sign", -0.0, "x"), ("max", -0.0, 0.0), ("min", 0.0, -0.0)])
def test_any_expression_is_the_same_to_the_bit(trees):
    functions = {str(index): meaning(tree) for index, tree in enumerate(trees)}
    ours = printed(functions, PAIRS)
    for name, function in functions.items():
        assert differing(ours[name], elementwise(function, PAIRS)) == [], trees[int(name)]


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (lambda x, y: jnp.sort(jnp.stack([x, y]))[0], "sort"),
        (lambda x, y: x.astype(jnp.float32), "float32"),
        (lambda x, y: jnp.floor(x).astype(int) // 2 * 1.0, "div of whole numbers"),
        (lambda x, y: x.astype(complex).real, "complex"),
    ],
)
def test_what_no_kernel_can_do_is_said(function, word):
    with pytest.raises(CannotPrint, match=f"A kernel cannot compute .*{word}"):
        Function.of(function, ["x", "y"])
