"""A request as an object: what names its reply, what that costs, and the reply itself."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

import numpy as np

from optviz import checks
from optviz.api import wire
from optviz.api.caching import tag
from optviz.api.reply_shelf import REPLIES
from optviz.limits import MAX_GRID
from optviz.proceed import Proceed
from optviz.query import Pairs
from optviz.race import Race

Options = Mapping[str, str]
Reply = tuple[dict[str, Any], dict[str, np.ndarray]]


@dataclass(frozen=True)
class Asked(ABC):
    """A request that was understood: equal ones have equal replies.

    `path` is its address. `options` are the parts of its query that do not say what is run, each
    with the older name that links may have. `formats` are what it may be asked for as, `types` what
    that is sent as, and `usual` what it is sent as without a format.
    """

    path: ClassVar[str]
    options: ClassVar[dict[str, str]] = {"format": "format"}
    formats: ClassVar[Collection[str]] = ("json",)
    types: ClassVar[Collection[str]] = ("application/octet-stream", "application/json")
    usual: ClassVar[str] = "bytes"

    format: str

    @classmethod
    @abstractmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the request that a query makes; RaceError says what is wrong with it."""

    @property
    def key(self) -> str:
        """A text that names all that determines the reply, and nothing else."""
        parts = [getattr(self, field.name) for field in fields(self)]
        # A race's link is sooner written than the race itself.
        told = [part.to_query() if isinstance(part, Race) else repr(part) for part in parts]
        return " ".join([self.path, *told])

    @property
    @abstractmethod
    def cost(self) -> int:
        """How many steps of one path the reply takes, all in all."""

    def answer(self, proceed: Proceed, /) -> Reply:
        """Return the reply's header and arrays; `proceed` may end a long computation."""
        raise NotImplementedError

    @property
    def media_type(self) -> str:
        """What the reply is sent as."""
        return "application/json" if self.format else "application/octet-stream"

    @property
    def headers(self) -> Mapping[str, str]:
        """What else is said with the reply."""
        # Floats hardly compress: say that they are not, so that no middleware tries.
        return {} if self.format else {"Content-Encoding": "identity"}

    async def body(self, proceed: Proceed) -> bytes:
        """Return the reply as it is sent: a kept one, or computed when its turn comes."""
        written = wire.as_json if self.format else wire.pack
        make = lambda goes_on: written(*self.answer(goes_on))  # noqa: E731
        return await REPLIES.reply(tag(self.key), make, proceed, self.cost)


@dataclass(frozen=True)
class OfRace(Asked):
    """A request about a race."""

    race: Race

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the request about the race of a query."""
        race = Race.from_query(pairs, cls.options)
        return cls(options.get("format", ""), race, **cls.parts(race, options))

    @classmethod
    def parts(cls, _race: Race, _options: Options, /) -> dict[str, Any]:
        """Return what else is asked for, by its name here."""
        return {}

    @property
    def cost(self) -> int:
        """All lanes run for all steps."""
        return self.race.steps * len(self.race.lanes)

    def above(self, loss: np.ndarray) -> np.ndarray:
        """Return losses as heights above the surface's lowest value, if one is known."""
        return loss - (self.race.objective.minimum or 0.0)


@dataclass(frozen=True)
class OfLane(OfRace):
    """A request about one lane of a race."""

    options = OfRace.options | {"lane": "of"}
    lane: int

    @classmethod
    def parts(cls, race: Race, options: Options, /) -> dict[str, Any]:
        """Return the index of the lane, by default the first one's."""
        return {"lane": race.index(options.get("lane", 0))}


def side(options: Options, usual: int) -> int:
    """Return the number of points along a side of a grid."""
    given = options.get("n", usual)
    return checks.whole(given, "n, the number of points along a side,", 2, MAX_GRID)


def window(options: Options, which: str, axis: str) -> tuple[float, float] | None:
    """Return the limits of an axis that the option `which` gives, if it does."""
    return checks.window(options.get(which), f"The window's {axis}")
