"""A loss that is not printed again: where it is taken, the module's own functions are called."""

from typing import Any

import jax
import numpy as np
from jax.core import ShapedArray
from jax.extend.core import Primitive
from jax.interpreters import batching

from optviz.stepping import Loss

# The functions `value` and `slopes` of a module, see module.js, in programs of JAX.
VALUE, SLOPE = Primitive("module_value"), Primitive("module_slope")


def called_loss(shape: Any) -> Loss:
    """Return the loss of a point (2,) with the shape's values (S,), as calls."""
    return lambda p: _value(p[0], p[1], *shape)


@jax.custom_jvp
def _value(*given: Any) -> Any:
    return VALUE.bind(*given)


@_value.defjvp
def _(given: Any, tangents: Any) -> Any:
    # The shape does not change.
    along = [SLOPE.bind(*given, axis=axis) * tangents[axis] for axis in range(2)]
    return _value(*given), along[0] + along[1]


def _like(*given: Any, **_: Any) -> ShapedArray:
    return ShapedArray(np.broadcast_shapes(*(one.shape for one in given)), np.dtype(float))


for _primitive in (VALUE, SLOPE):
    _primitive.def_abstract_eval(_like)
    batching.defbroadcasting(_primitive)
