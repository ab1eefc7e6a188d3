"""Scalar expressions: each made once, folded where that changes no bit of the result."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# What an operation is on float64 and on truth values. A kernel may have no other, but for calls of
# its own functions, of which nothing is known beforehand.
OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "rem": np.fmod,
    "neg": np.negative,
    "pow": np.power,
    "max": np.maximum,
    "min": np.minimum,
    "atan2": np.arctan2,
    "abs": np.abs,
    "sign": np.sign,
    "floor": np.floor,
    "ceil": np.ceil,
    "trunc": np.trunc,
    "sqrt": np.sqrt,
    "cbrt": np.cbrt,
    "exp": np.exp,
    "expm1": np.expm1,
    "log": np.log,
    "log1p": np.log1p,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
    "eq": np.equal,
    "ne": np.not_equal,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
    "is_finite": np.isfinite,
    "not": np.logical_not,
    "and": np.logical_and,
    "or": np.logical_or,
    "number": float,
    "select": lambda condition, yes, no: yes if condition else no,
}
# Of these NumPy does not know the sign of a zero.
UNSIGNED = ("sign", "max", "min")


@dataclass(frozen=True, eq=False)
class Scalar:
    """A number or truth value of a program: what it is made by, and of which others.

    A "constant" has a `value`, an "input" its name as `value`; a "carried" value of a `loop` is
    what it holds during a turn, its "result" what it holds at the end. `inside` are the loops that
    it changes with.
    """

    operation: str
    operands: tuple[Scalar, ...] = ()
    value: Any = None
    loop: Loop | None = None
    inside: frozenset[Loop] = frozenset()

    def __repr__(self) -> str:
        if self.operation in ("constant", "input"):
            return str(self.value)
        return f"{self.operation}({', '.join(map(repr, self.operands))})"


@dataclass(eq=False)
class Loop:
    """While `condition`, the `carried` values become those `after`; `initial` ones come first."""

    initial: Sequence[Scalar] = ()
    carried: Sequence[Scalar] = ()
    condition: Scalar | None = None
    after: Sequence[Scalar] = field(default_factory=list)


class Scalars:
    """Makes the scalars of one program; what is asked for twice is the same scalar."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Scalar] = {}

    def constant(self, value: Any) -> Scalar:
        """Return a number or a truth value that is known."""
        exact = bool(value) if isinstance(value, bool | np.bool_) else float(value)
        key = exact if isinstance(exact, bool) else struct.pack("<d", exact)
        return self._once(("constant", key), Scalar("constant", value=exact))

    def input(self, name: str, loop: Loop | None = None) -> Scalar:
        """Return what the program is given under a name, anew in every turn of the loop."""
        inside = frozenset([loop] if loop else [])
        return self._once(("input", name), Scalar("input", value=name, inside=inside))

    def call(self, operation: str, *operands: Scalar) -> Scalar:
        """Return OPERATIONS[operation] of the operands, one of them if it is that to the bit."""
        known = [one.value for one in operands if one.operation == "constant"]
        unsure = operation in UNSIGNED and 0 in known
        if len(known) == len(operands) and operation in OPERATIONS and not unsure:
            with np.errstate(all="ignore"):
                return self.constant(OPERATIONS[operation](*map(_exact, known)))
        same = _same(operation, operands)
        if same is not None:
            return same
        inside = frozenset().union(*(one.inside for one in operands))
        made = Scalar(operation, operands, inside=inside)
        return self._once((operation, *map(id, operands)), made)

    def loop(self, initial: Sequence[Scalar]) -> Loop:
        """Return a loop that begins with these values; what it does is filled in afterwards."""
        loop = Loop(initial)
        outside = frozenset().union(*(one.inside for one in initial))
        loop.carried = [
            Scalar("carried", value=index, loop=loop, inside=outside | {loop})
            for index in range(len(initial))
        ]
        return loop

    def results(self, loop: Loop) -> list[Scalar]:
        """Return what a loop, filled in, comes to."""
        assert loop.condition is not None, "a loop goes on while something holds"
        parts = [*loop.initial, loop.condition, *loop.after]
        inside = frozenset().union(*(one.inside for one in parts)) - {loop}
        return [
            Scalar("result", value=index, loop=loop, inside=inside)
            for index in range(len(loop.initial))
        ]

    def _once(self, key: tuple[Any, ...], made: Scalar) -> Scalar:
        return self._made.setdefault(key, made)


def _same(operation: str, operands: Sequence[Scalar]) -> Scalar | None:
    """Return the operand that the result is, whatever the others are: NaN and -0, too."""
    first, *others = operands
    if operation in ("neg", "not"):
        return first.operands[0] if first.operation == operation else None
    if operation == "select":
        yes, no = others
        chosen = {True: yes, False: no}.get(first.value) if first.operation == "constant" else None
        return yes if yes is no else chosen
    if operation not in _NEUTRAL:
        return None
    left, right = _NEUTRAL[operation]
    (second,) = others
    if right is not None and _is(second, right):
        return first
    return second if left is not None and _is(first, left) else None


# With this on the left, or on the right, an operation leaves the other operand as it is.
_NEUTRAL: Mapping[str, tuple[float | bool | None, float | bool]] = {
    "mul": (1.0, 1.0),
    "div": (None, 1.0),
    "add": (-0.0, -0.0),
    "sub": (None, 0.0),
    "and": (True, True),
    "or": (False, False),
}


def _exact(value: float | bool) -> Any:
    return value if isinstance(value, bool) else np.float64(value)


def _is(scalar: Scalar, value: float | bool) -> bool:
    """Say whether a scalar is this constant, to the sign of a zero."""
    if scalar.operation != "constant" or isinstance(value, bool) != isinstance(scalar.value, bool):
        return False
    return scalar.value == value and math.copysign(1, scalar.value) == math.copysign(1, value)
