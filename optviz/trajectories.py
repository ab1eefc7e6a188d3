"""Running a race: trajectories of all its lanes, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

import numpy as np

from optviz import engine
from optviz.noise import perturbations
from optviz.race import Race
from optviz.rule import Rule
from optviz.schedules import SCHEDULES
from surfaces import Surface
from surfaces.surface import Point

# A lane has arrived when it stays within this share of the domain's diagonal of a minimum.
TOLERANCE = 1e-3


class Status(NamedTuple):
    """What became of a lane: "converged", "running" or "diverged", and the step at which.

    `step` is the first step from which on the lane stayed at a minimum, or the step at which it
    left all bounds; None while it is running. `text` says it in a sentence.
    """

    state: str
    step: int | None
    text: str


@dataclass(frozen=True)
class Trajectories:
    """What the L lanes of a race did in T steps; everything is float64, index 0 is the start.

    `theta` (L, T+1, 2), and the surface's own `loss` (L, T+1) and `grad` (L, T+1, 2) there,
    without noise; NaN after a lane has diverged. `memory` holds, per lane, what its rule
    remembered: name -> (T+1, ...). `multipliers` (T,) are the schedule's. `distance` (L,) is that
    of the last point to the nearest known global minimum, NaN without one; `steps_to_tolerance`
    the first step that came within TOLERANCE of the domain's diagonal of it, or None. `notes` are
    sentences about the whole race.
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
    surface, schedule = race.objective, race.schedule
    multipliers = SCHEDULES[schedule.slug].multipliers(race.steps, **schedule.values)
    noise = perturbations(race.steps, race.noise, race.noise_decay, race.seed)
    bounds = _bounds(surface, race.start)
    course = engine.Course.of(np.array(race.start), race.shape, multipliers, noise, bounds)
    theta, loss, grad, memory, left_at, rest = _lanes(race, course)
    near = _distance(theta, surface.minima)
    within = near <= _tolerance(surface)
    status = tuple(_status(surface, *lane) for lane in zip(theta, grad, left_at, rest, strict=True))
    return Trajectories(
        race=race,
        theta=theta,
        loss=loss,
        grad=grad,
        memory=memory,
        multipliers=multipliers,
        status=status,
        distance=near[:, -1],
        steps_to_tolerance=tuple(int(row.argmax()) if row.any() else None for row in within),
        notes=_notes(grad),
    )


def _lanes(race: Race, course: engine.Course):
    """Return theta, loss, grad, memory, left_at and rest of all lanes, in the race's order."""
    groups: dict[Rule, list[int]] = {}
    for index, lane in enumerate(race.lanes):
        groups.setdefault(lane.algorithm, []).append(index)
    started = [
        (engine.launch(race.objective.function, rule, _values(race, members), course), members)
        for rule, members in groups.items()
    ]
    count, points = len(race.lanes), race.steps + 1
    theta, loss, grad = (np.empty((count, points, *tail)) for tail in ((2,), (), (2,)))
    left_at, rest = np.empty(count, int), np.empty((count, 2))
    memory: list[Mapping[str, np.ndarray]] = [{}] * count
    for wait, members in started:
        done = wait()
        theta[members], loss[members], grad[members] = done.theta, done.loss, done.grad
        left_at[members], rest[members] = done.left_at, done.rest
        for row, index in enumerate(members):
            memory[index] = {name: values[row] for name, values in done.memory.items()}
    return theta, loss, grad, tuple(memory), left_at, rest


def _values(race: Race, members: list[int]) -> np.ndarray:
    return np.array([[*race.lanes[index].values.values()] for index in members])


def _bounds(surface: Surface, start: Point) -> np.ndarray:
    """Return centre and half width (3,) of where a lane may be, from the domain and the start."""
    centre = np.array([np.mean(surface.x), np.mean(surface.y)])
    reach = max(np.ptp(surface.x) / 2, np.ptp(surface.y) / 2, *np.abs(centre - start))
    with np.errstate(over="ignore"):
        return np.array([*centre, engine.FAR * reach])


def _tolerance(surface: Surface) -> float:
    (left, right), (low, high) = surface.x, surface.y
    return TOLERANCE * hypot(right - left, high - low)


def _distance(theta: np.ndarray, points: Iterable[Point]) -> np.ndarray:
    """Return the distance (...) of theta (..., 2) to the nearest of the points, NaN without any."""
    gaps = [np.hypot(theta[..., 0] - x, theta[..., 1] - y) for x, y in points]
    return np.min(gaps, axis=0) if gaps else np.full(theta.shape[:-1], np.nan)


def _status(
    surface: Surface, theta: np.ndarray, grad: np.ndarray, left_at: int, rest: np.ndarray
) -> Status:
    """Judge one lane by its theta (T+1, 2), its gradient there, and the engine's last words."""
    if left_at < len(theta):
        return Status("diverged", int(left_at), f"diverged at step {left_at}")
    tolerance = _tolerance(surface)
    places = {"minimum": surface.minima, "local minimum": (*surface.local_minima, tuple(rest))}
    for kind, points in places.items():
        for point in points:
            if _distance(theta[-1], [point]) <= tolerance:
                away = _distance(theta, [point]) > tolerance
                step = len(away) - int(away[::-1].argmax()) if away.any() else 0
                return Status("converged", step, f"converged at step {step} to {_at(kind, point)}")
    if not grad[-1].any():
        return Status("running", None, "stands still: the gradient is zero here")
    return Status("running", None, "still on its way")


def _at(kind: str, point: Point) -> str:
    return f"the {kind} ({point[0]:.3g}, {point[1]:.3g})"


def _notes(grad: np.ndarray) -> tuple[str, ...]:
    if grad[0, 0].any():
        return ()
    return ("The gradient is zero at the start: a rule that only follows it stays there.",)
