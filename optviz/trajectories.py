"""Running a race: trajectories of all its lanes, what became of each, and all of it as a table."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib import import_module
from typing import Any

import numpy as np

from optviz import engine
from optviz.checks import RaceError
from optviz.conditions import conditions_of, in_force, tolerance_of
from optviz.parts import Lane
from optviz.race import Race
from optviz.status import Status, statuses
from surfaces.surface import Point

LEVEL = "The gradient is zero at the start: a rule that only follows it stays there."


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What one lane did in T steps: the parts of `Trajectories` that are about it.

    `theta` (T+1, 2), `loss` (T+1,), `grad` (T+1, 2) and `memory`, name -> (T+1, ...), are views.
    """

    lane: Lane
    theta: np.ndarray
    loss: np.ndarray
    grad: np.ndarray
    memory: Mapping[str, np.ndarray]
    status: Status
    distance: float
    steps_to_tolerance: int | None

    def __repr__(self) -> str:
        return f"{self.lane.label}: {self.status.text}; loss {self.loss[-1]:.4g}"


@dataclass(frozen=True, repr=False, eq=False)
class Trajectories:
    """What the L lanes of a race did in T steps; everything is float64, index 0 is the start.

    `theta` (L, T+1, 2), and the surface's own `loss` (L, T+1) and `grad` (L, T+1, 2) there,
    without noise; NaN after a lane has diverged. `memory` holds, per lane, what its rule
    remembered: name -> (T+1, ...). `multipliers` (L, T) are the schedule's. `distance` (L,) is that
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

    def __len__(self) -> int:
        return len(self.race.lanes)

    def __iter__(self) -> Iterator[Trajectory]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, lane: int | str) -> Trajectory:
        """Return what a lane did, given by its number or its label; RaceError if there is none."""
        index = self.race.index(lane)
        parts = [getattr(self, part.name)[index] for part in fields(Trajectory)[1:]]
        return Trajectory(self.race.lanes[index], *parts)

    def __repr__(self) -> str:
        head = f"{self.race.objective.name}, {self.race.steps} steps"
        return "\n  ".join([head, *map(repr, self)])

    def to_frame(self) -> Any:
        """Return a pandas.DataFrame with a row for each point of each lane.

        Its columns are the `lane`, counted from 0, its `label`, the `step`, `x`, `y`, the `loss`,
        `grad_x` and `grad_y`. RaceError if pandas is not installed.
        """
        try:
            pandas: Any = import_module("pandas")
        except ImportError:
            raise RaceError("A table needs pandas: pip install pandas.") from None
        lanes, points = self.loss.shape
        labels = [lane.label for lane in self.race.lanes]
        return pandas.DataFrame(
            {
                "lane": np.repeat(np.arange(lanes), points),
                "label": np.repeat(np.array(labels, object), points),
                "step": np.tile(np.arange(points), lanes),
                **dict(zip("xy", self.theta.reshape(-1, 2).T, strict=True)),
                "loss": self.loss.ravel(),
                **dict(zip(("grad_x", "grad_y"), self.grad.reshape(-1, 2).T, strict=True)),
            }
        )


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
        multipliers=shared.multipliers[:, : race.steps],
        status=statuses(race, done, lanes),
        distance=near[:, -1],
        steps_to_tolerance=tuple(int(row.argmax()) if row.any() else None for row in within),
        # Noise moves a point off a place without a gradient.
        notes=() if done.grad[0, 0].any() or race.noise else (LEVEL,),
    )


def nearest(theta: np.ndarray, points: Sequence[Point]) -> np.ndarray:
    """Return the distance (...) of theta (..., 2) to the nearest of the points, NaN without any."""
    if not points:
        return np.full(theta.shape[:-1], np.nan)
    x, y = theta[..., 0], theta[..., 1]
    with np.errstate(over="ignore"):
        squares = [(x - a) ** 2 + (y - b) ** 2 for a, b in points]
        return np.sqrt(functools.reduce(np.minimum, squares))
