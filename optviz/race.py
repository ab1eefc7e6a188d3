"""A race: the whole experiment as plain immutable data, and its link."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from optviz import checks, query, snippets
from optviz.checks import RaceError
from optviz.limits import MAX_CHANGES, MAX_LANES, MAX_STEPS
from optviz.parts import Change, Lane, Schedule
from optviz.rule import Rule
from optviz.suggestions import opening, starting
from optviz.values import Value, freeze
from surfaces import SURFACES, Surface


@dataclass(frozen=True, init=False, repr=False)
class Race(Value):
    """The whole experiment, as plain immutable data: equal races have equal trajectories.

    A surface or rule of your own is compiled once for each function object. A function that reads
    a variable from outside keeps the value which that had when it first ran: make a new function
    for every value, or let the value be a shape parameter.
    """

    first = ("surface", "lanes")

    surface: str | Surface
    lanes: tuple[Lane, ...]
    start: tuple[float, float]
    steps: int
    schedule: Schedule
    noise: float
    seed: int
    shape: Mapping[str, float]
    noise_decay: float
    changes: tuple[Change, ...]

    def __init__(
        self,
        surface: str | Surface | Callable[..., Any],
        lanes: Sequence[Lane | Rule | str] | Lane | Rule | str,
        start: Sequence[float] | None = None,
        steps: int = 500,
        schedule: Schedule | str | None = None,
        noise: float = 0.0,
        seed: int = 0,
        *,
        shape: Mapping[str, float] | None = None,
        noise_decay: float = 0.0,
        changes: Sequence[Change] = (),
    ) -> None:
        """Check every part; RaceError says in a sentence which one is wrong and what is right.

        `surface` is a slug, a `Surface`, or any f(x, y) made of jax.numpy; `shape` its shape
        parameters. A lane may be given by its rule alone, with the rule's own values, and a single
        one without a list. `start` None is the surface's own. `noise` is the standard deviation of
        the gradient perturbation at step 0, `noise_decay` its exponential decay per step. `changes`
        are other values from a step on; of two for the same number the later one holds.
        """
        owner = _surface(surface)
        listed = [lanes] if isinstance(lanes, str | Rule | Lane) else lanes
        entered = tuple(lane if isinstance(lane, Lane) else Lane(lane) for lane in listed)
        if not entered:
            raise RaceError("A race needs at least one lane, like Lane('adam').")
        ordered = sorted(changes, key=lambda change: change.step)
        freeze(
            self,
            surface=checks.named(owner, SURFACES),
            lanes=entered,
            start=owner.start if start is None else _CHECKS["start"](start),
            steps=_CHECKS["steps"](steps),
            schedule=Schedule.of(schedule),
            noise=_CHECKS["noise"](noise),
            seed=_CHECKS["seed"](seed),
            shape=_shape(owner, **(shape or {})),
            noise_decay=_CHECKS["noise_decay"](noise_decay),
            changes=tuple(change.checked(entered) for change in ordered),
        )

    @property
    def objective(self) -> Surface:
        """The surface that is minimised."""
        return _surface(self.surface)

    def index(self, lane: Any) -> int:
        """Return the number of a lane, given by it, counted from 0, or by its label."""
        labels, last = [one.label for one in self.lanes], len(self.lanes) - 1
        if isinstance(lane, str) and not lane.strip().lstrip("+-").isdecimal():
            if labels.count(lane) == 1:
                return labels.index(lane)
            if lane in labels:
                raise RaceError(
                    f"{labels.count(lane)} lanes are called {checks.shown(lane)}: say which by its "
                    f"number, from 0 to {last}."
                )
            raise RaceError(f"There is no lane {checks.shown(lane)}.{checks.suggest(lane, labels)}")
        number = checks.whole(lane, "The number of the lane, counted from 0,", 0)
        if number > last:
            raise RaceError(
                f"The race has {last + 1} lane{'s' * bool(last)}, counted from 0; "
                f"there is no lane {number}."
            )
        return number

    def replace(self, **others: Any) -> Race:
        """Return the same race with other arguments in some places.

        On another surface, what was the former one's own is the new one's: shape and start.
        """
        if "surface" in others:
            others = {"shape": None} | others
            if self.start == self.objective.start:
                others = {"start": None} | others
        return super().replace(**others)

    def arguments(self) -> dict[str, Any]:
        """Return what the race is made from."""
        return super().arguments() | {"lanes": [*self.lanes], "changes": [*self.changes]}

    def usual(self) -> Mapping[str, Any]:
        """Return what a race is that is told nothing else."""
        own = {"start": self.objective.start, "shape": self.objective.values()}
        return {**super().usual(), **own, "schedule": Schedule(), "changes": []}

    def to_query(self) -> str:
        """Return the race as a query string: its share link, and its address in the HTTP API.

        What a link without it would mean is left out, but for the surface and the lanes. RaceError
        if a part of it is not in the catalogue, or the seed more than a link can hold.
        """
        for part in (self.surface, *(lane.rule for lane in self.lanes)):
            if not isinstance(part, str):
                raise RaceError(f"{part.name} is not in the catalogue, so the race has no link.")
        checks.linked(self.seed)
        usual = self.usual()
        told = {
            name: part
            for name, part in self.plain().items()
            if usual.get(name) != getattr(self, name)
        }
        shape = {name: value for name, value in self.shape.items() if value != usual["shape"][name]}
        return query.encode(told | {"shape": shape, "lanes": [one.told() for one in self.lanes]})

    @classmethod
    def from_query(cls, given: str | query.Pairs, also: Collection[str] = ()) -> Race:
        """Return the race of a link, whole or taken apart; RaceError lists all that is wrong."""
        race, problems = read(given, also)
        if problems:
            raise RaceError(*problems)
        return race

    def to_python(self) -> str:
        """Return a Python program that runs the race.

        RaceError if it would need a function that no program can import.
        """
        return self.to_code("optviz")

    def to_code(self, dialect: str) -> str:
        """Return a program that runs the race by "optviz", "numpy", "optax", "torch" or "keras".

        RaceError for another dialect, or if the program would need what it cannot have.
        """
        return snippets.program(self, dialect)


def read(link: str | query.Pairs, also: Collection[str] = ()) -> tuple[Race, list[str]]:
    """Return the race of a link, and a sentence for each part that had to be left out.

    What a broken part said falls back to what a link without it would mean; the rest still works.
    `also` are the parts that are said beside a race, which an unknown one may have been meant for.
    """
    parts, problems = query.decode(link, also=also)

    def attempt(make: Callable[..., Any], /, *args: Any, **values: Any) -> Any:
        """Return make(*args, **values), without those values that it refuses, or None."""
        before = len(problems)
        made = checks.attempt(problems, make, *args, **values)
        if len(problems) == before or not values:
            return made
        good = {
            name: value
            for name, value in values.items()
            if checks.accepts(make, *args, **{name: value})
        }
        return checks.attempt([], make, *args, **good)

    surface = attempt(_surface, parts.get("surface", DEFAULT.surface)) or DEFAULT.objective
    schedule = parts.get("schedule", DEFAULT.schedule.plain())
    given = parts.get("lanes", [])
    if len(given) > MAX_LANES:
        problems.append(f"A race has at most {MAX_LANES} lanes; the link has {len(given)}.")

    def lane(one: Mapping[str, Any]) -> Lane | None:
        own = one.get("schedule")
        schedule = own and attempt(Schedule, own["slug"], **own["values"])
        return attempt(Lane, one["rule"], label=one["label"], schedule=schedule, **one["values"])

    lanes = [lane(one) for one in given[:MAX_LANES]]
    lanes = [*filter(None, lanes)] or default_lanes(surface)
    altered = parts.get("changes", [])
    if len(altered) > MAX_CHANGES:
        problems.append(f"A race has at most {MAX_CHANGES} changes; the link has {len(altered)}.")
    changes = [attempt(_change, one, tuple(lanes)) for one in altered[:MAX_CHANGES]]
    numbers = {
        name: attempt(check, parts[name]) for name, check in _CHECKS.items() if name in parts
    }
    if "seed" in numbers:
        numbers["seed"] = attempt(checks.linked, numbers["seed"], parts["seed"])
    if (numbers.get("steps") or 0) > MAX_STEPS:
        problems.append(
            f"A race has at most {MAX_STEPS} steps, and the link asks for "
            f"{checks.typed(parts['steps'])}."
        )
        numbers["steps"] = MAX_STEPS
    race = Race(
        surface,
        lanes,
        changes=[*filter(None, changes)],
        schedule=attempt(Schedule, schedule["slug"], **schedule["values"]),
        shape=attempt(_shape, surface, **parts.get("shape", {})),
        **{name: value for name, value in numbers.items() if value is not None},
    )
    return race, query.few(problems)


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "start": partial(checks.point, what="The start"),
    "steps": partial(checks.whole, what="The number of steps", least=1),
    "noise": partial(checks.size, what="The noise"),
    "noise_decay": partial(checks.size, what="The decay of the noise"),
    "seed": partial(checks.whole, what="The seed", least=0),
}


def _change(given: Mapping[str, Any], lanes: tuple[Lane, ...]) -> Change:
    """Return the change of a link that belongs to its lanes."""
    if "schedule" in given:
        schedule = given["schedule"]
        other = Schedule(schedule["slug"], **schedule["values"])
        return Change(given["step"], given.get("lane"), schedule=other).checked(lanes)
    return Change(given["step"], given["lane"], **given["values"]).checked(lanes)


def _surface(surface: Any) -> Surface:
    if isinstance(surface, Surface) or not callable(surface):
        return checks.resolved(surface, SURFACES, "surface", Surface)
    return Surface.of(surface)


def _shape(surface: Surface, /, **values: Any) -> Mapping[str, float]:
    return checks.settings(values, surface.parameters, surface.name, "shape parameter")


def default_lanes(surface: Surface) -> list[Lane]:
    """Return the lanes of a race that names none: they show what its surface is there for."""
    slugs = opening(surface.slug)
    return [Lane(slug, label="", **starting(slug, surface.slug)) for slug in slugs]


# What a page without a link shows, and what a link leaves out.
DEFAULT = Race("rosenbrock", default_lanes(SURFACES["rosenbrock"]))
