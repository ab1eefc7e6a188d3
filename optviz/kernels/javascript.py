"""JavaScript: how it writes the operations of a kernel, in float64 as JAX has them."""

import json
import math
from collections.abc import Collection, Mapping
from typing import Any

from optviz.kernels.writing import Language, decimal

_MATH = (
    *("abs", "sign", "floor", "ceil", "trunc", "sqrt", "cbrt", "exp", "expm1", "log", "log1p"),
    *("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"),
    *("asinh", "acosh", "atanh"),
)
_OPERATIONS: Mapping[str, str] = {
    **{name: f"Math.{name}({{}})" for name in _MATH},
    **{name: f"Math.{name}({{}}, {{}})" for name in ("max", "min", "atan2")},
    "add": "({} + {})",
    "sub": "({} - {})",
    "mul": "({} * {})",
    "div": "({} / {})",
    "rem": "({} % {})",
    "neg": "(-{})",
    "pow": "power({}, {})",
    "eq": "({} === {})",
    "ne": "({} !== {})",
    "lt": "({} < {})",
    "le": "({} <= {})",
    "gt": "({} > {})",
    "ge": "({} >= {})",
    "is_finite": "Number.isFinite({})",
    "not": "(!{})",
    "and": "({} && {})",
    "or": "({} || {})",
    "number": "(+{})",
    "select": "({} ? {} : {})",
    "first": "{}[0]",
    "second": "{}[1]",
}
# In C, as in JAX, 1 to any power is 1, and so is -1 to an infinite one.
_HELPERS: Mapping[str, str] = {
    "pow": "const power = (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) "
    "? 1 : Math.pow(x, y));",
}


def _constant(value: float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "(-Infinity)"
    return decimal(value)


def helpers(operations: Collection[str]) -> list[str]:
    """Return the functions that some operations need besides JavaScript's own."""
    return [text for name, text in _HELPERS.items() if name in operations]


def literal(value: Any) -> str:
    """Return text or numbers, in lists or by name, as JavaScript; what is text stays text."""
    # A script in a page ends at the next </script>, wherever that stands.
    return json.dumps(value, allow_nan=False).replace("<", "\\u003c")


JAVASCRIPT = Language(
    operations=_OPERATIONS,
    constant=_constant,
    declare=lambda _: "const",
    vary=lambda _: "let",
)
