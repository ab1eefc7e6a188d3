"""Requests about one race or one surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from optviz import checks
from optviz.api import replies
from optviz.api.asked import Asked, OfRace, Options, form, side
from optviz.api.replies import Reply
from optviz.maps import Window
from optviz.proceed import Proceed
from optviz.query import Pairs
from optviz.race import Race
from surfaces import Surface


@dataclass(frozen=True)
class RaceAsked(OfRace):
    """Run a race: positions, losses and status of all its lanes."""

    path = "/race"
    options = MappingProxyType({"rest": "rest"})
    rest: bool

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the race, and whether the rest of its positions is asked for."""
        return cls(form(options), Race.from_pairs(pairs), options.get("rest") == "1")

    def answer(self, _: Proceed, /) -> Reply:
        """Run the race."""
        return replies.race_reply(self.race, rest=self.rest)


@dataclass(frozen=True)
class SlopesAsked(OfRace):
    """Run a race: the norm of the gradient along every lane."""

    path = "/slopes"

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the race."""
        return cls(form(options), Race.from_pairs(pairs))

    def answer(self, _: Proceed, /) -> Reply:
        """Run the race."""
        return replies.slopes_reply(self.race)


@dataclass(frozen=True)
class InspectionAsked(OfRace):
    """Inspect a lane: what every line of its rule computed at every step."""

    path = "/inspection"
    options = MappingProxyType({"lane": "of"})
    lane: int

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the race, and the lane that is inspected."""
        race = Race.from_pairs(pairs)
        return cls(form(options), race, race.index(options.get("lane", 0)))

    def answer(self, _: Proceed, /) -> Reply:
        """Inspect the lane."""
        return replies.inspection_reply(self.race, self.lane)


@dataclass(frozen=True)
class SurfaceAsked(Asked):
    """Return the heights of a surface on a grid, scaled to be drawn, and its known minima."""

    path = "/surface"
    options = MappingProxyType({"x": "x", "y": "y", "n": "n"})
    surface: str | Surface
    shape: Mapping[str, float]
    x: Window
    y: Window
    n: int

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the surface and the grid; of a race that is given nothing else plays a part."""
        race = Race.from_pairs(pairs)
        given = (checks.window(options.get(axis), f"The window's {axis}") for axis in ("x", "y"))
        domain = race.objective.x, race.objective.y
        x, y = (window or usual for window, usual in zip(given, domain, strict=True))
        return cls(form(options), race.surface, race.shape, x, y, side(options, 121))

    @property
    def cost(self) -> int:
        """A point of the grid is about as much as a step."""
        return self.n * self.n

    def answer(self, _: Proceed, /) -> Reply:
        """Evaluate the surface."""
        return replies.surface_reply(self.surface, self.shape, self.x, self.y, self.n)
