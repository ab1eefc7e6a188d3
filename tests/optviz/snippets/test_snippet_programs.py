"""A race as a program of another library: it runs as it stands, and ends where optviz does."""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import RULES, SCHEDULES, SURFACES, Change, Lane, Race, RaceError, run
from optviz.rules.momentum import sgd
from optviz.snippets import DIALECTS
from optviz.snippets.optimizers import other, refused
from optviz.snippets.twins import TWINS
from tests.optviz.snippets.record_snippets import digest, races

RACES = {race.surface: race for race in races()}
# Written by `record_snippets.py`: torch and Keras are too large to be needed by the tests.
RECORD = json.loads(Path(__file__).with_name("ends.json").read_text())["programs"]
WRITTEN = [dialect for dialect in DIALECTS if dialect != "optviz"]
TURNED = Race(
    "ackley",
    [Lane("adam"), Lane("momentum", schedule="cosine"), Lane("nesterov"), Lane("bfgs")],
    steps=20,
    schedule="linear",
    noise=0.1,
    noise_decay=0.1,
    seed=2**60 + 1,
    changes=[
        Change(5, 0, lr=0.1),
        Change(8, 0, lr=0.02),
        Change(6, 1, alpha=0.5),
        Change(9, schedule="step_drop"),
        Change(0, 2, lr=0.02),
    ],
)


def executed(race, dialect):
    """Return the names of the program when it has run, and what it has printed."""
    names, said = {}, io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(race.to_code(dialect), names)
    return names, said.getvalue()


@functools.cache
def theta(race):
    return run(race).theta


def same(path, known):
    """Return whether a path is that of optviz, as far as that goes: it ends where a lane leaves."""
    there = ~np.isnan(known)
    with np.errstate(invalid="ignore"):
        return np.allclose(np.asarray(path)[there], known[there], rtol=1e-9, atol=1e-10)


def as_said(race, lane, dialect):
    """Return whether a lane's program is said to do what optviz does."""
    return (
        dialect == "numpy" or bool(refused(race, lane, dialect)) or not other(race, lane, dialect)
    )


def test_the_races_have_all_there_is():
    assert RACES.keys() == SURFACES.keys()
    assert {lane.rule for race in RACES.values() for lane in race.lanes} == RULES.keys()
    assert {race.schedule.slug for race in RACES.values()} == SCHEDULES.keys()


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("dialect", ["numpy", "optax"])
def test_a_program_goes_where_optviz_does_unless_a_comment_says_otherwise(dialect, surface):
    race = RACES[surface]
    names, said = executed(race, dialect)
    assert [label for label, _ in names["LANES"]] == [lane.label for lane in race.lanes]
    for lane, (label, path) in enumerate(names["LANES"]):
        assert same(path, theta(race)[lane]) == as_said(race, lane, dialect), label
        assert f"{label}: ({path[-1][0]:.6g}, {path[-1][1]:.6g}), loss " in said


@pytest.mark.parametrize("dialect", ["numpy", "optax"])
def test_changes_in_mid_run_are_in_the_program(dialect):
    names, _ = executed(TURNED, dialect)
    for lane, (label, path) in enumerate(names["LANES"]):
        assert same(path, theta(TURNED)[lane]) == as_said(TURNED, lane, dialect), label


@pytest.mark.parametrize("record", RECORD, ids=lambda one: f"{one['dialect']}-{one['query'][8:20]}")
def test_a_recorded_program_is_the_one_of_today_and_ends_as_it_says(record):
    race, dialect = Race.from_query(record["query"]), record["dialect"]
    assert digest(race.to_code(dialect)) == record["digest"], "record it anew: record_snippets.py"
    for lane, end in enumerate(record["ends"]):
        reached = theta(race)[lane, -1]
        assert same(end, reached) == as_said(race, lane, dialect), race.lanes[lane].label


@pytest.mark.parametrize("dialect", ["torch", "keras"])
def test_every_rule_that_a_library_has_is_recorded(dialect):
    recorded = [Race.from_query(one["query"]) for one in RECORD if one["dialect"] == dialect]
    assert {lane.rule for race in recorded for lane in race.lanes} >= TWINS[dialect].keys()
    assert TWINS[dialect].keys() <= RULES.keys()


@pytest.mark.parametrize("dialect", WRITTEN)
def test_no_name_in_a_program_means_two_things(dialect):
    race = Race("ackley", [*RULES], schedule="cosine", noise=1.0)
    changes = [Change(1, schedule=slug) for slug in SCHEDULES]
    changes += [Change(1, lane, **dict(one.values)) for lane, one in enumerate(race.lanes)]
    tree = ast.parse(race.replace(changes=changes).to_code(dialect))
    names = [one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)]
    for one in tree.body:
        if isinstance(one, ast.Import | ast.ImportFrom):
            names += [alias.asname or alias.name.partition(".")[0] for alias in one.names]
    assert len(names) == len({*names})


@st.composite
def lanes(draw):
    slug = draw(st.sampled_from([*RULES]))
    finite = st.floats(allow_nan=False, allow_infinity=False)
    names = draw(st.lists(st.sampled_from([*RULES[slug].hyperparameters]), unique=True))
    values = {
        name: abs(value) if RULES[slug].hyperparameters[name].least == 0 else value
        for name, value in zip(names, draw(st.lists(finite, min_size=9)), strict=False)
    }
    return Lane(slug, label=draw(st.text()), **values)


def _text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@settings(max_examples=40)
@given(st.lists(lanes(), min_size=1, max_size=3), st.sampled_from(WRITTEN))
def test_a_label_is_a_text_in_the_program_whatever_is_in_it(entered, dialect):
    race = Race("ravine", entered)
    tree = ast.parse(race.to_code(dialect))
    (listed,) = [
        one.value for one in tree.body if isinstance(one, ast.Assign) and "LANES" in ast.dump(one)
    ]
    assert isinstance(listed, ast.List)
    pairs = [one.elts for one in listed.elts if isinstance(one, ast.Tuple)]
    assert [ast.literal_eval(label) for label, _ in pairs] == [lane.label for lane in race.lanes]
    bare = race.replace(lanes=[lane.replace(label="") for lane in race.lanes])
    plain = ast.parse(bare.to_code(dialect))
    for one in (tree, plain):
        for node in ast.walk(one):
            if isinstance(node, ast.Tuple) and node.elts and _text(node.elts[0]):
                node.elts[0] = ast.Constant("")
    assert ast.dump(tree) == ast.dump(plain)


@pytest.mark.parametrize("label", ['"""', "'); import os; ('", "\\", "\n# x", "a\u2028b", "{x!r}"])
def test_a_hostile_label_is_printed(label):
    race = Race("booth", [Lane("sgd", label=label)], steps=1)
    _, said = executed(race, "numpy")
    assert said.startswith(f"{race.lanes[0].label}: (")


def test_what_is_not_in_the_catalogue_is_refused_in_a_sentence():
    with pytest.raises(RaceError, match=r"There is no dialect 'jax'. Did you mean 'optax'"):
        Race("booth", "sgd").to_code("jax")
    with pytest.raises(RaceError, match=r"dish is not in the catalogue.*in PyTorch: to_code"):
        Race(dish, "sgd").to_code("torch")
    assert Race("booth", sgd).to_code("optviz") == Race("booth", "sgd").to_python()


def dish(x, y):
    return x * x + y * y
