"""A link comes from strangers: whatever it says, a race runs, and sentences say what was wrong."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optviz import RULES, Change, Lane, Race, RaceError, Schedule
from optviz.query import KEYS, MAX_LINK, MAX_SETTINGS, pairs
from optviz.race import DEFAULT, MAX_CHANGES, MAX_LANES, MAX_STEPS, read

FULL = (
    "surface=ravine&shape=condition:100,rotation:30&start=-1.2,1&steps=300&schedule=cosine,end:0.1"
    "&noise=0.1&noise_decay=0.01&seed=3&lane=momentum,lr:0.001,alpha:0.9"
    "&lane=adam,lr:0.05,label:My%2520Adam&change=100:1,lr:0.01,rho1:0.5"
    "&reschedule=200,step_drop,every:50"
)
WORDS = [*KEYS, *RULES, "label", "make", "self", "lr", "nan", "inf", "1e999", "9" * 400]
GRAMMAR = st.lists(
    st.sampled_from([*WORDS, "=", "&", ",", ":", "%", "%00", "%25", "%FF", "+", "-", "?", "#", "0"])
    | st.text(max_size=3),
    max_size=30,
).map("".join)


@st.composite
def mangled(draw):
    """Return a good link with a piece of it replaced."""
    a, b = sorted(draw(st.tuples(st.integers(0, len(FULL)), st.integers(0, len(FULL)))))
    return FULL[:a] + draw(st.text(max_size=5)) + FULL[b:]


@given(st.text() | GRAMMAR | mangled())
@example("lane=adam,make:1")
@example("lane=adam,self:1,rule:2,label:3,args:4")
@example("shape=surface:1,self:2")
@example("schedule=cosine,slug:1,self:2")
@example("lane=adam,label:\ud800&\ud800=%ED%A0%80")
@example("&&==&=&,:,")
@settings(max_examples=400)
def test_any_text_gives_a_race_that_runs_and_sentences(text):
    race, problems = read(pairs(text))
    assert 1 <= len(race.lanes) <= MAX_LANES
    assert 1 <= race.steps <= MAX_STEPS
    assert Race.from_query(race.to_query()) == race
    assert all(problem[0].isupper() and problem[-1] in ".?" for problem in problems), problems
    assert all(len(problem) < 1000 for problem in problems)
    if problems:
        with pytest.raises(RaceError) as caught:
            Race.from_query(text)
        assert list(caught.value.problems) == problems
    else:
        assert Race.from_query(text) == race


def test_a_link_says_everything():
    race = Race.from_query(FULL)
    assert race == Race(
        "ravine",
        [Lane("momentum", lr=0.001, alpha=0.9), Lane("adam", lr=0.05, label="My Adam")],
        (-1.2, 1),
        300,
        Schedule("cosine", end=0.1),
        0.1,
        3,
        shape={"condition": 100, "rotation": 30},
        noise_decay=0.01,
        changes=[
            Change(100, 1, lr=0.01, rho1=0.5),
            Change(200, schedule=Schedule("step_drop", every=50)),
        ],
    )


@pytest.mark.parametrize("text", ["", "?", "&", "?&&"])
def test_an_empty_link_is_the_default_race(text):
    assert Race.from_query(text) == DEFAULT


def test_a_question_mark_in_front_is_no_part_of_a_link():
    assert Race.from_query("?" + FULL) == Race.from_query(FULL)


def test_what_a_link_leaves_out_is_the_default():
    race = Race.from_query("lane=adam")
    assert race == Race("rosenbrock", [Lane("adam")], None, 500)


@pytest.mark.parametrize("number", ["1e-3", "0.001", "1E-3", ".001", "+.001", "1.000e-03"])
def test_a_number_may_be_written_as_javascript_or_python_do(number):
    race = Race.from_query(f"lane=sgd,lr:{number.replace('+', '%2B')}")
    assert race.lanes[0].values["lr"] == 0.001


@pytest.mark.parametrize(
    ("text", "number"),
    [("7.86·10⁻⁵", 7.86e-5), ("1e−3", 1e-3), ("2 · 10⁻⁴", 2e-4)],  # noqa: RUF001
)
def test_a_number_may_be_written_as_a_page_shows_it(text, number):
    assert Race.from_query(f"lane=sgd,lr:{quote(text)}").lanes[0].values["lr"] == number


BROKEN = {
    "unknown key": ("foo=1", {}, "unknown part 'foo'"),
    "near key": ("stepps=3", {}, "Did you mean 'steps'?"),
    "unknown surface": ("surface=rosenbrok&steps=7", {"steps": 7}, "'rosenbrock'"),
    "unknown schedule": ("schedule=cosinus", {}, "Did you mean 'cosine'?"),
    "bad schedule value": (
        "schedule=cosine,end:x",
        {"schedule": Schedule("cosine")},
        "'x' is not a number",
    ),
    "bad lane value": (
        "lane=adam,lr:x,rho1:0.5",
        {"lanes": (Lane("adam", rho1=0.5),)},
        "Adam, lr: 'x' is not a number.",
    ),
    "one bad lane": ("lane=adom&lane=sgd", {"lanes": (Lane("sgd"),)}, "Did you mean 'adam'?"),
    "all lanes bad": ("lane=zzz", {"lanes": DEFAULT.lanes}, "There is no optimizer 'zzz'."),
    "change of no lane": ("lane=sgd&change=10:3,lr:1", {"changes": ()}, "the lanes are 0 to 0"),
    "change of no step": ("change=x:0,lr:1", {"changes": ()}, "The step of a change"),
    "change without a lane": (
        "change=10,lr:1",
        {"changes": ()},
        "A change should read step:lane,values, like 100:0,lr:0.01, not '10,lr:1'.",
    ),
    "empty change": ("change=", {"changes": ()}, "A change should read step:lane,values"),
    "change to no schedule": (
        "reschedule=10",
        {"changes": ()},
        "A reschedule should read step,schedule, like 100,cosine, not '10'.",
    ),
    "empty change of the schedule": ("reschedule=,", {"changes": ()}, "step,schedule"),
    "too many settings": (
        "lane=sgd,lr:1" + "," * MAX_SETTINGS,
        {"lanes": (Lane("sgd", lr=1),)},
        f"In lane 'sgd', there are more than {MAX_SETTINGS} settings.",
    ),
    "change of an unknown value": (
        "lane=sgd&change=10:0,alpha:1",
        {"changes": ()},
        "no hyperparameter",
    ),
    "unknown schedule to change to": ("reschedule=10,cosinus", {"changes": ()}, "'cosine'"),
    "too many changes": (
        "lane=sgd" + "&change=1:0,lr:1" * (MAX_CHANGES + 1),
        {"changes": (Change(1, 0, lr=1),) * MAX_CHANGES},
        f"at most {MAX_CHANGES} changes",
    ),
    "no colon": ("lane=adam,lr", {"lanes": (Lane("adam"),)}, "should read name:number"),
    "a rate that climbs": (
        "lane=adam,lr:-3",
        {"lanes": (Lane("adam"),)},
        "Adam, lr: -3 is not 0 or more.",
    ),
    "value twice": (
        "lane=sgd,lr:1,lr:2",
        {"lanes": (Lane("sgd", lr=1),)},
        "'lr' is given twice; give it once.",
    ),
    "key twice": ("steps=3&steps=4", {"steps": 3}, "The link gives steps twice; give it once."),
    "nan": ("start=nan,1", {"start": DEFAULT.start}, "'nan' is not a finite number"),
    "infinity": ("noise=inf", {"noise": 0.0}, "'inf' is not a finite number"),
    "overflow": ("noise=1e999", {"noise": 0.0}, "not a finite number"),
    "too many steps": ("steps=10001", {"steps": MAX_STEPS}, "at most 10000 steps"),
    "absurdly many steps": ("steps=1e300", {"steps": MAX_STEPS}, "asks for 1e300"),
    "no steps": ("steps=0", {"steps": 500}, "at least 1"),
    "start of three": ("start=1,2,3", {"start": DEFAULT.start}, "it has 3"),
    "null byte": ("surface=%00", {}, "There is no surface '\\x00'."),
    "percent garbage": ("surface=%zz%", {}, "There is no surface '%zz%'."),
    "shape of another surface": (
        "surface=beale&shape=b:3",
        {"surface": "beale"},
        "Beale has no shape parameter 'b'. It has none.",
    ),
}


@pytest.mark.parametrize(("text", "expected", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_part_falls_back_and_the_rest_stands(text, expected, says):
    race, (problem,) = read(pairs(text))
    assert says in problem
    for name, value in expected.items():
        assert getattr(race, name) == value
    expected = {"surface": "rosenbrock", "seed": 0} | expected
    assert (race.surface, race.seed) == (expected["surface"], expected["seed"])


def test_every_broken_part_is_named():
    _, problems = read(pairs("surface=x&steps=y&lane=adam,lr:a,rho1:b&noise=-1&foo=1"))
    assert len(problems) == 6


def test_too_many_lanes_are_cut_with_a_sentence():
    race, (problem,) = read(pairs("&".join(["lane=adam"] * (MAX_LANES + 1))))
    assert len(race.lanes) == MAX_LANES
    assert problem == f"A race has at most {MAX_LANES} lanes; the link has {MAX_LANES + 1}."


def test_a_link_that_is_too_long_is_not_read():
    race, (problem,) = read(pairs("lane=adam&" + "x" * MAX_LINK))
    assert race == DEFAULT
    assert problem.startswith("The link is longer than")


def test_a_long_word_is_shortened_in_the_sentence():
    _, (problem,) = read(pairs("surface=" + "x" * 5000))
    assert "x" * 40 + "..." in problem
    assert len(problem) < 500
