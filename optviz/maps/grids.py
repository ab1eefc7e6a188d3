"""Maps: what becomes of one lane of a race over a grid of starts, or of two hyperparameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz import checks
from optviz.checks import RaceError
from optviz.engine import Course
from optviz.maps import places as at
from optviz.maps.places import Place
from optviz.maps.sweep import START, Journey, Proceed, sweep
from optviz.noise import perturbations
from optviz.race import Race
from optviz.trajectories import bounds_of, in_force, scheduled, tolerance_of

RUNNING, DIVERGED = -1, -2
Window = tuple[float, float]


@dataclass(frozen=True)
class Map:
    """What became of a lane in every cell of a grid; rows are y, columns x.

    `axes` names what is varied: coordinates of the start, "x" and "y", or hyperparameters; `x` (n,)
    and `y` (m,) are their values. `place` (m, n) is the index in `places` of where the cell ended,
    RUNNING or DIVERGED; `step` (m, n) the first step from which on it stayed there, or at which it
    left all bounds, -1 while it is running. `end` (m, n, 2) is its last point and `loss` (m, n) the
    surface's loss there, not a number for a cell that diverged.
    """

    race: Race
    lane: int
    axes: tuple[str, str]
    x: np.ndarray
    y: np.ndarray
    places: tuple[Place, ...]
    place: np.ndarray
    step: np.ndarray
    end: np.ndarray
    loss: np.ndarray

    def state(self, row: int, column: int) -> tuple[str, int | None]:
        """Return state and step of a cell, as `Trajectories.status` has them."""
        place, step = int(self.place[row, column]), int(self.step[row, column])
        if place == DIVERGED:
            return "diverged", step
        arrived = place >= 0 and "minimum" in self.places[place].kind
        return ("converged", step) if arrived else ("running", None)


def run_map(
    race: Race,
    lane: int = 0,
    axes: tuple[str, str] = START,
    x: Window | None = None,
    y: Window | None = None,
    n: int = 256,
    *,
    dtype: Any = np.float32,
    proceed: Proceed = lambda _: True,
) -> Map:
    """Run lane `lane` of the race n by n times: from other starts, or with other hyperparameters.

    `axes` are two of "x" and "y", the start's coordinates, and the names of the rule's
    hyperparameters. `x` and `y` are the limits of the grid: by default the surface's domain, or the
    ranges of the sliders. Logarithmic hyperparameters are spaced logarithmically. Everything else
    is the race's: schedule, noise and changes in mid-run. `dtype` is the precision of the paths.
    For `proceed` see `sweep`.
    """
    axes = checked_axes(race, lane, axes)
    columns = grid(race, lane, axes[0], x, n)
    rows = grid(race, lane, axes[1], y, n)
    cells = np.stack([part.ravel() for part in np.meshgrid(columns, rows)], axis=1)
    surface, near = race.objective, tolerance_of(race.objective)
    rule = race.lanes[lane].algorithm
    places = at.known(surface)
    course, table = _course(race), _table(race, lane, axes)

    def run(cells: np.ndarray, points: np.ndarray):
        journey = Journey(course, table, points, near)
        return sweep(surface.function, rule, axes, cells, journey, dtype=dtype, proceed=proceed)

    ends = run(cells, at.points_of(places))
    here, loss = (
        np.where(np.isfinite(ends.left_at), DIVERGED, ends.place),
        np.full(len(cells), np.nan),
    )
    step = np.where(here == DIVERGED, ends.left_at, np.where(here == RUNNING, -1, ends.since))
    if (stayed := np.flatnonzero(here != DIVERGED)).size:
        loss[stayed], rest, bend = at.survey(surface.function, race.shape, ends.end[stayed])
        lost = here[stayed] == RUNNING
        strays, rest, bend = stayed[lost], rest[lost], bend[lost]
        found, which = at.at_rest(ends.end[strays], rest, bend, near, at.MAX_PLACES - len(places))
        came, rest = strays[which >= 0], rest[which >= 0]
        if came.size:
            here[came] = which[which >= 0] + len(places)
            places = [*places, *found]
            step[came] = run(cells[came], rest[:, None]).since
    shape = len(rows), len(columns)
    return Map(
        race=race,
        lane=lane,
        axes=axes,
        x=columns,
        y=rows,
        places=tuple(places),
        place=here.reshape(shape),
        step=step.astype(int).reshape(shape),
        end=ends.end.reshape(*shape, 2),
        loss=loss.reshape(shape),
    )


def checked_axes(race: Race, lane: int, axes: tuple[str, ...]) -> tuple[str, str]:
    """Return the axes if the lane has them, else raise RaceError."""
    if not 0 <= lane < len(race.lanes):
        raise RaceError(f"The race has {len(race.lanes)} lanes, counted from 0; of is {lane}.")
    if len(axes) != 2 or axes[0] == axes[1]:
        raise RaceError("A map has two different axes, like x,y or lr,alpha.")
    names = dict.fromkeys([*START, *race.lanes[lane].values])
    first, second = (checks.known(name, names, "axis") for name in axes)
    return first, second


def grid(race: Race, lane: int, axis: str, window: Window | None, n: int) -> np.ndarray:
    """Return the n values of an axis of the map."""
    if axis in START:
        low, high = window or getattr(race.objective, axis)
    else:
        declared = race.lanes[lane].algorithm.hyperparameters[axis]
        low, high = window or (declared.low, declared.high)
    if not spaced(race, lane, axis):
        return np.linspace(low, high, n)
    if low <= 0:
        raise RaceError(f"{axis} is spaced logarithmically: its limits must be above 0.")
    return np.geomspace(low, high, n)


def spaced(race: Race, lane: int, axis: str) -> bool:
    """Return whether an axis of the map is spaced logarithmically."""
    return axis not in START and race.lanes[lane].algorithm.hyperparameters[axis].log


def _course(race: Race) -> Course:
    noise = perturbations(race.steps, race.noise, race.noise_decay, race.seed)
    # Cells have starts of their own: each widens these bounds for itself.
    bounds = bounds_of(race.objective, race.start)
    return Course.of(np.array(race.start), race.shape, scheduled(race), noise, bounds)


def _table(race: Race, lane: int, axes: tuple[str, str]) -> np.ndarray:
    """Return the hyperparameters that hold, NaN where a cell's own value does."""
    table = np.atleast_2d(in_force(race, lane)).copy()
    names = [*race.lanes[lane].values]
    for name in set(axes) & set(names):
        changes = (c.step for c in race.changes if c.lane == lane and name in c.values)
        table[: min(changes, default=len(table)), names.index(name)] = np.nan
    return table
