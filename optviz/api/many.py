"""Requests about one lane that is run very many times, and their replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz import checks
from optviz.api.asked import OfLane, Options, Reply, side, window
from optviz.checks import RaceError
from optviz.conditions import Place
from optviz.ensemble import LEVELS, STATES, run_ensemble
from optviz.limits import MAX_CELL_STEPS, MAX_SEED_STEPS, MAX_SEEDS
from optviz.maps.finder import RATES, STARTS, find_rate, starts_of
from optviz.maps.grids import Window, checked_axes, grid, run_map, spaced
from optviz.maps.stability import stable_rates
from optviz.maps.sweep import START
from optviz.proceed import Proceed
from optviz.race import Race


@dataclass(frozen=True)
class MapAsked(OfLane):
    """Run a lane from a grid of starts, or with a grid of hyperparameters: what became of each."""

    path = "/map"
    options = OfLane.options | {"over": "over", "x": "across", "y": "up", "n": "n"}
    over: tuple[str, str]
    x: Window | None
    y: Window | None
    n: int

    @classmethod
    def parts(cls, race: Race, options: Options, /) -> dict[str, Any]:
        """Return the lane and the grid, with the usual limits where none are given."""
        n, lane = side(options, 64), race.index(options.get("lane", 0))
        over = checked_axes(race, lane, tuple(options.get("over", ",".join(START)).split(",")))
        ends = {}
        for axis, which in zip(over, ("x", "y"), strict=True):
            first, last = grid(race, lane, axis, window(options, which, axis), 2)
            ends[which] = float(first), float(last)
        if n * n * race.steps > MAX_CELL_STEPS:
            most = MAX_CELL_STEPS // race.steps
            raise RaceError(
                f"With {race.steps} steps a map has at most {most} cells; n x n is {n * n}."
            )
        return {"lane": lane, "over": over, **ends, "n": n}

    @property
    def cost(self) -> int:
        """All cells together."""
        return self.n * self.n * self.race.steps

    def answer(self, proceed: Proceed, /) -> Reply:
        """Run a lane over a grid of starts or of hyperparameters: what became of every cell.

        The header's `places` are where cells ended, each with its `kind` and its `point`, null for
        all others of a kind; `precision` is that of the paths. The arrays are `place` (n, n), the
        index of a place, -1 for a cell that has not converged and -2 for one that diverged;
        `step` (n, n), the first step from which on it stayed there, or at which it diverged, -1
        while it is on its way; `excess` (n, n), the final loss above the surface's lowest value;
        and, where theory knows it, `stable` (n,), the largest stable learning rate along the axis
        that is not the learning rate.
        """
        race, lane = self.race, self.lane
        done = run_map(race, lane, self.over, self.x, self.y, self.n, proceed=proceed)
        rows_vary = done.axes[0] == "lr"
        others = (done.axes[1], done.y) if rows_vary else (done.axes[0], done.x)
        stable = stable_rates(race, lane, *others) if "lr" in done.axes else None
        header = {
            "query": race.to_query(),
            "lane": lane,
            "axes": list(done.axes),
            "x": [done.x[0], done.x[-1]],
            "y": [done.y[0], done.y[-1]],
            "log": [spaced(race, lane, axis) for axis in done.axes],
            "n": self.n,
            "precision": done.precision,
            "places": _placed(done.places),
        }
        arrays = {"place": done.place, "step": done.step, "excess": self.above(done.loss)}
        return header, arrays | ({} if stable is None else {"stable": stable})


def _placed(places: Sequence[Place]) -> list[dict[str, Any]]:
    return [{"kind": kind, "point": point and list(point)} for kind, point in places]


@dataclass(frozen=True)
class RatesAsked(OfLane):
    """Find a learning rate for a lane: what every rate comes to, and what a range test says."""

    path = "/rates"
    options = OfLane.options | {"rough": "rough"}
    rough: bool

    @classmethod
    def parts(cls, race: Race, options: Options, /) -> dict[str, Any]:
        """Return the lane, and whether float32 will do."""
        return super().parts(race, options) | {"rough": checks.switch(options, "rough")}

    @property
    def cost(self) -> int:
        """All rates from all starts together."""
        return RATES * STARTS * self.race.steps

    def answer(self, proceed: Proceed, /) -> Reply:
        """Find a learning rate for a lane: what every rate comes to, and the range test.

        The header has the `suggested` rate, the limits of those as `good`, the `blow_up`, from
        which on it diverged at all rates tried, and where the range test is `steepest`, each null
        if there is none; `notes` say it in sentences. `places`, `place`, `step` and `excess`, all
        (n,) as in a map, are of each `rate` (n,); `around` (2, n) are the quartiles of the excess
        from starts nearby, infinite where they diverged, as the share `lost_around` (n,) did.
        `ramp` (T,) is the excess after each step of the range test, whose rate grows exponentially
        from the first to the last rate. `nearby` (15, 2) are the starts nearby, from the race's own
        on. `rough` computes in float32.
        """
        dtype = np.float32 if self.rough else np.float64
        found = find_rate(self.race, self.lane, dtype=dtype, proceed=proceed)
        header = {
            "query": self.race.to_query(),
            "lane": self.lane,
            "suggested": found.suggested,
            "good": found.good,
            "blow_up": found.blow_up,
            "steepest": found.steepest,
            "notes": found.notes,
            "range": [found.rate[0], found.rate[-1]],
            "places": _placed(found.places),
        }
        return header, {
            "rate": found.rate,
            "place": found.place,
            "step": found.step,
            "excess": self.above(found.loss),
            "around": self.above(found.around),
            "lost_around": found.lost_around,
            "ramp": self.above(found.ramp_loss),
            "nearby": starts_of(self.race)[1:] - self.race.start,
        }


@dataclass(frozen=True)
class EnsembleAsked(OfLane):
    """Run a lane under many seeds of its noise: where they end, and quantiles of their loss."""

    path = "/ensemble"
    options = OfLane.options | {"seeds": "seeds"}
    seeds: int

    @classmethod
    def parts(cls, race: Race, options: Options, /) -> dict[str, Any]:
        """Return the lane and the number of seeds."""
        parts = super().parts(race, options)
        if not race.noise:
            raise RaceError("Without noise every seed gives the same run: ask with noise above 0.")
        seeds = checks.whole(options.get("seeds", 256), "seeds, the number of seeds,", 1)
        most = min(MAX_SEEDS, MAX_SEED_STEPS // race.steps)
        if seeds > most:
            raise RaceError(
                f"With {race.steps} step{'s' * (race.steps > 1)} an ensemble has at most {most} "
                f"seeds; seeds is {checks.typed(options.get('seeds', seeds))}."
            )
        return parts | {"seeds": seeds}

    @property
    def cost(self) -> int:
        """All seeds together."""
        return self.seeds * self.race.steps

    def answer(self, proceed: Proceed, /) -> Reply:
        """Run a lane under many seeds of its noise: where they end, and quantiles of the loss.

        The header has the `shares` of the seeds that are in each of the `states` at the last step,
        and that of the `lowest`: those converged to a known global minimum. The arrays are `end`
        (S, 2), not a number for a seed that diverged; `state` (S,), which of the states; `step`
        (S,), at which it converged or diverged, -1 while it is running; and `excess` (5, T+1), the
        `quantiles` of the loss above the surface's lowest value, infinite where so many seeds have
        diverged.
        """
        done = run_ensemble(self.race, self.lane, self.seeds, proceed=proceed)
        header = {
            "query": self.race.to_query(),
            "lane": self.lane,
            "seeds": len(done.status),
            "quantiles": LEVELS,
            "states": STATES,
            "shares": dict(done.shares),
            "lowest": done.lowest,
        }
        return header, {
            "end": done.end,
            "state": np.array([STATES.index(one.state) for one in done.status]),
            "step": np.array([-1 if one.step is None else one.step for one in done.status]),
            "excess": self.above(done.loss),
        }
