"""A race as the arrays that the engine runs on: what its lanes share, and their values."""

from math import hypot
from typing import NamedTuple

import numpy as np

from optviz.engine import FAR, Conditions
from optviz.noise import perturbations
from optviz.parts import Schedule, schedule_changes, scheduled
from optviz.race import Race
from surfaces import Surface
from surfaces.surface import Point

# A lane has arrived when it stays within this share of the domain's diagonal of a minimum.
TOLERANCE = 1e-3


class Place(NamedTuple):
    """A point without a gradient, "minimum" or one of `verdict.KINDS`; None for many of a kind."""

    kind: str
    point: Point | None


def conditions_of(race: Race, lane: int | None = None) -> Conditions:
    """Return what all lanes of the race run with, or one of them by itself."""
    surface = race.objective
    lanes = range(len(race.lanes))
    return Conditions.of(
        race.start,
        race.shape,
        np.stack([scheduled(race, one) for one in lanes])
        if lane is None
        else scheduled(race, lane),
        bounds_of(surface, race.start),
        noise=perturbations(race.steps, race.noise, race.noise_decay, race.seed),
        places=np.array([place.point for place in known_places(surface)], float).reshape(-1, 2),
        near=tolerance_of(surface),
    )


def is_scheduled(race: Race, lane: int) -> bool:
    """Return whether a lane's learning rate may be multiplied by anything but 1."""
    own = race.lanes[lane].schedule or race.schedule
    return own.slug != Schedule().slug or bool(schedule_changes(race, lane))


def in_force(race: Race, lane: int) -> np.ndarray:
    """Return the hyperparameters of a lane, in its rule's order: (H,), or (T, H) if they change."""
    values = race.lanes[lane].values
    names, constant = [*values], np.array([*values.values()], float)
    changes = [change for change in race.changes if change.lane == lane]
    if not changes:
        return constant
    along = np.tile(constant, (race.steps, 1))
    for change in changes:
        for name, value in change.values.items():
            along[change.step :, names.index(name)] = value
    return along


def known_places(surface: Surface) -> list[Place]:
    """Return the places without a gradient that the surface declares."""
    return [
        *(Place("minimum", point) for point in surface.minima),
        *(Place("local minimum", point) for point in surface.local_minima),
        *(Place("saddle", point) for point in surface.saddles),
    ]


def bounds_of(surface: Surface, start: Point) -> np.ndarray:
    """Return centre and half width (3,) of where a lane may be, from the domain and the start."""
    centre = [(low + high) / 2 for low, high in (surface.x, surface.y)]
    sides = [(high - low) / 2 for low, high in (surface.x, surface.y)]
    reach = max(*sides, *(abs(s - c) for s, c in zip(start, centre, strict=True)))
    return np.array([*centre, FAR * reach])


def tolerance_of(surface: Surface) -> float:
    """Return how near to a minimum a lane has arrived."""
    (left, right), (low, high) = surface.x, surface.y
    return TOLERANCE * hypot(right - left, high - low)
