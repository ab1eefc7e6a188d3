"""Inspecting a lane: every line of its rule at every step, and what the step is made of."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from optviz.conditions import in_force
from optviz.engine import STEP_LENGTHS, lengthened, padded
from optviz.inspection.plan import Line, plan
from optviz.noise import perturbations
from optviz.programs import PROGRAMS
from optviz.rule import Rule
from optviz.stepping import on_plane
from optviz.trajectories import Trajectories


@dataclass(frozen=True)
class Inspection:
    """What one lane computed in T steps, float64; NaN where it has diverged.

    `values` holds, per line of the rule, its values (T, ...). `taken_at` (T, 2) is where the
    gradient was taken: theta, or ahead of it. The parts of the step, each (T, 2), add up to it:
    `momentum` is what the memory of earlier gradients contributes, `slope` this step's gradient,
    `pull` the position itself (weight decay), `rest` what is not a sum of these. `rate` (T, 2) is
    the effective learning rate of each coordinate, None where the rule has none. `hessian`
    (T+1, 2, 2) is that of the surface, without noise. `stable` (T,) is the largest stable learning
    rate times the largest curvature, None where the rule knows of none.
    """

    lines: tuple[Line, ...]
    values: tuple[np.ndarray, ...]
    taken_at: np.ndarray
    momentum: np.ndarray
    slope: np.ndarray
    pull: np.ndarray
    rest: np.ndarray
    rate: np.ndarray | None
    hessian: np.ndarray
    stable: np.ndarray | None

    def __repr__(self) -> str:
        return f"{', '.join(line.target for line in self.lines)} at {len(self.taken_at)} steps"


def inspect(trajectories: Trajectories, lane: int = 0) -> Inspection:
    """Inspect a lane: run the lines of its rule once more, from the state before every step.

    RaceError if there is no such lane, CannotPrint if the source of the rule cannot be read.
    """
    race = trajectories.race
    lane = race.index(lane)
    rule, surface, steps = race.lanes[lane].algorithm, race.objective, race.steps
    along = np.broadcast_to(in_force(race, lane), (steps, len(rule.hyperparameters)))
    values = dict(zip(rule.hyperparameters, along.T, strict=True))
    limit = rule.limit(**values)
    memory = {name: part[:steps] for name, part in trajectories.memory[lane].items()}
    noise = perturbations(steps, race.noise, race.noise_decay, race.seed)
    size = padded(steps, STEP_LENGTHS)
    given = memory, values, trajectories.multipliers[lane], noise
    given = jax.tree.map(lambda a: lengthened(a, size), given)
    shape = np.array([*race.shape.values()], float)
    arguments = (lengthened(trajectories.theta[lane], size + 1), *given, shape)
    found, hessian = PROGRAMS.run(_program, surface.function, (tuple(race.shape), rule), arguments)
    arrays = {name: np.asarray(array)[:steps] for name, array in found.items()}
    lines = plan(rule).lines
    return Inspection(
        lines=lines,
        values=tuple(arrays.pop(str(index)) for index in range(len(lines))),
        hessian=np.asarray(hessian)[: steps + 1],
        rate=arrays.pop("rate", None),
        stable=None if limit is None else np.broadcast_to(limit, steps),
        **arrays,
    )


def _program(f, names: tuple[str, ...], rule: Rule) -> Callable[..., Any]:
    """Return the compiled inspection of a whole path: what its plan computes, and the Hessian."""
    steps = plan(rule)

    def inspected(theta, memory, values, multipliers, noise, shape):
        loss = on_plane(f, names, shape)
        found = jax.vmap(functools.partial(steps.at, loss))(
            theta[:-1], memory, values, multipliers, noise
        )
        return found, jax.vmap(jax.hessian(loss))(theta)

    return jax.jit(inspected)
