"""What one lane of a race did, taken out of the whole, and the whole as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from optviz.checks import RaceError
from optviz.parts import Lane


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
    status: Any
    distance: float
    steps_to_tolerance: int | None

    def __repr__(self) -> str:
        return f"{self.lane.label}: {self.status.text}; loss {self.loss[-1]:.4g}"


class ByLane:
    """Trajectories that may be looked at lane by lane."""

    race: Any
    theta: np.ndarray
    loss: np.ndarray
    grad: np.ndarray

    def __len__(self) -> int:
        return len(self.race.lanes)

    def __iter__(self) -> Iterator[Trajectory]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, lane: int | str) -> Trajectory:
        """Return what a lane did, given by its number or its label; RaceError if there is none."""
        index = self.race.index(lane)
        shared = ("theta", "loss", "grad", "memory", "status", "distance", "steps_to_tolerance")
        parts = {name: getattr(self, name)[index] for name in shared}
        return Trajectory(self.race.lanes[index], **parts)

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
