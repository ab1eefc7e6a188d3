"""Formulas of NumPy as scalars: a schedule is printed by calling it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from optviz.kernels.scalars import OPERATIONS, Scalar, Scalars
from optviz.notation import CannotPrint

_OPERATION_OF = {function: name for name, function in OPERATIONS.items()}


class Number(NDArrayOperatorsMixin):
    """Stands for a number in a formula, and notes what NumPy does with it."""

    def __init__(self, scalars: Scalars, scalar: Scalar) -> None:
        self.scalars, self.scalar = scalars, scalar

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> "Number":
        """Note an operation on numbers."""
        if method != "__call__" or options or ufunc not in _OPERATION_OF:
            raise CannotPrint(f"A kernel cannot compute {ufunc.__name__}.")
        return self._made(_OPERATION_OF[ufunc], *inputs)

    def __array_function__(self, function: Any, _: Any, inputs: Any, options: Any) -> "Number":
        """Note one of NumPy's functions that are no operations."""
        if function is np.where and len(inputs) == 3 and not options:
            return self._made("select", *inputs)
        if function is np.ones_like:
            return Number(self.scalars, self.scalars.constant(1.0))
        raise CannotPrint(f"A kernel cannot compute {function.__name__}.")

    def _made(self, operation: str, *inputs: Any) -> "Number":
        known = [
            one.scalar if isinstance(one, Number) else self.scalars.constant(one) for one in inputs
        ]
        return Number(self.scalars, self.scalars.call(operation, *known))


def follow(
    scalars: Scalars, formula: Callable[..., Any], *inputs: Scalar, **named: Scalar
) -> Scalar:
    """Return formula(*inputs, **named); CannotPrint says what in it no kernel can do."""
    given: Mapping[str, Any] = {name: Number(scalars, one) for name, one in named.items()}
    made = formula(*(Number(scalars, one) for one in inputs), **given)
    return made.scalar if isinstance(made, Number) else scalars.constant(made)
