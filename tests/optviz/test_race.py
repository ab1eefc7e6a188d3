"""A race is plain data: it checks what it is given, and survives its link, JSON and Python."""

from __future__ import annotations

import json
import sys
from typing import Any
from unittest import mock
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import optviz
from optviz import RULES, SCHEDULES, SURFACES, Change, Lane, Race, RaceError, Schedule
from optviz.limits import MAX_LINK, MAX_SEED
from optviz.query import pairs
from optviz.race import DEFAULT, MAX_LANES, MAX_STEPS, read

LARGEST = sys.float_info.max
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SIZES = st.floats(0, allow_nan=False, allow_infinity=False)


def values_of(parameters):
    """Return a strategy for a dict that sets some of the parameters."""
    return st.fixed_dictionaries({}, optional={n: numbers(p) for n, p in parameters.items()})


def numbers(parameter):
    """Return a strategy for the numbers that a parameter may be."""
    if parameter.integer:
        return st.integers(int(max(parameter.least, -(10**6))), int(min(parameter.most, 10**6)))
    return st.floats(max(parameter.least, -LARGEST), min(parameter.most, LARGEST))


@st.composite
def lanes(draw):
    slug = draw(st.sampled_from([*RULES]))
    values = draw(values_of(RULES[slug].hyperparameters))
    own = draw(st.none() | schedules())
    return Lane(slug, label=draw(st.text(max_size=60)), schedule=own, **values)


@st.composite
def schedules(draw):
    slug = draw(st.sampled_from([*SCHEDULES]))
    return Schedule(slug, **draw(values_of(SCHEDULES[slug].hyperparameters)))


@st.composite
def changes(draw, lanes):
    step = draw(st.integers(0, MAX_STEPS))
    index = draw(st.integers(0, len(lanes) - 1))
    if draw(st.booleans()):
        return Change(step, draw(st.none() | st.just(index)), schedule=draw(schedules()))
    return Change(step, index, **draw(values_of(lanes[index].algorithm.hyperparameters)))


@st.composite
def races(draw):
    surface = draw(st.sampled_from([*SURFACES]))
    entered = draw(st.lists(lanes(), min_size=1, max_size=4))
    return Race(
        surface,
        entered,
        draw(st.none() | st.tuples(FLOATS, FLOATS)),
        draw(st.integers(1, MAX_STEPS)),
        draw(schedules()),
        draw(SIZES),
        draw(st.integers(0, MAX_SEED)),
        shape=draw(values_of(SURFACES[surface].parameters)),
        noise_decay=draw(SIZES),
        changes=draw(st.lists(changes(entered), max_size=3)),
    )


def from_plain(plain):
    """Return the race that JSON-ready data describes."""
    lanes = [
        Lane(
            p["rule"],
            label=p["label"],
            schedule=schedule_from(p["schedule"]) if "schedule" in p else None,
            **p["values"],
        )
        for p in plain.pop("lanes")
    ]
    schedule = schedule_from(plain.pop("schedule"))
    changes = [
        Change(p["step"], p.get("lane"), schedule=schedule_from(p["schedule"]))
        if "schedule" in p
        else Change(p["step"], p["lane"], **p["values"])
        for p in plain.pop("changes")
    ]
    return Race(lanes=lanes, schedule=schedule, changes=changes, **plain)


def schedule_from(plain):
    return Schedule(plain["slug"], **plain["values"])


@given(races())
def test_a_race_survives_its_link(race):
    assert Race.from_query(race.to_query()) == race


@given(races())
def test_a_link_is_one_canonical_text(race):
    link = race.to_query()
    assert Race.from_query(link).to_query() == link
    assert link.isascii()
    assert not set(link) & set(" \"'<>#\\")


@given(races())
def test_a_race_survives_json(race):
    plain = json.loads(json.dumps(race.plain(), allow_nan=False))
    assert plain == race.plain()
    assert from_plain(plain) == race


