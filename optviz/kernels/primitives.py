"""JAX's primitives on arrays of scalars: coordinate by coordinate, as few as rules need."""

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from optviz.kernels.scalars import Scalar, Scalars

# Makes the outputs of a primitive from its parameters and inputs: arrays of scalars.
Maker = Callable[..., Any]

# Primitives that are an operation on each coordinate.
ELEMENTWISE: Mapping[str, str] = {
    **dict.fromkeys(("add", "add_any"), "add"),
    **{name: name for name in ("sub", "mul", "div", "neg", "pow", "max", "min", "rem", "atan2")},
    **{name: name for name in ("abs", "sign", "floor", "ceil", "sqrt", "cbrt", "exp", "expm1")},
    **{name: name for name in ("log", "log1p", "sin", "cos", "tan", "asin", "acos", "atan")},
    **{name: name for name in ("sinh", "cosh", "tanh", "asinh", "acosh", "atanh")},
    **{name: name for name in ("eq", "ne", "lt", "le", "gt", "ge", "is_finite")},
    **{name: name for name in ("not", "and", "or")},
}
# What a reduction joins two coordinates with.
REDUCTIONS: Mapping[str, str] = {
    "reduce_sum": "add",
    "reduce_prod": "mul",
    "reduce_max": "max",
    "reduce_min": "min",
    "reduce_and": "and",
    "reduce_or": "or",
}
# What leaves every coordinate as it is.
UNCHANGED = ("copy", "copy_p", "stop_gradient", "optimization_barrier")


def array(values: Any, scalars: Scalars) -> np.ndarray:
    """Return an array of constants."""
    known = np.asarray(values)
    made = np.empty(known.shape, object)
    for index in np.ndindex(known.shape):
        made[index] = scalars.constant(known[index])
    return made


def each(of: Callable[..., Scalar], *arrays: Any) -> np.ndarray:
    """Return `of` of the scalars at every coordinate."""
    spread = np.broadcast_arrays(*(np.asarray(one, object) for one in arrays))
    made = np.empty(spread[0].shape, object)
    for index in np.ndindex(made.shape):
        made[index] = of(*(one[index] for one in spread))
    return made


def total(scalars: Scalars, terms: Sequence[Scalar]) -> Scalar:
    """Return a sum, zero without terms."""
    add = functools.partial(scalars.call, "add")
    return functools.reduce(add, terms) if terms else scalars.constant(0.0)


def power(scalars: Scalars, base: Scalar, exponent: int) -> Scalar:
    """Return an integer power, by the same products as XLA."""
    if exponent < 0:
        return scalars.call("div", scalars.constant(1.0), power(scalars, base, -exponent))
    result, square = None, base
    while exponent:
        if exponent & 1:
            result = square if result is None else scalars.call("mul", result, square)
        exponent >>= 1
        square = scalars.call("mul", square, square) if exponent else square
    return scalars.constant(1.0) if result is None else result


def _square(scalars: Scalars, _: Any, x: np.ndarray) -> np.ndarray:
    return each(lambda one: scalars.call("mul", one, one), x)


def _rsqrt(scalars: Scalars, _: Any, x: np.ndarray) -> np.ndarray:
    one = scalars.constant(1.0)
    return each(lambda of: scalars.call("div", one, scalars.call("sqrt", of)), x)


def _logistic(scalars: Scalars, _: Any, x: np.ndarray) -> np.ndarray:
    one = scalars.constant(1.0)

    def of(value: Scalar) -> Scalar:
        decayed = scalars.call("exp", scalars.call("neg", value))
        return scalars.call("div", one, scalars.call("add", one, decayed))

    return each(of, x)


def _integer_pow(scalars: Scalars, params: Any, x: np.ndarray) -> np.ndarray:
    return each(lambda one: power(scalars, one, params["y"]), x)


def _value(scalars: Scalars, _: Any, *given: Any) -> np.ndarray:
    return each(functools.partial(scalars.call, "value"), *given)


def _slope(scalars: Scalars, params: Any, *given: Any) -> np.ndarray:
    part = ("first", "second")[params["axis"]]
    return each(lambda *at: scalars.call(part, scalars.call("slopes", *at)), *given)


def _select(scalars: Scalars, _: Any, which: Any, *cases: Any) -> np.ndarray:
    """Return, of two cases, that of false first, the one that holds."""
    no, yes = cases
    return each(functools.partial(scalars.call, "select"), which, yes, no)


def _clamp(scalars: Scalars, _: Any, low: Any, x: Any, high: Any) -> np.ndarray:
    raised = each(functools.partial(scalars.call, "max"), low, x)
    return each(functools.partial(scalars.call, "min"), raised, high)


