"""What a surface is to its kernels: its loss, its known places, where outside begins."""

from typing import Any

import jax
import numpy as np

from optviz import stepping
from optviz.conditions import bounds_of, known_places
from optviz.kernels.scalars import Scalars
from optviz.kernels.tracing import inputs
from surfaces import Surface


def loss_on(surface: Surface, shape: Any) -> stepping.Loss:
    """Return the loss of a point (2,) with the shape's values (S,)."""
    # JAX follows what is compiled once, and all rules on a surface take what it has found.
    f = jax.jit(surface.function)
    return stepping.on_plane(f, tuple(surface.parameters), shape)


def shape_names(surface: Surface) -> list[str]:
    """Return how the values of the surface's shape are called in a kernel."""
    return [f"z{index}" for index in range(len(surface.parameters))]


def shape_inputs(surface: Surface, scalars: Scalars) -> list[np.ndarray]:
    """Return the values of the surface's shape."""
    return [inputs(scalars, name) for name in shape_names(surface)]


def places(surface: Surface) -> np.ndarray:
    """Return the known places (K, 2) of a surface."""
    return np.array([place.point for place in known_places(surface)], float).reshape(-1, 2)


def bounds(surface: Surface) -> np.ndarray:
    """Return centre and half width (3,) of where a lane may be that starts in the domain."""
    (left, right), (low, high) = surface.x, surface.y
    return bounds_of(surface, ((left + right) / 2, (low + high) / 2))