@given(races())
@settings(max_examples=50)
def test_a_race_survives_as_python(race):
    names: dict = {}
    with mock.patch.object(optviz, "run"), mock.patch("builtins.print"):
        exec(race.to_python(), names)
    assert names["race"] == race


def test_the_python_of_a_race_prints_what_became_of_it(capsys):
    exec(Race("rosenbrock", [Lane("sgd", lr=1e-3)], steps=10).to_python(), {})
    assert "not converged" in capsys.readouterr().out


@pytest.mark.parametrize("slug", SURFACES)
def test_every_surface_starts_where_it_says(slug):
    race = Race(slug, [Lane("sgd")])
    assert race.start == SURFACES[slug].start
    assert race.objective is SURFACES[slug]
    assert dict(race.shape) == SURFACES[slug].values()


@pytest.mark.parametrize("slug", RULES)
def test_a_lane_takes_the_declared_defaults(slug):
    lane = Lane(slug)
    assert dict(lane.values) == {n: h.default for n, h in RULES[slug].hyperparameters.items()}
    assert lane.label == RULES[slug].name
    for name, declared in RULES[slug].hyperparameters.items():
        turned: dict[str, Any] = {name: declared.high}
        assert dict(Lane(slug, **turned).values) == dict(lane.values) | turned


@pytest.mark.parametrize("slug", SCHEDULES)
def test_a_schedule_takes_the_declared_defaults(slug):
    expected = {name: h.default for name, h in SCHEDULES[slug].hyperparameters.items()}
    assert dict(Schedule(slug).values) == expected
    assert Race("beale", [Lane("sgd")], schedule=slug).schedule == Schedule(slug)


def test_a_lane_may_be_given_by_its_rule_alone():
    assert Race("beale", ["adam", RULES["sgd"]]) == Race(
        "beale", [Lane("adam"), Lane(RULES["sgd"])]
    )


def test_a_race_is_immutable():
    with pytest.raises(AttributeError):
        DEFAULT.steps = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        DEFAULT.lanes[0].values["lr"] = 3  # type: ignore[index]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("", "Adam"),
        ("  \n\t ", "Adam"),
        ("a\x00b\u202ec", "a b c"),
        ("x" * 100, "x" * 40),
        ("50%25, lr:0.1&lane=sgd", "50%25, lr:0.1&lane=sgd"),
        ("\ud800", "Adam"),
        ("Ådam β₁ 🚀", "Ådam β₁ 🚀"),
        ("\U0001f469\u200d\U0001f680 \u2764\ufe0f", "\U0001f469\u200d\U0001f680 \u2764\ufe0f"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\u200d\u200c", "Adam"),
        ("a\u200d\u200db \u200cc", "a\u200db c"),
        # 40 characters, but nothing that is read as one of them is torn apart.
        ("x" * 39 + "e\u0301", "x" * 39),
        ("x" * 38 + "\U0001f469\u200d\U0001f680", "x" * 38),
        ("x" * 39 + "\U0001f44d\U0001f3fd", "x" * 39),
        ("x" + "\U0001f1e9\U0001f1ea" * 20, "x" + "\U0001f1e9\U0001f1ea" * 19),
        ("o" + "\u0301" * 50, "o" + "\u0301" * 39),
    ],
)
def test_a_label_is_one_short_printable_line(label, expected):
    lane = Lane("adam", label=label)
    assert lane.label == expected
    race = Race("beale", [lane])
    assert Race.from_query(race.to_query()) == race


def test_the_longest_race_has_a_link_that_can_be_read():
    """Four bytes per letter of a label, encoded twice, and digits that never end."""
    slug = max(RULES, key=lambda slug: len(RULES[slug].hyperparameters))
    tiny = 1.2345678901234567e-300
    declared = RULES[slug].hyperparameters
    values = {name: tiny if h.least == 0 else -tiny for name, h in declared.items()}
    lane = Lane(slug, label="🚀" * 40, **values)
    race = Race(
        "goldstein_price",
        [lane] * MAX_LANES,
        (-1.2345678901234567e-300, -1.2345678901234567e-300),
        MAX_STEPS,
        schedule="one_cycle",
    )
    assert Race.from_query(race.to_query()) == race
    reencoded = urlencode(parse_qsl(race.to_query()))
    assert Race.from_query(reencoded) == race
    assert len(reencoded) < MAX_LINK


