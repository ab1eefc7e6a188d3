"""The moment of a link is read as it was written; what is broken in it gets a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.link import read
from optviz.moment import MOMENT_KEYS, SPEEDS, Moment

NUMBERS = st.floats(-1e6, 1e6)
SIDES = st.tuples(NUMBERS, NUMBERS).filter(lambda side: side[0] < side[1])
MOMENTS = st.builds(
    Moment,
    at=st.none() | st.integers(0, 500),
    playing=st.booleans(),
    speed=st.none() | st.sampled_from(SPEEDS),
    loop=st.booleans(),
    window=st.none() | st.tuples(SIDES, SIDES).map(lambda sides: (*sides[0], *sides[1])),
    equal=st.none() | st.booleans(),
    camera=st.none() | st.tuples(*[NUMBERS] * 6).filter(lambda at: at[:3] != at[3:]),
    present=st.booleans(),
)


def told(moment: Moment) -> str:
    """Return a moment as a link has it."""

    def text(part: object) -> str:
        if isinstance(part, list):
            return ",".join(map(repr, part))
        return str(int(part)) if isinstance(part, bool) else str(part)

    return "&".join(f"{name}={text(part)}" for name, part in moment.plain().items())


@given(MOMENTS)
def test_a_moment_survives_its_link(moment):
    link = read(f"surface=beale&lane=adam&{told(moment)}")
    assert link.moment == moment
    assert not link.problems


def test_what_is_as_usual_is_not_told():
    assert not Moment().plain()
    assert read("lane=sgd").moment == Moment()


def test_the_first_change_leaves_it_behind():
    assert "at=" not in read("lane=sgd&at=7&present=1").query()


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("at=501", "can be at most 500"),
        ("at=-1", "at least 0"),
        ("speed=3", "0.25, 0.5, 1, 2, 4, 8"),
        ("window=2,1,0,1", "The window's x must go from a lower number"),
        ("window=0,1,-1e308,1e308", "The window's y is too wide"),
        ("window=0,1", "has 4 numbers"),
        ("window=0,1,0,inf", "finite"),
        ("camera=1,2,3", "has 6 numbers"),
        ("camera=1,2,3,1,2,3", "from one point at another"),
        ("playing=yes", "playing is 1 or 0"),
        ("at=3&at=4", "gives at twice"),
        ("presnt=1", "Did you mean 'present'?"),
    ],
)
def test_a_broken_part_gets_a_sentence_and_the_rest_holds(part, sentence):
    link = read(f"lane=sgd&loop=1&{part}")
    assert link.moment.loop
    assert len(link.problems) == 1
    assert sentence in link.problems[0]


def test_no_key_means_two_things():
    assert not {*MOMENT_KEYS} & {"surface", "lane", "start", "steps", "chosen", "chart", "x", "y"}
