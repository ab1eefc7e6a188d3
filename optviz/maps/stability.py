"""The largest stable learning rate along an axis of a map, where theory knows it: on quadratics."""

from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

from optviz.programs import PROGRAMS
from optviz.race import Race
from optviz.stepping import on_plane
from surfaces import Surface

# On a quadratic the curvature is the same everywhere; these shares of the domain are looked at.
PROBES = ((0.13, 0.71), (0.52, 0.29), (0.88, 0.94))
SAME = 1e-9


def stable_rates(race: Race, lane: int, other: str, values: np.ndarray) -> np.ndarray | None:
    """Return the largest stable learning rate (n,) at each of the `values` of another axis.

    None if theory does not know it: the rule declares no limit, the rate is scheduled or changed in
    mid-run, or the surface is no quadratic that bends upwards.
    """
    chosen = race.lanes[lane]
    curvature = _curvature(race.objective, race.shape)
    scheduled = race.schedule.slug != "constant" or race.changes
    if chosen.algorithm.stable is None or scheduled or curvature is None:
        return None
    limit = chosen.algorithm.limit(**{**chosen.values, other: values})
    return np.broadcast_to(np.asarray(limit, float) / curvature, values.shape)


def _curvature(surface: Surface, shape: Mapping[str, float]) -> float | None:
    """Return the largest eigenvalue of a quadratic's Hessian; None for any other surface."""
    low, high = np.array([surface.x, surface.y]).T
    arguments = low + np.array(PROBES) * (high - low), np.array([*shape.values()], float)
    bends = np.asarray(PROGRAMS.run(_hessians, surface.function, tuple(shape), arguments))
    if not np.allclose(bends, bends[0], rtol=SAME, atol=SAME * np.abs(bends[0]).max()):
        return None
    low, high = np.linalg.eigvalsh(bends[0])
    return float(high) if low > 0 else None


def _hessians(f: Callable[..., Any], *names: str) -> Callable[..., Any]:
    one = lambda p, shape: jax.hessian(on_plane(f, names, shape))(p)  # noqa: E731
    return jax.jit(jax.vmap(one, in_axes=(0, None)))