def test_a_function_of_ones_own_races():
    def parabola(x, y):
        return x**2 + y**2

    race = Race(parabola, [Lane("sgd", lr=0.1)], start=(1, 2), steps=20)
    assert race.objective.function is parabola
    assert race.plain()["surface"] == "parabola"
    with pytest.raises(RaceError, match="parabola is not in the catalogue"):
        race.to_query()


def test_a_function_named_like_a_surface_is_not_that_surface():
    def beale(x, y):
        return x + y

    race = Race(beale, [Lane("sgd")])
    assert race.objective.function is beale
    with pytest.raises(RaceError, match="not in the catalogue"):
        race.to_query()


WRONG = {
    "surface": (lambda: Race("rosenbrok", [Lane("sgd")]), "Did you mean 'rosenbrock'?"),
    "rule": (lambda: Lane("adamm"), "Did you mean 'adam'?"),
    "schedule": (lambda: Schedule("cosin"), "Did you mean 'cosine'?"),
    "hyperparameter": (lambda: Lane("adam", rho=0.9), "Did you mean 'rho"),
    "hyperparameter far off": (lambda: Lane("sgd", beta2=0.9), "There is lr."),
    "shape parameter": (
        lambda: Race("ravine", [Lane("sgd")], shape={"rotatoin": 3}),
        "Did you mean 'rotation'?",
    ),
    "shape without any": (lambda: Race("beale", [Lane("sgd")], shape={"b": 3}), "It has none."),
    "schedule's setting": (lambda: Schedule("cosine", floor=0.1), "There is end."),
    "no lanes": (lambda: Race("beale", []), "at least one lane"),
    "not a number": (lambda: Lane("sgd", lr="fast"), "'fast' is not a number"),
    "nan": (lambda: Lane("sgd", lr=float("nan")), "not a finite number"),
    "infinity": (lambda: Lane("sgd", lr="inf"), "not a finite number"),
    "too large": (lambda: Lane("sgd", lr=10**400), "too large"),
    "a list": (lambda: Lane("sgd", lr=[1, 2]), "is not a number"),
    "no steps": (lambda: Race("beale", [Lane("sgd")], steps=0), "at least 1"),
    "half a step": (lambda: Race("beale", [Lane("sgd")], steps=1.5), "whole number"),  # type: ignore[arg-type]
    "negative noise": (lambda: Race("beale", [Lane("sgd")], noise=-1), "cannot be below 0"),
    "growing noise": (lambda: Race("beale", [Lane("sgd")], noise_decay=-1), "below 0"),
    "negative seed": (lambda: Race("beale", [Lane("sgd")], seed=-1), "at least 0"),
    "start of one": (lambda: Race("beale", [Lane("sgd")], start=(1,)), "two numbers"),
    "start of nan": (lambda: Race("beale", [Lane("sgd")], start=(1, float("nan"))), "finite"),
    "whole setting": (lambda: Schedule("step_drop", every=1.5), "1.5 is not a whole number"),
}


@pytest.mark.parametrize(("make", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_a_sentence(make, says):
    with pytest.raises(RaceError) as caught:
        make()
    (problem,) = caught.value.problems
    assert says in problem
    assert str(caught.value) == problem
    assert problem[0].isupper() or problem.startswith("n,")
    assert problem[-1] in ".?"


@pytest.mark.parametrize("slug", RULES)
@given(st.data())
@settings(max_examples=3)
def test_a_misspelt_optimizer_is_suggested(slug, data):
    at = data.draw(st.integers(0, len(slug) - 1))
    misspelt = slug[:at] + "~" + slug[at + 1 :]
    race, problems = read(pairs(f"lane={misspelt}"))
    assert race == DEFAULT
    assert "Did you mean" in problems[0] or "There is sgd" in problems[0]
