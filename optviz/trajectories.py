"""Running a race: trajectories of all its lanes, and what became of each."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import dist, floor, hypot, log10
from typing import NamedTuple

import numpy as np

from optviz import engine
from optviz.noise import perturbations
from optviz.race import Race
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
    surface = race.objective
    multipliers = scheduled(race)
    noise = perturbations(race.steps, race.noise, race.noise_decay, race.seed)
    bounds = bounds_of(surface, race.start)
    course = engine.Course.of(np.array(race.start), race.shape, multipliers, noise, bounds)
    lanes = [(lane.algorithm, in_force(race, index)) for index, lane in enumerate(race.lanes)]
    done = engine.run(surface.function, lanes, course)
    near = nearest(done.theta, surface.minima)
    within = near <= tolerance_of(surface)
    facts = zip(done.theta, done.grad, done.left_at, done.rest, done.bend, strict=True)
    return Trajectories(
        race=race,
        theta=done.theta,
        loss=done.loss,
        grad=done.grad,
        memory=done.memory,
        multipliers=multipliers,
        status=tuple(judged(surface, *lane) for lane in facts),
        distance=near[:, -1],
        steps_to_tolerance=tuple(int(row.argmax()) if row.any() else None for row in within),
        notes=_notes(race, done.grad),
    )


def scheduled(race: Race) -> np.ndarray:
    """Return the multiplier (T,) of the learning rate at every step."""
    begun = SCHEDULES[race.schedule.slug].multipliers(race.steps, **race.schedule.values)
    for change in race.changes:
        if other := change.schedule:
            later = SCHEDULES[other.slug].multipliers(race.steps, **other.values)
            begun[change.step :] = later[change.step :]
    return begun


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


def bounds_of(surface: Surface, start: Point) -> np.ndarray:
    """Return centre and half width (3,) of where a lane may be, from the domain and the start."""
    centre = [(low + high) / 2 for low, high in (surface.x, surface.y)]
    sides = [(high - low) / 2 for low, high in (surface.x, surface.y)]
    reach = max(*sides, *(abs(s - c) for s, c in zip(start, centre, strict=True)))
    return np.array([*centre, engine.FAR * reach])


def tolerance_of(surface: Surface) -> float:
    """Return how near to a minimum a lane has arrived."""
    (left, right), (low, high) = surface.x, surface.y
    return TOLERANCE * hypot(right - left, high - low)


def nearest(theta: np.ndarray, points: Sequence[Point]) -> np.ndarray:
    """Return the distance (...) of theta (..., 2) to the nearest of the points, NaN without any."""
    if not points:
        return np.full(theta.shape[:-1], np.nan)
    x, y = theta[..., 0], theta[..., 1]
    with np.errstate(over="ignore"):
        squares = [(x - a) ** 2 + (y - b) ** 2 for a, b in points]
        return np.sqrt(functools.reduce(np.minimum, squares))


def judged(
    surface: Surface,
    theta: np.ndarray,
    grad: np.ndarray,
    left_at: int,
    rest: np.ndarray,
    bend: float,
) -> Status:
    """Judge one lane by its theta (T+1, 2), its gradient there, and the engine's last words."""
    if left_at < len(theta):
        return Status("diverged", int(left_at), f"diverged at step {left_at}")
    tolerance, last = tolerance_of(surface), theta[-1].tolist()
    for kind, point in _places(surface, rest, bend):
        if dist(last, point) > tolerance:
            continue
        at = f"{kind} {point_text(point, tolerance)}"
        if "minimum" not in kind:
            return Status("running", None, f"at the {at}")
        away = nearest(theta, [point]) > tolerance
        step = len(away) - int(away[::-1].argmax()) if away.any() else 0
        return Status("converged", step, f"converged at step {step}: {at}")
    if not grad[-1].any():
        return Status("running", None, "stands still: the gradient is zero here")
    return Status("running", None, "still on its way")


# What a place without a gradient is, by how the surface bends there.
KINDS = {1.0: "local minimum", 0.0: "saddle", -1.0: "maximum"}


def known_places(surface: Surface) -> list[tuple[str, Point]]:
    """Return the places without a gradient that the surface declares, each with what it is."""
    return [
        *(("minimum", point) for point in surface.minima),
        *(("local minimum", point) for point in surface.local_minima),
        *(("saddle", point) for point in surface.saddles),
    ]


def _places(surface: Surface, rest: np.ndarray, bend: float) -> Iterator[tuple[str, Point]]:
    """Yield where a lane may end: what is known of the surface, then what its last point tells."""
    known, own = known_places(surface), (float(rest[0]), float(rest[1]))
    yield from known
    # Near a known place the prediction is that place, and it is not reached yet.
    tolerance = tolerance_of(surface)
    if np.isfinite(rest).all() and all(dist(own, point) > tolerance for _, point in known):
        yield KINDS[float(bend)], own


def point_text(point: Point, tolerance: float) -> str:
    """Return a point with as many decimals as the tolerance tells apart, and one more."""
    decimals = max(0, 1 - floor(log10(tolerance)))
    x, y = (round(value, decimals) + 0.0 for value in point)
    return f"({x:g}, {y:g})"


def _notes(race: Race, grad: np.ndarray) -> tuple[str, ...]:
    # Noise moves a point off a place without a gradient.
    if grad[0, 0].any() or race.noise:
        return ()
    return ("The gradient is zero at the start: a rule that only follows it stays there.",)
