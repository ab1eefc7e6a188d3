"""GLSL ES 3.00: how WebGL 2 writes the operations of a kernel, in float32."""

import math
from collections.abc import Collection, Mapping

import numpy as np

from optviz.kernels.scalars import Scalar
from optviz.kernels.writing import Language

_SAME = (
    *("abs", "sign", "floor", "ceil", "trunc", "exp", "log", "asin", "acos", "atan"),
    *("sinh", "cosh", "asinh", "acosh", "atanh"),
)
_OWN = ("sqrt", "cbrt", "expm1", "log1p", "sin", "cos", "tan", "tanh", "is_finite")
_OPERATIONS: Mapping[str, str] = {
    **{name: f"{name}({{}})" for name in _SAME},
    **{name: f"{name}_({{}})" for name in _OWN},
    **{name: f"{name}({{}}, {{}})" for name in ("max", "min")},
    **{name: f"{name}_({{}}, {{}})" for name in ("rem", "pow", "atan2")},
    "add": "({} + {})",
    "sub": "({} - {})",
    "mul": "({} * {})",
    "div": "({} / {})",
    "neg": "(-{})",
    "eq": "({} == {})",
    "ne": "({} != {})",
    "lt": "({} < {})",
    "le": "({} <= {})",
    "gt": "({} > {})",
    "ge": "({} >= {})",
    "not": "(!{})",
    "and": "({} && {})",
    "or": "({} || {})",
    "number": "float({})",
    "select": "({} ? {} : {})",
}
# What GLSL leaves open, or graphics cards do to a few digits only. An underscore at the end keeps
# their names apart from GLSL's own. A card need not know what is not a number, nor make one: what
# is finite is read from the bits.
_HELPERS: Mapping[str, str] = {
    "is_finite": "bool is_finite_(float x) "
    "{ return (floatBitsToUint(x) & 0x7f800000u) != 0x7f800000u; }",
    "sqrt": "float sqrt_(float x) { return x == 0.0 ? x : sqrt(x); }",
    "rem": "float rem_(float x, float y) { return x - y * trunc(x / y); }",
    # A card's own sine has three or four digits. As in the Cephes library: a quarter of a turn, in
    # three parts, is taken away as often as may be, and what is left goes into two polynomials.
    "turn": "vec2 turn_(float x) {\n"
    "  float n = floor(x * 0.6366197723675814 + 0.5);\n"
    "  float r = ((x - n * 1.5703125) - n * 4.837512969970703e-4) - n * 7.549789954891882e-8;\n"
    "  float q = r * r, quarter = n - 4.0 * floor(n / 4.0);\n"
    "  float s = r + r * q * (-1.6666654611e-1 + q * (8.3321608736e-3 - q * 1.9515295891e-4));\n"
    "  float c = 4.166664568298827e-2 + q * (-1.388731625493765e-3 + q * 2.443315711809948e-5);\n"
    "  vec2 both = vec2(s, 1.0 - 0.5 * q + q * q * c);\n"
    "  if (quarter == 1.0 || quarter == 3.0) both = vec2(both.y, -both.x);\n"
    "  return quarter >= 2.0 ? -both : both;\n"
    "}",
    "sin": "float sin_(float x) { return turn_(x).x; }",
    "cos": "float cos_(float x) { return turn_(x).y; }",
    "tan": "float tan_(float x) { vec2 both = turn_(x); return both.x / both.y; }",
    "tanh": "float tanh_(float x) { return tanh(clamp(x, -15.0, 15.0)); }",
    "atan2": "float atan2_(float y, float x) { return x == 0.0 && y == 0.0 ? 0.0 : atan(y, x); }",
    "expm1": "float expm1_(float x) {\n"
    "  if (abs(x) > 0.5) return exp(x) - 1.0;\n"
    "  float sum = 1.0;\n"
    "  for (float k = 9.0; k > 1.5; k -= 1.0) sum = 1.0 + sum * x / k;\n"
    "  return x * sum;\n"
    "}",
    "log1p": "float log1p_(float x) {\n"
    "  if (abs(x) > 0.25) return log(1.0 + x);\n"
    "  float z = x / (2.0 + x), s = z * z;\n"
    "  return 2.0 * z * (1.0 + s * (1.0 / 3.0 + s * (0.2 + s * (1.0 / 7.0 + s / 9.0))));\n"
    "}",
    "cbrt": "float cbrt_(float x) {\n"
    "  if (x == 0.0) return x;\n"
    "  float y = sign(x) * exp2(log2(abs(x)) / 3.0);\n"
    "  return y - (y - x / (y * y)) / 3.0;\n"
    "}",
    # Whole powers by products: a card's own logarithm of a number near 1 has few digits.
    "pow": "float pow_(float x, float y) {\n"
    "  if (y != floor(y) || abs(y) > 65536.0) {\n"
    "    if (x == 0.0) return y > 0.0 ? 0.0 : 1.0 / abs(x);\n"
    "    return x > 0.0 ? exp2(y * log2(x)) : uintBitsToFloat(0x7fc00000u);\n"
    "  }\n"
    "  float result = 1.0, square = x;\n"
    "  for (uint rest = uint(abs(y)); rest > 0u; rest >>= 1) {\n"
    "    if ((rest & 1u) == 1u) result *= square;\n"
    "    square *= square;\n"
    "  }\n"
    "  return y < 0.0 ? 1.0 / result : result;\n"
    "}",
}
_NEEDS = dict.fromkeys(("sin", "cos", "tan"), "turn")
# Operations that give a truth value, and those that give one where they are given some.
_TRUTHS = ("eq", "ne", "lt", "le", "gt", "ge", "is_finite", "not", "and", "or")


def is_truth(scalar: Scalar) -> bool:
    """Say whether a scalar is a truth value, not a number."""
    if scalar.operation == "constant":
        return isinstance(scalar.value, bool)
    if scalar.operation == "select":
        return is_truth(scalar.operands[1])
    if scalar.loop and scalar.operation in ("carried", "result"):
        return is_truth(scalar.loop.initial[scalar.value])
    return scalar.operation in _TRUTHS


def kind(scalar: Scalar) -> str:
    """Return the type of a scalar."""
    return "bool" if is_truth(scalar) else "float"


def _constant(value: float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    with np.errstate(over="ignore"):
        single = np.float32(value)
    if not np.isfinite(single):
        return f"uintBitsToFloat(0x{single.view(np.uint32):08x}u)"
    # What is smaller than all of its numbers is zero there.
    near = repr(value) if abs(value) >= np.finfo(np.float32).tiny else "0.0"
    return f"(-{near.removeprefix('-')})" if math.copysign(1, value) < 0 else near


def helpers(operations: Collection[str]) -> list[str]:
    """Return the functions that some operations need besides GLSL's own."""
    needed = {*operations, *(_NEEDS[name] for name in operations if name in _NEEDS)}
    return [text for name, text in _HELPERS.items() if name in needed]


GLSL = Language(operations=_OPERATIONS, constant=_constant, declare=kind, vary=kind)
