"""The parts of a race: lanes, schedules, and changes in mid-run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from optviz import checks
from optviz.checks import RaceError
from optviz.rule import Rule
from optviz.rules import RULES
from optviz.schedules import SCHEDULES, ScheduleFormula
from optviz.values import Numbers, Value, freeze


@dataclass(frozen=True, init=False, repr=False)
class Schedule(Value):
    """A learning-rate schedule of the catalogue with its values: `Schedule("cosine", end=0.1)`."""

    first = ("slug",)

    slug: str
    values: Mapping[str, float]

    def __init__(self, slug: str | ScheduleFormula = "constant", /, **values: Any) -> None:
        owner = checks.resolved(slug, SCHEDULES, "schedule", ScheduleFormula)
        numbers = checks.settings(values, owner.hyperparameters, owner.name, "setting")
        freeze(self, slug=owner.slug, values=numbers)

    @classmethod
    def of(cls, given: Any) -> Self:
        """Return the schedule that is given by itself, by its slug, or not at all."""
        return given if isinstance(given, cls) else cls(given or "constant")

    def usual(self) -> Mapping[str, Any]:
        """Return the declared defaults."""
        return _defaults(SCHEDULES[self.slug])


@dataclass(frozen=True, init=False, repr=False)
class Lane(Value):
    """One rule with a value for each of its hyperparameters, in a race.

    `Lane("adam", lr=0.05)` takes the declared default for what is not given. `rule` is a slug of
    the catalogue or a `Rule`; one of the catalogue is kept as its slug. `schedule` is the lane's
    own, by itself or by its slug: by default the lane has the race's.
    """

    first = ("rule",)

    rule: str | Rule
    values: Mapping[str, float]
    label: str
    schedule: Schedule | None

    def __init__(
        self,
        rule: str | Rule,
        /,
        *,
        label: str = "",
        schedule: Any = None,
        **values: Any,
    ) -> None:
        owner = checks.resolved(rule, RULES, "optimizer", Rule)
        numbers = checks.settings(values, owner.hyperparameters, owner.name, "hyperparameter")
        freeze(
            self,
            rule=checks.named(owner, RULES),
            values=numbers,
            label=checks.label(label) or owner.name,
            schedule=None if schedule is None else Schedule.of(schedule),
        )

    @property
    def algorithm(self) -> Rule:
        """The lane's rule."""
        return checks.resolved(self.rule, RULES, "optimizer", Rule)

    @property
    def own_label(self) -> str:
        """The label if it is not just the rule's name, else an empty text."""
        return "" if self.label == self.algorithm.name else self.label

    def arguments(self) -> dict[str, Any]:
        """Return what the lane is made from."""
        return super().arguments() | {"label": self.own_label}

    def plain(self) -> dict[str, Any]:
        """Return the lane as JSON-ready data, with a schedule if it has one of its own."""
        return {name: part for name, part in super().plain().items() if part is not None}

    def told(self) -> dict[str, Any]:
        """Return what a link has to tell of the lane, as JSON-ready data."""
        usual = _defaults(self.algorithm)
        values = {name: value for name, value in self.values.items() if value != usual[name]}
        return self.plain() | {"values": values, "label": self.own_label}

    def usual(self) -> Mapping[str, Any]:
        """Return the declared defaults."""
        return {**super().usual(), **_defaults(self.algorithm)}


@dataclass(frozen=True, init=False, repr=False)
class Change(Value):
    """Other values from a step on, for the rest of the run.

    `Change(200, 1, lr=0.01)` gives lane 1, counted from 0, another learning rate for the step that
    leads from point 200 to point 201 and all later ones; `Change(200, schedule="cosine")` gives all
    lanes without a schedule of their own the multipliers that another schedule has there, and
    `Change(200, 1, schedule="cosine")` lane 1.
    """

    first = ("step", "lane")

    step: int
    lane: int | None
    values: Mapping[str, float]
    schedule: Schedule | None

    def __init__(
        self, step: int, lane: int | None = None, /, schedule: Any = None, **values: Any
    ) -> None:
        """Check every part; `schedule` is a Schedule or a slug."""
        if (lane is None and schedule is None) or (values and schedule is not None):
            raise RaceError(
                "A change is either of a lane, like Change(200, 1, lr=0.01), or of the schedule."
            )
        numbers = {name: checks.number(v, f"A change of {name}") for name, v in values.items()}
        freeze(
            self,
            step=checks.whole(step, "The step of a change", 0),
            lane=lane if lane is None else checks.whole(lane, "The lane of a change", 0),
            values=Numbers(numbers),
            schedule=None if schedule is None else Schedule.of(schedule),
        )

    def plain(self) -> dict[str, Any]:
        """Return the change as JSON-ready data: of the schedule alone, or of a lane."""
        left_out = ["values" if self.schedule else "schedule", *["lane"] * (self.lane is None)]
        return {name: part for name, part in super().plain().items() if name not in left_out}

    def checked(self, lanes: tuple[Lane, ...]) -> Self:
        """Return the change if the race has its lane, and the lane's rule such values."""
        if self.lane is None:
            return self
        if self.lane >= len(lanes):
            raise RaceError(
                f"A change speaks of lane {self.lane}, but the lanes are 0 to {len(lanes) - 1}."
            )
        if self.schedule:
            return self
        rule = lanes[self.lane].algorithm
        values = checks.settings(self.values, rule.hyperparameters, rule.name, "hyperparameter")
        return type(self)(self.step, self.lane, **{name: values[name] for name in self.values})


def scheduled(race: Any, lane: int) -> np.ndarray:
    """Return the multiplier (T,) of a lane's learning rate at every step."""
    own = race.lanes[lane].schedule
    begun = _multipliers(own or race.schedule, race.steps)
    for change in schedule_changes(race, lane):
        if change.schedule:
            begun[change.step :] = _multipliers(change.schedule, race.steps)[change.step :]
    return begun


def schedule_changes(race: Any, lane: int) -> list[Change]:
    """Return the changes of the schedule in mid-run that are a lane's: its own, or those of all."""
    alone = race.lanes[lane].schedule is not None
    return [
        change
        for change in race.changes
        if change.schedule and (change.lane == lane or (change.lane is None and not alone))
    ]


def _multipliers(schedule: Schedule, steps: int) -> np.ndarray:
    return SCHEDULES[schedule.slug].multipliers(steps, **schedule.values)


def _defaults(owner: Rule | ScheduleFormula) -> dict[str, float]:
    return {name: float(one.default) for name, one in owner.hyperparameters.items()}
