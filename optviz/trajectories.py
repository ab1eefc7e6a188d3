"""Running a race: trajectories of all its lanes, and what became of each."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optviz import engine
from optviz.conditions import conditions_of, in_force, tolerance_of
from optviz.race import Race
from optviz.status import Status, statuses
from optviz.trajectory import ByLane
from surfaces.surface import Point


@dataclass(frozen=True, repr=False, eq=False)
class Trajectories(ByLane):
    """What the L lanes of a race did in T steps; everything is float64, index 0 is the start.

    `theta` (L, T+1, 2), and the surface's own `loss` (L, T+1) and `grad` (L, T+1, 2) there,
    without noise; NaN after a lane has diverged. `memory` holds, per lane, what its rule
    remembered: name -> (T+1, ...). `multipliers` (T,) are the schedule's. `distance` (L,) is that
    of the last point to the nearest known global minimum, NaN without one; `steps_to_tolerance`
    the first step that came within TOLERANCE of the domain's diagonal of it, or None. `notes` are
    sentences about the whole race. `trajectories["Adam"]` is what one lane did, by its label or
    number; `to_frame()` is all of it as a table of pandas.
    """

    race: Race
    theta: np.ndarray
    loss: np.ndarray
    grad: np.ndarray
    memory: tuple[Mapping[str, np.ndarray], ...]
    multipliers: np.ndarray
    status: tuple[Status, ...]
    distance: np.ndarray
    steps_to_tolerance: tuple[int | None, ...]
    notes: tuple[str, ...]


def run(race: Race) -> Trajectories:
    """Run every lane of the race. Other numbers in the same race compile nothing."""
    surface, lanes = race.objective, range(len(race.lanes))
    inputs = [(race.lanes[lane].algorithm, in_force(race, lane)) for lane in lanes]
    shared = conditions_of(race)
    done = engine.run(surface.function, inputs, shared)
    near = nearest(done.theta, surface.minima)
    within = near <= tolerance_of(surface)
    return Trajectories(
        race=race,
        theta=done.theta,
        loss=done.loss,
        grad=done.grad,
        memory=done.memory,
        multipliers=shared.multipliers[: race.steps],
        status=statuses(race, done, lanes),
        distance=near[:, -1],
        steps_to_tolerance=tuple(int(row.argmax()) if row.any() else None for row in within),
        notes=_notes(race, done.grad),
    )


def nearest(theta: np.ndarray, points: Sequence[Point]) -> np.ndarray:
    """Return the distance (...) of theta (..., 2) to the nearest of the points, NaN without any."""
    if not points:
        return np.full(theta.shape[:-1], np.nan)
    x, y = theta[..., 0], theta[..., 1]
    with np.errstate(over="ignore"):
        squares = [(x - a) ** 2 + (y - b) ** 2 for a, b in points]
        return np.sqrt(functools.reduce(np.minimum, squares))


def _notes(race: Race, grad: np.ndarray) -> tuple[str, ...]:
    # Noise moves a point off a place without a gradient.
    if grad[0, 0].any() or race.noise:
        return ()
    return ("The gradient is zero at the start: a rule that only follows it stays there.",)
