"""Where the cells of a map come to rest: further places, besides those that a surface declares."""

import numpy as np

from optviz.conditions import Place
from optviz.verdict import KINDS, VALLEY

# A map names no more places than this; of cells at any other it says what kind of place it is.
MAX_PLACES = 250


def at_rest(
    points: np.ndarray, rest: np.ndarray, kind: np.ndarray, tolerance: float, known: np.ndarray
) -> tuple[list[Place], np.ndarray]:
    """Return further places that `points` (N, 2) came to, and which of them (N,), -1 for none.

    `rest` (N, 2) is the place that each point is near, of this `kind` (N,). It is no further place
    if it is one of those `known` (K, 2), which the point has not reached yet. A valley is one
    place, and so are all of a kind beyond MAX_PLACES.
    """
    which = np.full(len(points), -1)
    with np.errstate(over="ignore", invalid="ignore"):
        left = np.flatnonzero(np.hypot(*(points - rest).T) <= tolerance)
    for point in known:
        left = left[np.hypot(*(rest[left] - point).T) > tolerance]
    places: list[Place] = []
    alike, left = left[kind[left] == VALLEY], left[kind[left] != VALLEY]
    while left.size and len(known) + len(places) < MAX_PLACES:
        x, y = rest[left[0]]
        near = np.hypot(*(rest[left] - (x, y)).T) <= tolerance
        which[left[near]] = len(places)
        places.append(Place(KINDS[kind[left[0]]], (float(x), float(y))))
        left = left[~near]
    alike = np.concatenate([alike, left])
    for one in np.unique(kind[alike]):
        which[alike[kind[alike] == one]] = len(places)
        places.append(Place(KINDS[one], None))
    return places, which
