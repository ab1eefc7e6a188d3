"""Which rules a surface is shown with first, and values: what suits one does not suit another."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from optviz.rules import RULES
from surfaces import SURFACES

# Written by `python -m optviz.tuning`; a pair that is missing takes the rule's defaults.
RATES = Path(__file__).with_name("suggested_rates.json")

Values = Mapping[str, float]

# Variants of one rule begin with one rate: then what they differ in is all that differs.
BASES: Mapping[str, str] = {
    **dict.fromkeys(("momentum_ruder", "momentum_torch", "nesterov"), "momentum"),
    **dict.fromkeys(("nesterov_ruder", "nesterov_keras", "nesterov_torch"), "momentum"),
    **dict.fromkeys(("adagrad_inside", "adagrad_keras"), "adagrad"),
    "rmsprop_outside": "rmsprop",
    "rmsprop_nesterov": "rmsprop_momentum",
    **dict.fromkeys(("adam_inside", "adam_uncorrected", "adam_keras", "adamw", "amsgrad"), "adam"),
    "nadam_torch": "nadam",
}
# Their own rate is part of what they are.
UNTUNED = ("adadelta",)

# They differ most in colour; see the player's `look/palette.js`.
OFTEN = ("sgd", "momentum", "nesterov", "adam", "rmsprop", "adagrad", "adamw", "adadelta")
USUAL = ("sgd", "momentum", "nesterov", "adam")


def _equal(lr: float, *rules: str) -> Mapping[str, Values]:
    return {rule: {"lr": lr} for rule in rules}


_FAMILY = ("sgd", "momentum", "nesterov")
# The lanes of a surface's first race, where they are not the usual ones at their suggested rates:
# so chosen that the race shows what the surface is there for, which
# `tests/optviz/test_suggestions.py` holds them to.
OPENINGS: Mapping[str, Mapping[str, Values]] = {
    "rosenbrock": {**_equal(1e-3, *_FAMILY), "adam": {}},
    # AdaGrad's own rate there is quicker, but its steps grow again once it has arrived.
    "beale": {**_equal(0.01, *_FAMILY), "adagrad": {"lr": 0.5}, "rmsprop": {}, "adam": {}},
    # The largest stable rate of plain descent is 2 / 25.
    "ravine": {
        "sgd": {"lr": 0.076},
        "momentum": {"lr": 0.076, "alpha": 0.5},
        "rmsprop": {},
        "adam": {},
    },
    "goldstein_price": {**_equal(1e-5, *_FAMILY), "adam": {}},
    "dixon_price": {**_equal(5e-3, *_FAMILY), "adam": {"lr": 0.5}},
    "saddle": {
        **_equal(0.02, *_FAMILY),
        "adagrad": {"lr": 0.1},
        **_equal(0.02, "rmsprop", "adam"),
    },
    "monkey_saddle": {**_equal(5e-3, "sgd", "momentum", "adam"), "newton": {}},
    "plateau": _equal(0.05, *USUAL),
    "matyas": {**_equal(0.1, *_FAMILY), "adam": {}},
    "double_well": {**_equal(0.01, *_FAMILY), "adam": {}},
    "himmelblau": {"sgd": {"lr": 0.01}, "momentum": {"lr": 0.02}, "adam": {}},
    "three_hump_camel": _equal(0.02, *USUAL),
    "mccormick": {**_equal(0.02, *_FAMILY), "adam": {}},
    "branin": {**_equal(0.02, *_FAMILY), "adam": {"lr": 0.2}},
    "styblinski_tang": {**_equal(0.01, *_FAMILY), "adam": {}},
    # With more momentum it is chaos, which ends elsewhere in each browser.
    "rastrigin": {"sgd": {"lr": 5e-3}, "momentum": {"lr": 7e-3, "alpha": 0.8}, "adam": {}},
    "ackley": {**_equal(0.02, *_FAMILY), "adam": {}},
    "levy_13": {"sgd": {"lr": 1e-3}, "momentum": {"lr": 5e-3}, "adam": {"lr": 0.1}},
    "bohachevsky": {**_equal(5e-3, *_FAMILY), "adam": {"lr": 0.1}},
}


def looks() -> tuple[str, ...]:
    """Return all rules in the order in which they get a look: those often seen together first."""
    return tuple(dict.fromkeys([*OFTEN, *RULES]))


def opening(surface: str) -> tuple[str, ...]:
    """Return the rules of a surface's first race, in their order."""
    return tuple(OPENINGS.get(surface, USUAL))


def suggested(rule: str, surface: str) -> dict[str, float]:
    """Return what a new lane of `rule` should start with on `surface`, where defaults do not do."""
    rates = {} if rule in UNTUNED else _rates().get(surface, {})
    known = {"lr": rates.get(BASES.get(rule, rule)), "f_star": SURFACES[surface].minimum}
    known |= OPENINGS.get(surface, {}).get(rule, {})
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
