"""Races and their parts are values: they hash, compare, pickle, and print as what makes them."""

from __future__ import annotations

import copy
import pickle
import sys

import pytest

import optviz
from optviz import RULES, SCHEDULES, SURFACES, Change, Comparison, Lane, Race, RaceError, Schedule
from optviz.race import DEFAULT
from optviz.values import Numbers
from tests.optviz import own_functions
from tests.optviz.own_functions import LARGE, beale, dish, downhill

CHANGES = [Change(3, 0, lr=2), Change(5, schedule="cosine"), Change(7, schedule=Schedule("linear"))]
FULL = Race(
    "ravine",
    [Lane("momentum", lr=0.01), Lane("adam", label="it's mine"), "sgd"],
    (1, 2),
    70,
    Schedule("cosine", end=0.1),
    0.1,
    2**53 + 1,
    shape={"condition": 30},
    noise_decay=0.01,
    changes=CHANGES,
)
VALUES = {
    "lane": Lane("adam", lr=0.3, label="x"),
    "lane of a rule's own values": Lane("adam"),
    "lane of one's own rule": Lane(downhill, lr=0.3),
    "schedule": Schedule("step_drop", every=7),
    "change of a lane": CHANGES[0],
    "change of the schedule": CHANGES[2],
    "the default race": DEFAULT,
    "a race that says everything": FULL,
    "race on one's own function": Race(beale, ["sgd"]),
    "race on one's own surface": Race(LARGE, ["sgd"]),
    "race on one's own declared surface": Race(dish, [downhill]),
    "comparison": Comparison("beale", ["adam", "lion"], trials=9, seed=3),
    "comparison of all": Comparison("ravine", shape={"condition": 9}),
}


@pytest.fixture(params=VALUES)
def value(request):
    return VALUES[request.param]


def test_a_value_prints_on_one_line_that_makes_it_again(value):
    assert "\n" not in repr(value)
    again = eval(repr(value), vars(optviz) | vars(own_functions))
    assert again == value
    assert repr(again) == repr(value)


def test_a_value_is_kept_in_sets_and_files_and_copies(value):
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value)):
        assert again == value
        assert len({again, value}) == 1
        assert repr(again) == repr(value)
    assert value.replace() == value


def test_what_is_usual_is_not_printed():
    assert repr(Lane("adam")) == "Lane('adam')"
    assert repr(Lane("adam", lr=0.3, label="A")) == "Lane('adam', label='A', lr=0.3)"
    assert repr(Race("beale", "sgd")) == "Race('beale', [Lane('sgd')])"
    assert repr(Race("beale", "sgd", steps=9)) == "Race('beale', [Lane('sgd')], steps=9)"
    assert repr(CHANGES[0]) == "Change(3, 0, lr=2.0)"
    assert repr(Race(beale, [downhill])) == "Race(beale, [Lane(downhill)])"


def test_a_value_is_replaced_in_part():
    assert Lane("adam", lr=0.3).replace(lr=0.1, label="x") == Lane("adam", lr=0.1, label="x")
    assert FULL.replace(steps=9).steps == 9
    assert FULL.replace(steps=9).replace(steps=70) == FULL
    assert CHANGES[0].replace(step=4) == Change(4, 0, lr=2)
    assert Comparison("beale", ["adam"]).replace(trials=3).trials == 3
    with pytest.raises(RaceError, match="at least 1"):
        FULL.replace(steps=0)


def test_a_race_moved_to_another_surface_takes_what_is_that_surfaces_own():
    moved = Race("ravine", "sgd", shape={"condition": 9}).replace(surface="beale")
    assert (moved.start, dict(moved.shape)) == (SURFACES["beale"].start, {})
    assert FULL.replace(surface="beale").start == FULL.start


@pytest.mark.parametrize("slug", RULES)
def test_a_lane_given_by_a_rule_is_that_given_by_its_slug(slug):
    assert Lane(RULES[slug]) == Lane(slug)
    assert hash(Lane(RULES[slug])) == hash(Lane(slug))
    assert pickle.loads(pickle.dumps(RULES[slug])) is RULES[slug]


@pytest.mark.parametrize("slug", SCHEDULES)
def test_a_schedule_is_given_by_its_slug_or_itself(slug):
    given = [slug, SCHEDULES[slug], Schedule(slug)]
    assert len({Race("beale", "sgd", schedule=schedule) for schedule in given}) == 1


@pytest.mark.parametrize("slug", SURFACES)
def test_a_surface_is_given_by_its_slug_or_itself(slug):
    assert Race(SURFACES[slug], "sgd") == Race(slug, "sgd")
    assert pickle.loads(pickle.dumps(SURFACES[slug])) is SURFACES[slug]


def test_races_on_the_same_function_are_equal_and_on_others_are_not():
    assert Race(beale, "sgd") == Race(beale, "sgd")
    assert Race(beale, "sgd") != Race("beale", "sgd")
    assert Race(lambda x, y: x + y, "sgd") != Race(lambda x, y: x + y, "sgd")


def test_named_numbers_never_change():
    numbers = Numbers({"lr": 1.0, "rho": 2.0})
    assert numbers == {"rho": 2.0, "lr": 1.0}
    assert hash(numbers) == hash(Numbers({"rho": 2.0, "lr": 1.0}))
    with pytest.raises(TypeError):
        numbers["lr"] = 3  # type: ignore[index]


@pytest.mark.parametrize("race", [Race(beale, [downhill]), Race(LARGE, "sgd"), Race(dish, "adam")])
def test_a_function_of_ones_own_is_imported_by_the_program(race, capsys):
    names: dict = {}
    exec(race.to_python(), names)
    assert names["race"] == race
    assert race.lanes[0].label in capsys.readouterr().out


def local(x, y):
    return x + y


def test_a_function_that_no_program_can_import_is_refused(monkeypatch):
    def beale(x, y):
        return x + y

    monkeypatch.setattr(local, "__module__", "__main__")
    monkeypatch.setattr(sys.modules["__main__"], "local", local, raising=False)
    for function in (beale, lambda x, y: x + y, local):
        with pytest.raises(RaceError, match="no program can import: define it"):
            Race(function, "sgd").to_python()
