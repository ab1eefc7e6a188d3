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
    limit = _limit(race, lane, {other: values})
    return None if limit is None else np.broadcast_to(limit, values.shape)


def stable_rate(race: Race, lane: int) -> float | None:
    """Return the lane's largest stable learning rate; None where theory does not know it."""
    limit = _limit(race, lane, {})
    return None if limit is None else float(limit)


def _limit(race: Race, lane: int, others: Mapping[str, np.ndarray]) -> np.ndarray | None:
    """Return the largest stable rate with other values of some hyperparameters, if it is known."""
    chosen = race.lanes[lane]
    curvature = _curvature(race.objective, race.shape)
    varies = is_scheduled(race, lane) or race.changes
    if chosen.algorithm.stable is None or varies or curvature is None:
        return None
    return np.asarray(chosen.algorithm.limit(**{**chosen.values, **others}), float) / curvature


def _curvature(surface: Surface, shape: Mapping[str, float]) -> float | None:
    """Return the largest eigenvalue of a quadratic's Hessian; None for any other surface."""
    low, high = np.array([surface.x, surface.y]).T
    bends = hessians(surface.function, shape, low + np.array(PROBES) * (high - low))
    if not np.allclose(bends, bends[0], rtol=SAME, atol=SAME * np.abs(bends[0]).max()):
        return None
    low, high = np.linalg.eigvalsh(bends[0])
    return float(high) if low > 0 else None
