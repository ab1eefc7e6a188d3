"""Maps: what becomes of one lane of a race over a grid of starts, or of two hyperparameters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optviz import checks
from optviz.checks import RaceError
from optviz.conditions import Place, conditions_of, in_force, known_places
from optviz.maps.places import at_rest
from optviz.maps.sweep import START, sweep
from optviz.pointwise import losses, rests
from optviz.proceed import Proceed
from optviz.race import Race
from optviz.status import MINIMA
from optviz.verdict import NOWHERE, OUTSIDE, Verdict

RUNNING, DIVERGED = NOWHERE, OUTSIDE
Window = tuple[float, float]
# A map of less than this share of an axis's usual range is looked at closely.
ZOOMED = 0.5


@dataclass(frozen=True)
class Map:
    """What became of a lane in every cell of a grid; rows are y, columns x.

    `axes` names what is varied: coordinates of the start, "x" and "y", or hyperparameters; `x` (n,)
    and `y` (m,) are their values. `precision` of the paths is "float32" or "float64". `place`
    (m, n) is the index in `places` of where the cell ended, RUNNING or DIVERGED; `step` (m, n) the
    first step from which on it stayed there, or at which it left all bounds, -1 while it is
    running. `end` (m, n, 2) is its last point and `loss` (m, n) the surface's loss there, not a
    number for a cell that diverged.
    """

    race: Race
    lane: int
    axes: tuple[str, str]
    x: np.ndarray
    y: np.ndarray
    precision: str
    places: tuple[Place, ...]
    place: np.ndarray
    step: np.ndarray
    end: np.ndarray
    loss: np.ndarray

    def __repr__(self) -> str:
        cells = f"{self.place.size} cells, {(self.place == DIVERGED).mean():.1%} diverged"
        return f"{self.race.lanes[self.lane].label} over {' and '.join(self.axes)}: {cells}"

    def state(self, row: int, column: int) -> tuple[str, int | None]:
        """Return state and step of a cell, as `Trajectories.status` has them."""
        place, step = int(self.place[row, column]), int(self.step[row, column])
        if place == DIVERGED:
            return "diverged", step
        arrived = place >= 0 and self.places[place].kind in MINIMA
        return ("converged", step) if arrived else ("running", None)


def run_map(
    race: Race,
    lane: int = 0,
    over: Sequence[str] = START,
    x: Window | None = None,
    y: Window | None = None,
    n: int = 256,
    *,
    dtype: Any = None,
    proceed: Proceed = lambda _: True,
) -> Map:
    """Run lane `lane` of the race n by n times: from other starts, or with other hyperparameters.

    `over` are two of "x" and "y", the start's coordinates, and the names of the rule's
    hyperparameters. `x` and `y` are the limits of the grid: by default the surface's domain, or the
    ranges of the sliders. Logarithmic hyperparameters are spaced logarithmically. Everything else
    is the race's: schedule, noise and changes in mid-run. `dtype` is the precision of the paths,
    "float32" or "float64"; by default it is float32 where that tells the cells apart, and the decay
    rates from 1. For `proceed` see `sweep`. RaceError says in a sentence
    what cannot be mapped.
    """
    lane, n = race.index(lane), checks.whole(n, "n, the number of cells along a side,", 2)
    axes = checked_axes(race, lane, over)
    columns, rows = (
        grid(race, lane, axis, checks.window(given, f"The window's {axis}"), n)
        for axis, given in zip(axes, (x, y), strict=True)
    )
    cells = np.stack([part.ravel() for part in np.meshgrid(columns, rows)], axis=1)
    kind = _precision(race, lane, axes, (columns, rows), dtype)
    places, ended = fates(race, lane, axes, cells, kind, proceed)
    place, step, end, loss = (part.reshape(n, n, *part.shape[1:]) for part in ended)
    precision = np.dtype(kind).name
    return Map(race, lane, axes, columns, rows, precision, tuple(places), place, step, end, loss)


def _precision(
    race: Race, lane: int, axes: Sequence[str], values: Sequence[np.ndarray], asked: Any
) -> Any:
    """Return the type of the paths' numbers: float64 if asked for, or if float32 does not do."""
    if asked is not None:
        return checks.precision(asked)
    for axis, along in zip(axes, values, strict=True):
        low, high = _usual(race, lane, axis)
        if along[-1] - along[0] < ZOOMED * (high - low):
            return np.float64
    held = [[*part.values.values()] for part in (race.lanes[lane], *race.changes)]
    numbers = np.concatenate([*held, *values])
    rounded = (numbers != 1) & (numbers.astype(np.float32) == 1)
    return np.float64 if rounded.any() else np.float32


