"""What became of a lane, in words that say what its run has shown, and no more."""

from collections.abc import Sequence
from math import floor, log10
from typing import NamedTuple

import numpy as np

from optviz.conditions import in_force, known_places, tolerance_of
from optviz.engine import Run
from optviz.parts import scheduled
from optviz.race import Race
from optviz.verdict import FEW, KINDS, OUTSIDE, wait
from surfaces.surface import Point, Surface

# A lane that moves by less than this share of the tolerance in a step stands still.
STILL = 1e-9
# Of so many last points each must be where the last but one was.
HOPS = 8
# Steps within a place are news if they are longer than this share of the tolerance, and get no
# shorter: in the later half of those that are judged they are, on average, at least this share of
# those before; and if they lead back: the way as the crow flies is at most this share of them all.
NOTICED, SHORTER, BACK = 0.1, 0.99, 0.5
# Steps within a place that are so many times as long in the later half, on average, grow; shorter
# ones than this share of the tolerance are rounding.
GROWN, FELT = 4, 1e-6
# Who comes back at every other step to within this share of a step goes back and forth.
BETWEEN = 1e-3
# Places that a path stays at are minima of some kind, or it is only held up there.
MINIMA = ("minimum", "local minimum", "valley of minima")


class Status(NamedTuple):
    """What became of a lane: "converged", "running" or "diverged", and the step at which.

    `step` is the first step from which on the lane stayed at a minimum, even if it goes on hopping
    about there, or the step at which it left all bounds or was no number; None while it is running.
    `text` says it in a sentence.
    """

    state: str
    step: int | None
    text: str


def statuses(race: Race, done: Run, lanes: Sequence[int]) -> tuple[Status, ...]:
    """Return what became of every path of a run, of which `lanes` are the race's lanes."""
    return tuple(_status(race, done, path, lane) for path, lane in enumerate(lanes))


def _status(race: Race, done: Run, path: int, lane: int) -> Status:
    surface = race.objective
    place, since, stays = (int(part[path]) for part in done.verdict)
    if place == OUTSIDE:
        return _outside(race, done, path, lane)
    if place < 0:
        return Status("running", None, _moving(race, done, path, lane))
    known = known_places(surface)
    rest = float(done.rest[path, 0]), float(done.rest[path, 1])
    kind, point = known[place] if place < len(known) else (KINDS[done.kind[path]], rest)
    at = place_text(kind, point, tolerance_of(surface))
    if not stays:
        late = race.steps - since < FEW
        return Status(
            "running", None, f"near {at} " + ("at the end" * late or f"since step {since}")
        )
    if kind not in MINIMA:
        return Status("running", None, f"at {at}")
    if how := _restless(done.theta[path], tolerance_of(surface)):
        return Status("converged", since, f"near {at} since step {since}; {how}")
    return Status("converged", since, f"converged at step {since}: {at.removeprefix('the ')}")


def _outside(race: Race, done: Run, path: int, lane: int) -> Status:
    """Judge a path that left: what is far and comes nearer may be back later; nobody knows."""
    step = int(done.verdict.since[path])
    if not done.verdict.stays[path]:
        return Status("running", None, f"far outside since step {step}, but on its way back")
    if why := _no_number(race, done, path, lane, step):
        return Status("diverged", step, f"not a number since step {step}, because {why}")
    left = outside_since(done.theta[path], race.objective)
    if left < 0:
        return Status("diverged", step, f"diverged at step {step}")
    # Where there is no minimum, who leaves has not failed.
    if race.objective.endless:
        beyond = f"; beyond all bounds at step {step}" * (left < step)
        escaped = escaped_since(done.loss[path, : step + 1], race.objective)
        return Status("diverged", step, _gone(left, escaped) + beyond)
    before = f"; {_gone(left)}" * (0 < left < step)
    return Status("diverged", step, f"diverged at step {step}{before}")


def _restless(theta: np.ndarray, near: float) -> str:
    """Say of a path theta (T+1, 2) that stays somewhere that it does not come to rest, if so."""
    last = theta[-1 - wait(len(theta) - 1) :]
    strides = np.hypot(*np.diff(last, axis=0).T)
    half = len(strides) // 2 or 1
    if len(strides) == half:
        return ""
    before, later = strides[:half].mean(), strides[half:].mean()
    if later > FELT * near and later >= GROWN * before:
        return "its steps grow"
    back = np.hypot(*(last[-1] - last[0])) <= BACK * strides.sum()
    hops = later > NOTICED * near and later >= SHORTER * before and back
    return "its steps get no shorter" * bool(hops)


def outside_since(theta: np.ndarray, surface: Surface) -> int:
    """Return the step from which on a path theta (T+1, 2) is out of the domain; -1 if it is not."""
    (left, right), (low, high) = surface.x, surface.y
    x, y = theta.T
    return _lasting(~((left <= x) & (x <= right) & (low <= y) & (y <= high)))


def escaped_since(loss: np.ndarray, surface: Surface) -> int:
    """Return the step from which on a loss (T+1,) is below all saddles; -1 if it is not."""
    height = surface.saddle_height
    return -1 if height is None else _lasting(loss < height)