def _broadcast(_: Scalars, params: Any, x: np.ndarray) -> np.ndarray:
    sides = [1] * len(params["shape"])
    for axis, side in zip(params["broadcast_dimensions"], x.shape, strict=True):
        sides[axis] = side
    return np.broadcast_to(x.reshape(sides), params["shape"])


def _slice(_: Scalars, params: Any, x: np.ndarray) -> np.ndarray:
    strides = params["strides"] or [1] * x.ndim
    limits = zip(params["start_indices"], params["limit_indices"], strides, strict=True)
    return x[tuple(slice(*one) for one in limits)]


def _pad(_: Scalars, params: Any, x: np.ndarray, filling: np.ndarray) -> np.ndarray:
    config = params["padding_config"]
    sides = [
        low + high + side + between * max(side - 1, 0)
        for (low, high, between), side in zip(config, x.shape, strict=True)
    ]
    made = np.empty(sides, object)
    made[...] = filling[()]
    for index in np.ndindex(x.shape):
        place = [
            low + k * (between + 1) for k, (low, _, between) in zip(index, config, strict=True)
        ]
        if all(0 <= k < side for k, side in zip(place, sides, strict=True)):
            made[tuple(place)] = x[index]
    return made


def _iota(scalars: Scalars, params: Any) -> np.ndarray:
    shape, axis = params["shape"], params["dimension"]
    along = np.arange(shape[axis]).reshape([-1 if k == axis else 1 for k in range(len(shape))])
    return array(np.broadcast_to(along, shape), scalars)


def _split(_: Scalars, params: Any, x: np.ndarray) -> list[np.ndarray]:
    return np.split(x, np.cumsum(params["sizes"])[:-1], params["axis"])


def _reduction(operation: str) -> Maker:
    def reduce(scalars: Scalars, params: Any, x: np.ndarray) -> np.ndarray:
        axes = tuple(params["axes"])
        kept = [side for axis, side in enumerate(x.shape) if axis not in axes]
        rows = np.moveaxis(x, axes, range(-len(axes), 0)).reshape(math.prod(kept), -1)
        made = np.empty(len(rows), object)
        for index, row in enumerate(rows):
            made[index] = functools.reduce(functools.partial(scalars.call, operation), row)
        return made.reshape(kept)

    return reduce


def _dot_general(scalars: Scalars, params: Any, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    ((over_a, over_b), (batch_a, _)) = params["dimension_numbers"]
    if batch_a:
        raise NotImplementedError("dot_general with batches")
    length = math.prod(a.shape[axis] for axis in over_a)
    rows = np.moveaxis(a, over_a, range(-len(over_a), 0))
    columns = np.moveaxis(b, over_b, range(len(over_b)))
    shape = rows.shape[: a.ndim - len(over_a)] + columns.shape[len(over_b) :]
    rows, columns = rows.reshape(-1, length), columns.reshape(length, -1)
    made = np.empty((len(rows), columns.shape[1]), object)
    for i, j in np.ndindex(made.shape):
        terms = [scalars.call("mul", *pair) for pair in zip(rows[i], columns[:, j], strict=True)]
        made[i, j] = total(scalars, terms)
    return made.reshape(shape)


def _elementwise(operation: str) -> Maker:
    return lambda scalars, _, *x: each(functools.partial(scalars.call, operation), *x)


def _same(_: Scalars, __: Any, *x: Any) -> Any:
    return [*x]


# By their names in JAX. Those that hold programs of their own are `tracing`'s.
PRIMITIVES: Mapping[str, Maker] = {
    **{name: _elementwise(operation) for name, operation in ELEMENTWISE.items()},
    **{name: _reduction(operation) for name, operation in REDUCTIONS.items()},
    **dict.fromkeys(UNCHANGED, _same),
    "square": _square,
    "rsqrt": _rsqrt,
    "logistic": _logistic,
    "integer_pow": _integer_pow,
    "module_value": _value,
    "module_slope": _slope,
    "select_n": _select,
    "clamp": _clamp,
    "broadcast_in_dim": _broadcast,
    "slice": _slice,
    "pad": _pad,
    "iota": _iota,
    "split": _split,
    "dot_general": _dot_general,
    "squeeze": lambda _, params, x: np.squeeze(x, tuple(params["dimensions"])),
    "reshape": lambda _, params, x: x.reshape(params["new_sizes"]),
    "transpose": lambda _, params, x: x.transpose(params["permutation"]),
    "rev": lambda _, params, x: np.flip(x, params["dimensions"]),
    "concatenate": lambda _, params, *x: np.concatenate(x, params["dimension"]),
    "stack": lambda _, params, *x: np.stack(x, params.get("axis", params.get("dimension", 0))),
}