def fates(
    race: Race, lane: int, axes: tuple[str, ...], cells: np.ndarray, dtype: Any, proceed: Proceed
) -> tuple[list[Place], tuple[np.ndarray, ...]]:
    """Return the places where `cells` (N, A) end, and place, step, end and loss of each cell."""
    surface, rule = race.objective, race.lanes[lane].algorithm
    shared, table = conditions_of(race, lane), _table(race, lane, axes)

    def run(cells: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, Verdict]:
        watched = replace(shared, places=points)
        return sweep(
            surface.function, rule, axes, cells, watched, table, dtype=dtype, proceed=proceed
        )

    places, (end, (place, since, stays)) = known_places(surface), run(cells, shared.places)
    strays = np.flatnonzero(stays & (place == NOWHERE))
    place = np.where(stays, place, RUNNING)
    step = np.where(place == RUNNING, -1, since)
    loss = losses(surface.function, race.shape, end)
    loss[place == DIVERGED] = np.nan
    if strays.size:
        points = end[strays]
        rest, kind = rests(surface.function, race.shape, points, shared.near)
        found, which = at_rest(points, rest, kind, shared.near, shared.places)
        came = np.flatnonzero(which >= 0)
        if came.size:
            # Only now it is known what they were on their way to: run them again, and watch that.
            _, again = run(cells[strays[came]], rest[came, None])
            came, begun = came[again.stays], again.since[again.stays]
            place[strays[came]], step[strays[came]] = which[came] + len(places), begun
            places = [*places, *found]
    return places, (place, step, end, loss)


def checked_axes(race: Race, lane: int, axes: Sequence[str]) -> tuple[str, str]:
    """Return the axes if the lane has them, else raise RaceError."""
    lane = race.index(lane)
    if len(axes) != 2 or axes[0] == axes[1]:
        raise RaceError("A map has two different axes, like x,y or lr,alpha.")
    names = dict.fromkeys([*START, *race.lanes[lane].values])
    first, second = (checks.known(name, names, "axis") for name in axes)
    return first, second


def grid(race: Race, lane: int, axis: str, window: Window | None, n: int) -> np.ndarray:
    """Return the n values of an axis of the map."""
    low, high = window or _usual(race, lane, axis)
    if not spaced(race, lane, axis):
        return np.linspace(low, high, n)
    if low <= 0:
        raise RaceError(f"{axis} is spaced logarithmically: its limits must be above 0.")
    return np.geomspace(low, high, n)


def _usual(race: Race, lane: int, axis: str) -> Window:
    """Return the limits of an axis if no others are asked for."""
    if axis in START:
        return getattr(race.objective, axis)
    declared = race.lanes[lane].algorithm.hyperparameters[axis]
    return declared.low, declared.high


def spaced(race: Race, lane: int, axis: str) -> bool:
    """Return whether an axis of the map is spaced logarithmically."""
    return axis not in START and race.lanes[lane].algorithm.hyperparameters[axis].log


def _table(race: Race, lane: int, axes: tuple[str, ...]) -> np.ndarray:
    """Return the hyperparameters that hold, NaN where a cell's own value does."""
    table = np.atleast_2d(in_force(race, lane)).copy()
    names = [*race.lanes[lane].values]
    for name in set(axes) & set(names):
        changes = (c.step for c in race.changes if c.lane == lane and name in c.values)
        table[: min(changes, default=len(table)), names.index(name)] = np.nan
    return table