def _lasting(holds: np.ndarray) -> int:
    """Return the first step from which on something holds; -1 if it does not in the end."""
    if not holds[-1]:
        return -1
    return 0 if holds.all() else len(holds) - int(holds[::-1].argmin())


def _gone(left: int, escaped: int = -1) -> str:
    """Say since which step a path is below all saddles, and since which outside of the domain."""
    if escaped > 0:
        return f"left the saddle at step {escaped}" + f", the domain at step {left}" * (left > 0)
    return f"left the domain at step {left}" if left else "outside of the domain all the way"


def _no_number(race: Race, done: Run, path: int, lane: int, step: int) -> str:
    """Return why a path is no number from a step on; nothing if it just grew beyond all numbers."""
    theta = done.theta[path]
    remembered = done.memory[path].values() if done.memory else ()
    grew = any(np.isinf(part[step]).any() for part in remembered)
    if not np.isnan(theta[step]).any():
        return "the loss is none here" if np.isnan(done.loss[path, step]) else ""
    if step == 0 or grew or not np.isfinite(done.grad[path, step - 1]).all():
        return ""
    declared = race.lanes[lane].algorithm.hyperparameters
    unusual = {
        name: value
        for (name, usual), value in zip(declared.items(), _at(race, lane, step - 1), strict=True)
        if name != "lr" and not usual.low <= value <= usual.high
    }
    told = ", ".join(f"{name} = {_exact(value)}" for name, value in unusual.items())
    if told and {*unusual.values()} <= {0.0, 1.0}:
        return f"its step divided by zero ({told})"
    return "its step has no value" + f" with {told}" * bool(told)


def _at(race: Race, lane: int, step: int) -> np.ndarray:
    """Return the hyperparameters (H,) of a lane at a step, in its rule's order."""
    return np.broadcast_to(in_force(race, lane), (race.steps, len(race.lanes[lane].values)))[step]


def _exact(value: float) -> str:
    """Return a number with as many digits as it takes to be no other: 0.999999999 is not 1."""
    texts = (f"{value:.{digits}g}" for digits in range(6, 18))
    return next(text for text in texts if float(text) == value or text == "nan")


def _moving(race: Race, done: Run, path: int, lane: int) -> str:
    """Say of a path that is at no place how it moves, and whether there is a gradient."""
    still = STILL * tolerance_of(race.objective)
    stride = np.hypot(*np.subtract(*done.theta[path, :-3:-1]))
    level = not done.grad[path, -1].any()
    if stride > still:
        left = outside_since(done.theta[path], race.objective)
        if race.objective.endless:
            escaped = escaped_since(done.loss[path], race.objective)
            if escaped > 0 or left >= 0:
                return _gone(left, escaped)
        higher = ", and higher than where it began" * bool(done.loss[path, -1] > done.loss[path, 0])
        if level:
            return f"not converged{higher}, though the gradient is zero here"
        return f"not converged{higher}{_way(race, done, path, still)}"
    if level:
        return "stands still: the gradient is zero here"
    values = dict(zip(race.lanes[lane].values, _at(race, lane, -1), strict=True))
    if values["lr"] != 0 and scheduled(race, lane)[-1] == 0:
        # It may have moved until then.
        return "not converged: the schedule has come to 0, the gradient has not"
    what = "its step" if values["lr"] else "its learning rate"
    return f"stands still: {what} is 0, the gradient is not"


def _way(race: Race, done: Run, path: int, still: float) -> str:
    """Say of a path that moves how it does: between two points, out of the domain, or hardly."""
    last = done.theta[path][-HOPS:]
    strides = np.hypot(*np.diff(last, axis=0).T)
    back = np.hypot(*(last[2:] - last[:-2]).T)
    if len(last) == HOPS and (back <= max(still, BETWEEN * strides.min())).all():
        return "; it goes back and forth between two points"
    if (left := outside_since(done.theta[path], race.objective)) >= 0:
        return f"; {_gone(left)}"
    size = f"{np.hypot(*done.grad[path, -1]):.3g}"
    # Long steps may lead to nowhere, too.
    hardly = done.verdict.stays[path] and strides.max() <= tolerance_of(race.objective)
    return f"; it hardly moves, and the gradient is {size}" * bool(hardly)


def place_text(kind: str, point: Point | None, tolerance: float) -> str:
    """Return a place as it is named: the minimum (1, 1); one without a point is one of many."""
    if point is None:
        return f"a {kind}"
    if "valley" in kind or "ridge" in kind:
        return f"a {kind} at {point_text(point, tolerance)}"
    return f"the {kind} {point_text(point, tolerance)}"


def point_text(point: Point, tolerance: float) -> str:
    """Return a point with as many decimals as the tolerance tells apart, and one more."""
    decimals = max(0, 1 - floor(log10(tolerance)))
    x, y = (round(value, decimals) + 0.0 for value in point)
    return f"({x:g}, {y:g})"
