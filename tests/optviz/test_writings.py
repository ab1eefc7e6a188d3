"""How sources write a rule: whether their algebra leads along the rule's path, as is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optviz import RULES, Lane, Race, Schedule, run
from optviz.notation import NOTATIONS
from optviz.writings import WRITINGS, Path, writing

CLAIMS = [(source, rule, one) for source, all_ in WRITINGS.items() for rule, one in all_.items()]
OTHERWISE = [claim for claim in CLAIMS if claim[1] != claim[2].rule]


def named(value):
    return value if isinstance(value, str) else getattr(value, "slug", None) or value.rule


def same(rule, one, surface, schedule, delta):
    """Return whether a rule and what its source writes for it lead along one path.

    As its `path` says: the points that it looks ahead to, or at a rate that makes up for 1 - beta.
    """
    values = {"lr": 2e-3, "alpha": 0.8, "delta": delta}
    values = {name: values[name] for name in RULES[rule].hyperparameters if name in values}
    theirs = {name: one.renamed.get(name, name) for name in RULES[one.rule].hyperparameters}
    theirs = {name: values[other] for name, other in theirs.items() if other in values}
    if one.path is Path.SHORTER:
        theirs["lr"] /= 1 - theirs["beta"]
    race = Race(surface, [Lane(rule, **values), Lane(one.rule, **theirs)], steps=120)
    t = run(replace(race, schedule=schedule))
    mine, other = t.theta
    if one.path in (Path.AHEAD, Path.AHEAD_WITHOUT_SCHEDULE):
        mine = mine + values["alpha"] * t.memory[0]["v"]
    return np.allclose(mine, other, rtol=1e-8, atol=1e-10)


# Whether it is the same: as it is, under a schedule, and with next to no delta.
ALIKE = {
    Path.SAME: (True, True, True),
    Path.SAME_WITHOUT_SCHEDULE: (True, False, True),
    Path.SAME_BUT_FOR_DELTA: (False, False, True),
    Path.SHORTER: (True, False, True),
    Path.AHEAD: (True, True, True),
    Path.AHEAD_WITHOUT_SCHEDULE: (True, False, True),
    Path.ANOTHER: (False, False, False),
}


@pytest.mark.parametrize(("source", "rule", "one"), OTHERWISE, ids=named)
def test_the_paths_are_as_alike_as_is_said(source, rule, one):  # noqa: ARG001
    for surface in ("rosenbrock", "himmelblau"):
        plain = same(rule, one, surface, Schedule(), 0.01)
        scheduled = same(rule, one, surface, Schedule("inverse_time", decay=0.05), 0.01)
        undivided = same(rule, one, surface, Schedule(), 1e-40)
        assert (plain, scheduled, undivided) == ALIKE[one.path]


def test_every_source_is_a_notation_and_every_rule_is_of_the_catalogue():
    assert WRITINGS.keys() <= NOTATIONS.keys()
    assert {rule for _, rule, one in CLAIMS for rule in (rule, one.rule)} <= RULES.keys()
    for _, _, one in CLAIMS:
        assert one.renamed.keys() <= RULES[one.rule].hyperparameters.keys()


def test_what_a_source_writes_is_of_the_rules_family():
    for _, rule, one in CLAIMS:
        assert RULES[one.rule].family == RULES[rule].family


@pytest.mark.parametrize("rule", RULES.values(), ids=named)
def test_a_family_has_the_name_of_the_rule_whose_forms_are_in_it(rule):
    first = RULES[rule.family]
    assert first.family == first.slug
    assert rule.name.startswith(first.name)


def rule_of(rule, notation):
    found = writing(rule, notation)
    return found and found.rule


def test_a_form_of_a_source_is_written_as_it_is_there():
    assert rule_of("momentum", "pytorch") == "momentum_torch"
    assert rule_of("momentum_torch", "pytorch") == "momentum_torch"
    assert rule_of("adabelief", "pytorch") is None
    assert rule_of("momentum", "book") is None
