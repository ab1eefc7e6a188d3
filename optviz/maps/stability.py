"""The largest stable learning rate along an axis of a map, where theory knows it: on quadratics."""

from collections.abc import Mapping

import numpy as np

from optviz.conditions import is_scheduled
from optviz.pointwise import hessians
from optviz.race import Race
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
    varies = is_scheduled(race, lane) or race.changes
    if chosen.algorithm.stable is None or varies or curvature is None:
        return None
    limit = chosen.algorithm.limit(**{**chosen.values, other: values})
    return np.broadcast_to(np.asarray(limit, float) / curvature, values.shape)


def _curvature(surface: Surface, shape: Mapping[str, float]) -> float | None:
    """Return the largest eigenvalue of a quadratic's Hessian; None for any other surface."""
    low, high = np.array([surface.x, surface.y]).T
    bends = hessians(surface.function, shape, low + np.array(PROBES) * (high - low))
    if not np.allclose(bends, bends[0], rtol=SAME, atol=SAME * np.abs(bends[0]).max()):
        return None
    low, high = np.linalg.eigvalsh(bends[0])
    return float(high) if low > 0 else None
