"""Comparisons over HTTP: one optimizer after the other, each bounded, and kept once judged."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Self

from optviz.api import wire
from optviz.api.asked import Asked, Options
from optviz.api.work import compute
from optviz.checks import RaceError, known
from optviz.comparison.experiment import TUNING_STARTS, Comparison
from optviz.comparison.verdicts import Verdict, as_csv, judge
from optviz.limits import MAX_RULE_STEPS
from optviz.proceed import Proceed
from optviz.query import Pairs

# A verdict is small, and a whole class asks for the same ones.
MAX_KEPT = 4096

_kept: OrderedDict[tuple, Verdict] = OrderedDict()
_lock = threading.Lock()


def checked(pairs: Pairs, also: Collection[str] = ()) -> Comparison:
    """Return the comparison of a query; RaceError if it is too much for a server that is shared."""
    comparison = Comparison.from_query(pairs, also)
    if (steps := comparison.runs * comparison.steps) > MAX_RULE_STEPS:
        raise RaceError(
            f"Here an optimizer may take {MAX_RULE_STEPS:,} steps; this comparison would take "
            f"{steps:,} for each: ({comparison.trials} trials x {TUNING_STARTS} "
            f"starts + {comparison.starts} starts) x {comparison.steps} steps. Ask for fewer "
            "trials, starts or steps, or use the command line, which may take more."
        )
    return comparison


def verdict(comparison: Comparison, rule: str, proceed: Proceed) -> Verdict:
    """Return the verdict of one rule of the comparison, whatever the others are."""
    key = comparison.replace(rules=[]), rule
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = judge(comparison, rule, proceed=proceed)
    with _lock:
        _kept[key] = made
        while len(_kept) > MAX_KEPT:
            _kept.popitem(last=False)
    return made


@dataclass(frozen=True)
class ComparisonAsked(Asked):
    """Tune optimizers with as many trials each, and judge them at their best from other starts."""

    path = "/compare"
    options = Asked.options | {"rule": "of"}
    formats = ("json", "csv")
    types = ("application/json", "text/csv")
    usual = "json"
    comparison: Comparison
    rules: tuple[str, ...]

    @classmethod
    def read(cls, pairs: Pairs, options: Options) -> Self:
        """Return the comparison, and which of its rules are judged."""
        comparison, one = checked(pairs, cls.options), options.get("rule")
        if "rule" in options and options.get("format") == "csv":
            raise RaceError("A table has all optimizers: leave out either format=csv or rule.")
        # A comparison that comes from a query has slugs alone.
        rules = dict.fromkeys(map(str, comparison.rules))
        chosen = rules if one is None else [known(one, rules, "optimizer of this name here:")]
        return cls(options.get("format", "json"), comparison, tuple(chosen))

    @property
    def cost(self) -> int:
        """All rules, their trials and verdicts."""
        return self.comparison.runs * self.comparison.steps * len(self.rules)

    @property
    def media_type(self) -> str:
        """A table or JSON: there are no bytes of it."""
        return "text/csv" if self.format == "csv" else "application/json"

    @property
    def headers(self) -> Mapping[str, str]:
        """A table is for keeping."""
        name = f"attachment; filename=optviz-{self.comparison.objective.slug}.csv"
        return {"Content-Disposition": name} if self.format == "csv" else {}

    async def body(self, proceed: Proceed) -> bytes:
        """Return the verdicts, the best first, as a table or as JSON with the comparison.

        Each rule waits for its turn anew: between them others go.
        """
        asked = self.comparison
        judged = [
            await compute(partial(verdict, asked, rule), proceed, self.cost) for rule in self.rules
        ]
        judged.sort(key=attrgetter("score"))
        if self.format == "csv":
            return as_csv(asked, judged).encode()
        header = {"comparison": asked.plain(), "query": asked.to_query()}
        return wire.as_json(header | {"verdicts": [one.plain() for one in judged]}, {})
