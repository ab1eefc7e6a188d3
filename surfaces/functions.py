"""Elementary functions that jax.numpy lacks in the form that surfaces need."""

from typing import Any

from jax.numpy import sqrt, where


def norm(x: Any, y: Any) -> Any:
    """Return the distance of (x, y) from the origin, elementwise, with derivative 0 at the origin.

    The root itself has no derivative there and automatic differentiation would return NaN; the
    inner `where` keeps the root's argument away from 0, the outer one restores the value.
    """
    square = x**2 + y**2
    centre = square == 0
    return where(centre, 0.0, sqrt(where(centre, 1.0, square)))
