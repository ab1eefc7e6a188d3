"""Ensembles: one lane of a race under many seeds of its noise at once."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import jax
import numpy as np

from optviz import checks, engine, stepping
from optviz.conditions import conditions_of, in_force, tolerance_of
from optviz.noise import many_perturbations
from optviz.proceed import Proceed, StoppedError
from optviz.programs import PROGRAMS
from optviz.race import Race
from optviz.status import Status, statuses
from optviz.trajectories import nearest

# So many seeds run together: a few that follow a thumb, and as many as are looked at in rest.
TILES = (64, 256)
# The median, and the limits of the bands that hold half and nine tenths of all seeds.
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
STATES = ("converged", "running", "diverged")


@dataclass(frozen=True)
class Ensemble:
    """What S seeds of the noise made of a lane in T steps; everything is float64.

    Member s is the race with the seed `race.seed + s`. `end` (S, 2) is its last point, not a number
    if it diverged, and `status` what became of it, as `Trajectories` has them; `distance` (S,) is
    that of the last point to the nearest known global minimum, NaN without one. `loss` (5, T+1)
    holds the quantiles LEVELS of the surface's own loss at every step, without noise. Each is the
    loss of one of the members, the least that as large a share of them does not exceed; the loss of
    a member is infinite from the step on at which it diverged.
    """

    race: Race
    lane: int
    end: np.ndarray
    loss: np.ndarray
    status: tuple[Status, ...]
    distance: np.ndarray

    def __repr__(self) -> str:
        shares = ", ".join(f"{share:.1%} {state}" for state, share in self.shares.items() if share)
        return f"{self.race.lanes[self.lane].label}: {len(self.status)} seeds, {shares}"

    @property
    def shares(self) -> Mapping[str, float]:
        """The share of the members in each of STATES at the last step; together they are 1."""
        counts = Counter(status.state for status in self.status)
        return {state: counts[state] / len(self.status) for state in STATES}

    @property
    def lowest(self) -> float:
        """The share of the members that converged to a known global minimum."""
        converged = [status.state == "converged" for status in self.status]
        return float(np.mean(converged & (self.distance <= tolerance_of(self.race.objective))))


def run_ensemble(
    race: Race, lane: int = 0, seeds: int = 256, *, proceed: Proceed = lambda _: True
) -> Ensemble:
    """Run lane `lane` of the race once for each of `seeds` seeds, in float64, as `run` would.

    The seeds are race.seed, race.seed + 1, and so on; without noise all of them are the same run.
    RaceError if there is no such lane, or not at least one seed. `proceed` is told before every
    part of the work how many seeds are done; it may return False, which raises StoppedError.
    Memory: 8 bytes per seed and step, and what TILES[-1] seeds need at once.
    """
    lane = race.index(lane)
    count = checks.whole(seeds, "The number of seeds", least=1)
    parts = []
    for begin in range(0, count, TILES[-1]):
        if not proceed(begin):
            raise StoppedError
        parts.append(_part(race, lane, range(begin, min(count, begin + TILES[-1]))))
    ends, losses, statuses = zip(*parts, strict=True)
    end = np.concatenate(ends)
    return Ensemble(
        race=race,
        lane=lane,
        end=end,
        loss=quantiles(np.concatenate(losses, axis=1)),
        status=tuple(status for part in statuses for status in part),
        distance=nearest(end, race.objective.minima),
    )


def quantiles(values: np.ndarray) -> np.ndarray:
    """Return the quantiles LEVELS (5, N) of `values` (N, S), each one of them, infinite or not."""
    count = values.shape[1]
    ranks = [ceil(level * count) - 1 for level in LEVELS]
    return np.partition(values, ranks, axis=1)[:, ranks].T


def _part(race: Race, lane: int, members: range) -> tuple[np.ndarray, np.ndarray, list[Status]]:
    """Run some members M: return their ends (M, 2), their losses (T+1, M), and their status.

    They run as `engine.run` runs lanes; of their memory nothing is kept.
    """
    f, rule, shared = race.objective.function, race.lanes[lane].algorithm, conditions_of(race, lane)
    length, size = shared.length, engine.padded(len(members), TILES)
    table = np.zeros((length, len(rule.hyperparameters)))
    table[: race.steps] = in_force(race, lane)
    noise = np.zeros((size, length, 2))
    seeds = range(race.seed + members.start, race.seed + members.stop)
    noise[: len(seeds), : race.steps] = many_perturbations(
        race.steps, race.noise, race.noise_decay, seeds
    )
    arguments = noise, table, shared.start, shared.shape, shared.multipliers
    theta = PROGRAMS.run(_program, f, (shared.shape_names, rule), arguments, busy=True)
    done = engine.judge(f, theta, shared, [{}] * len(members))
    steps = np.arange(race.steps + 1)
    end = np.where(done.left[:, None] <= race.steps, np.nan, done.theta[:, -1])
    loss = np.where(steps[:, None] >= done.left, np.inf, done.loss.T)
    return end, loss, [*statuses(race, done, [lane] * len(members))]


def _program(f, names: tuple[str, ...], rule) -> Callable[..., Any]:
    """Return the run of one tile, its noise (S, P, 2) to theta (S, P+1, 2)."""

    def member(noise, table, start, shape, multipliers):
        loss, along = stepping.on_plane(f, names, shape), (table, multipliers, noise)
        return stepping.path(rule, loss, start, along, keep=lambda state: state[0])

    return jax.jit(jax.vmap(member, in_axes=(0, None, None, None, None)))
