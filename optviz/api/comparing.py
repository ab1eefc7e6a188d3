"""Comparisons over HTTP: one optimizer after the other, each bounded, and kept once judged."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Sequence

from optviz.checks import RaceError, known
from optviz.comparison import TUNING_STARTS, Comparison, Verdict, as_csv, judge
from optviz.proceed import Proceed

# One optimizer may take so many steps, trials and verdict together: a second or a few on one core.
MAX_RULE_STEPS = 50_000_000
# A verdict is small, and a whole class asks for the same ones.
MAX_KEPT = 4096

_kept: OrderedDict[tuple, Verdict] = OrderedDict()
_lock = threading.Lock()


def checked(query: str) -> Comparison:
    """Return the comparison of a query; RaceError if it is too much for a server that is shared."""
    comparison = Comparison.from_query(query)
    runs = comparison.trials * TUNING_STARTS + comparison.starts
    if runs * comparison.steps > MAX_RULE_STEPS:
        raise RaceError(
            f"Here an optimizer may take {MAX_RULE_STEPS:,} steps; this comparison would take "
            f"{runs * comparison.steps:,} for each: ({comparison.trials} trials x {TUNING_STARTS} "
            f"starts + {comparison.starts} starts) x {comparison.steps} steps. Ask for fewer "
            "trials, starts or steps, or use the command line, which may take more."
        )
    return comparison


def chosen(comparison: Comparison, of: str | None) -> list[str]:
    """Return the rules that are to be judged: `of`, one of the comparison's, or all of them."""
    # A comparison that comes from a query has slugs alone.
    rules = [str(rule) for rule in comparison.rules]
    return (
        rules if of is None else [known(of, dict.fromkeys(rules), "optimizer of this name here:")]
    )


def verdict(comparison: Comparison, rule: str, proceed: Proceed) -> Verdict:
    """Return the verdict of one rule of the comparison, whatever the others are."""
    budget = comparison.steps, comparison.trials, comparison.starts, comparison.seed
    key = (comparison.surface, *comparison.shape.items(), *budget, rule)
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


def comparison_reply(comparison: Comparison, verdicts: Sequence[Verdict]) -> bytes:
    """Return the comparison and its verdicts as JSON, the best first."""
    plain = {
        "comparison": comparison.plain(),
        "query": comparison.to_query(),
        "verdicts": [one.plain() for one in _ranked(verdicts)],
    }
    return json.dumps(plain, separators=(",", ":"), allow_nan=False).encode()


def comparison_table(comparison: Comparison, verdicts: Sequence[Verdict]) -> bytes:
    """Return the comparison's table, to be opened with a spreadsheet."""
    return as_csv(comparison, _ranked(verdicts)).encode()


def _ranked(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return sorted(verdicts, key=lambda one: one.score)
