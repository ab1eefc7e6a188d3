"""Requests about one lane that is run very many times."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from optviz import checks
from optviz.api import replies
from optviz.api.asked import OfRace, Options, form, side
from optviz.api.replies import Reply
from optviz.checks import RaceError
from optviz.limits import MAX_CELL_STEPS, MAX_SEED_STEPS, MAX_SEEDS
from optviz.maps import START, Window, checked_axes
from optviz.maps.finder import RATES, STARTS
from optviz.maps.grids import grid
from optviz.proceed import Proceed
from optviz.query import Pairs
from optviz.race import Race


@dataclass(frozen=True)
class MapAsked(OfRace):
    """Run a lane from a grid of starts, or with a grid of hyperparameters: what became of each."""

    path = "/map"
    options = MappingProxyType({"lane": "of", "over": "over", "x": "across", "y": "up", "n": "n"})
    lane: int
    over: tuple[str, str]
    x: Window
    y: Window
    n: int

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the race, the lane, and the grid."""
        race, n = Race.from_pairs(pairs), side(options, 64)
        lane = race.index(options.get("lane", 0))
        over = checked_axes(race, lane, tuple(options.get("over", ",".join(START)).split(",")))
        x, y = (
            _ends(race, lane, axis, checks.window(options.get(which), f"The window's {axis}"))
            for axis, which in zip(over, ("x", "y"), strict=True)
        )
        if n * n * race.steps > MAX_CELL_STEPS:
            most = MAX_CELL_STEPS // race.steps
            raise RaceError(
                f"With {race.steps} steps a map has at most {most} cells; n x n is {n * n}."
            )
        return cls(form(options), race, lane, over, x, y, n)

    @property
    def cost(self) -> int:
        """All cells together."""
        return self.n * self.n * self.race.steps

    def answer(self, proceed: Proceed, /) -> Reply:
        """Run the map."""
        windows = self.x, self.y
        return replies.map_reply(self.race, self.lane, self.over, windows, self.n, proceed)


@dataclass(frozen=True)
class RatesAsked(OfRace):
    """Find a learning rate for a lane: what every rate comes to, and what a range test says."""

    path = "/rates"
    options = MappingProxyType({"lane": "of", "rough": "rough"})
    lane: int
    rough: bool

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the race, the lane, and whether float32 will do."""
        race = Race.from_pairs(pairs)
        lane, rough = race.index(options.get("lane", 0)), options.get("rough") == "1"
        return cls(form(options), race, lane, rough)

    @property
    def cost(self) -> int:
        """All rates from all starts together."""
        return RATES * STARTS * self.race.steps

    def answer(self, proceed: Proceed, /) -> Reply:
        """Try the rates."""
        return replies.rates_reply(self.race, self.lane, rough=self.rough, proceed=proceed)


@dataclass(frozen=True)
class EnsembleAsked(OfRace):
    """Run a lane under many seeds of its noise: where they end, and quantiles of their loss."""

    path = "/ensemble"
    options = MappingProxyType({"lane": "of", "seeds": "seeds"})
    lane: int
    seeds: int

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the race, the lane, and the number of seeds."""
        race = Race.from_pairs(pairs)
        lane, seeds = race.index(options.get("lane", 0)), _seeds(race, options)
        return cls(form(options), race, lane, seeds)

    @property
    def cost(self) -> int:
        """All seeds together."""
        return self.seeds * self.race.steps

    def answer(self, proceed: Proceed, /) -> Reply:
        """Run the seeds."""
        return replies.ensemble_reply(self.race, self.lane, self.seeds, proceed)


def _ends(race: Race, lane: int, axis: str, window: Window | None) -> Window:
    """Return the limits of an axis of a map: those given, or the usual ones."""
    first, last = grid(race, lane, axis, window, 2)
    return float(first), float(last)


def _seeds(race: Race, options: Options) -> int:
    if not race.noise:
        raise RaceError("Without noise every seed gives the same run: ask with noise above 0.")
    seeds = checks.whole(options.get("seeds", 256), "seeds, the number of seeds,", 1)
    most = min(MAX_SEEDS, MAX_SEED_STEPS // race.steps)
    if seeds > most:
        raise RaceError(
            f"With {race.steps} steps an ensemble has at most {most} seeds; seeds is {seeds:g}."
        )
    return seeds
