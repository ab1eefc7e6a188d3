"""The parts of a race: lanes, schedules, and changes in mid-run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from optviz import checks
from optviz.checks import RaceError
from optviz.rule import Rule
from optviz.rules import RULES
from optviz.schedules import SCHEDULES


@dataclass(frozen=True, init=False)
class Lane:
    """One rule with a value for each of its hyperparameters, in a race.

    `Lane("adam", lr=0.05)` takes the declared default for what is not given. `rule` is a slug of
    the catalogue or a `Rule` of your own.
    """

    rule: str | Rule
    values: Mapping[str, float]
    label: str

    def __init__(self, rule: str | Rule, /, *, label: str = "", **values: Any) -> None:
        owner = rule if isinstance(rule, Rule) else RULES[checks.known(rule, RULES, "optimizer")]
        numbers = checks.settings(values, owner.hyperparameters, owner.name, "hyperparameter")
        freeze(self, rule=rule, values=numbers, label=checks.label(label) or owner.name)

    @property
    def algorithm(self) -> Rule:
        """The lane's rule."""
        return RULES[self.rule] if isinstance(self.rule, str) else self.rule

    @property
    def own_label(self) -> str:
        """The label if it is not just the rule's name, else an empty text."""
        return "" if self.label == self.algorithm.name else self.label

    def plain(self) -> dict[str, Any]:
        """Return the lane as JSON-ready data."""
        return {"rule": self.algorithm.slug, "label": self.label, "values": dict(self.values)}


@dataclass(frozen=True, init=False)
class Schedule:
    """A learning-rate schedule of the catalogue with its values: `Schedule("cosine", end=0.1)`."""

    slug: str
    values: Mapping[str, float]

    def __init__(self, slug: str = "constant", /, **values: Any) -> None:
        owner = SCHEDULES[checks.known(slug, SCHEDULES, "schedule")]
        numbers = checks.settings(values, owner.hyperparameters, owner.name, "setting")
        freeze(self, slug=slug, values=numbers)

    def plain(self) -> dict[str, Any]:
        """Return the schedule as JSON-ready data."""
        return {"slug": self.slug, "values": dict(self.values)}


@dataclass(frozen=True, init=False)
class Change:
    """Other values from a step on, for the rest of the run.

    `Change(200, 1, lr=0.01)` gives lane 1, counted from 0, another learning rate for the step that
    leads from point 200 to point 201 and all later ones; `Change(200, schedule="cosine")` gives all
    lanes the multipliers that another schedule has there.
    """

    step: int
    lane: int | None
    values: Mapping[str, float]
    schedule: Schedule | None

    def __init__(
        self, step: int, lane: int | None = None, /, schedule: Any = None, **values: Any
    ) -> None:
        """Check every part; `schedule` is a Schedule or a slug."""
        if (lane is None) == (schedule is None):
            raise RaceError(
                "A change is either of a lane, like Change(200, 1, lr=0.01), or of the schedule."
            )
        numbers = {name: checks.number(v, f"A change of {name}") for name, v in values.items()}
        freeze(
            self,
            step=checks.whole(step, "The step of a change", 0),
            lane=lane if lane is None else checks.whole(lane, "The lane of a change", 0),
            values=MappingProxyType(numbers),
            schedule=Schedule(schedule) if isinstance(schedule, str) else schedule,
        )

    def plain(self) -> dict[str, Any]:
        """Return the change as JSON-ready data."""
        if self.schedule:
            return {"step": self.step, "schedule": self.schedule.plain()}
        return {"step": self.step, "lane": self.lane, "values": dict(self.values)}

    def checked(self, lanes: tuple[Lane, ...]) -> Change:
        """Return the change if the race has its lane, and the lane's rule such values."""
        if self.lane is None:
            return self
        if self.lane >= len(lanes):
            raise RaceError(
                f"A change speaks of lane {self.lane}, but the lanes are 0 to {len(lanes) - 1}."
            )
        rule = lanes[self.lane].algorithm
        values = checks.settings(self.values, rule.hyperparameters, rule.name, "hyperparameter")
        return Change(self.step, self.lane, **{name: values[name] for name in self.values})


def freeze(instance: Any, **values: Any) -> None:
    """Set the fields of a frozen instance while it is made."""
    for name, value in values.items():
        object.__setattr__(instance, name, value)
