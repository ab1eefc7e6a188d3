"""Hyperparameters that suit a surface: a good learning rate on one is a bad one on another."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from optviz.rules import RULES
from surfaces import SURFACES

# Written by `python -m optviz.tuning`; a pair that is missing takes the rule's defaults.
RATES = Path(__file__).with_name("suggested_rates.json")


def suggested(rule: str, surface: str) -> dict[str, float]:
    """Return what a new lane of `rule` should start with on `surface`, where defaults do not do."""
    known = {"lr": _rates().get(surface, {}).get(rule), "f_star": SURFACES[surface].minimum}
    declared = RULES[rule].hyperparameters
    return {name: value for name, value in known.items() if name in declared and value is not None}


def starting(rule: str, surface: str) -> dict[str, float]:
    """Return a value for every hyperparameter of `rule`: suggested on `surface`, or the default."""
    declared = RULES[rule].hyperparameters
    return {name: float(h.default) for name, h in declared.items()} | suggested(rule, surface)


def moved(rule: str, values: Mapping[str, float], before: str, after: str) -> dict[str, float]:
    """Return a lane's values for another surface: what nobody turned is suggested anew."""
    old, new = starting(rule, before), starting(rule, after)
    return new | {name: value for name, value in values.items() if value != old[name]}


@cache
def _rates() -> dict[str, dict[str, float]]:
    return json.loads(RATES.read_text()) if RATES.exists() else {}
