"""Claims: what they say of a race, against NumPy; and that nothing else can be written in one."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import Lane, Race, RaceError, run
from optviz.lessons.claims import FACTS, MOST_LETTERS, holds, told, value

RACE = Race(
    "booth",
    [Lane("sgd", lr=0.1), Lane("sgd", lr=0.2, label="Wild"), Lane("momentum", lr=1e-5)],
    steps=60,
    schedule="linear",
)


@pytest.fixture(scope="module")
def ran():
    return run(RACE)


def test_facts_are_those_of_the_trajectories(ran):
    theta, last = ran.theta[0], ran.theta[0, -1]
    moves = np.hypot(*np.diff(theta, axis=0).T)
    own = {
        'loss("SGD", 7)': ran.loss[0, 7],
        'loss("SGD")': ran.loss[0, -1],
        'slope("SGD", 3)': np.linalg.norm(ran.grad[0, 3]),
        'x("SGD", 2) + y("SGD", 2)': theta[2].sum(),
        'distance("SGD")': np.linalg.norm(last - (1, 3)),
        'arrived("SGD")': ran.status[0].step,
        'arrived("Momentum")': inf,
        'diverged("Wild")': ran.status[1].step,
        'left("Momentum")': inf,
        'stride("SGD", 4)': moves[4],
        'length("SGD")': moves.sum(),
        'rate("SGD", 10)': 0.1 * ran.multipliers[0, 10],
        '-2 * loss("SGD", 0) / 4': -ran.loss[0, 0] / 2,
    }
    for text, expected in own.items():
        assert value(text, ran) == pytest.approx(expected, rel=1e-12), text
    turned = sum(
        float(np.dot(b - a, c - b)) < 0
        for a, b, c in zip(theta, theta[1:], theta[2:], strict=False)
    )
    assert value('reversals("SGD")', ran) == turned > 0
    x, y = ran.theta[1].T
    outside = ~((abs(x) <= 10) & (abs(y) <= 10))
    assert outside[int(value('left("Wild")', ran)) :].all()


def test_claims_are_true_or_false(ran):
    assert holds('loss("SGD", 60) < loss("SGD", 0)', ran)
    assert not holds('1 < loss("SGD", 0) < 2', ran)
    assert holds('arrived("Momentum") == inf and not diverged("SGD") < inf', ran)
    assert holds('left("Wild") <= 3 or diverged("Wild") <= 60', ran)
    with pytest.raises(RaceError, match="is a number, not a claim"):
        holds('loss("SGD")', ran)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("loss(SGD)", "wants a lane in quotes"),
        ('los("SGD")', "There is no fact 'los'"),
        ('loss("Adam")', "Adam"),
        ('loss("SGD", 61)', "There is no step 61"),
        ('loss("SGD", 0.5)', "There is no step 0.5"),
        ('length("SGD", 3)', "length wants a lane"),
        ("1 +", "is no expression"),
        ("1 / 0", "divides by zero"),
        ("1 if 2 else 3", "holds what no claim may hold"),
        ("1 << 3", "holds what no claim may hold"),
        ("2 ** 9", "holds what no claim may hold"),
        ("1 is 2", "may compare with"),
        ("().__class__", "holds what no claim may hold"),
        ("__import__('os')", "There is no fact"),
        ("[x for x in 'abc']", "holds what no claim may hold"),
        ("1 + " * 90 + "1", "at most"),
        ("(" * 200 + ")" * 200, "at most"),
        ("1" * 400, "at most"),
    ],
)
def test_what_is_no_claim_gets_a_sentence(text, sentence, ran):
    with pytest.raises(RaceError, match=sentence):
        value(text, ran)


PARTS = [*"()+-*/<>=.,_ 019\"'", '"SGD"', "inf", " and ", " not ", *FACTS]


@given(st.text(max_size=MOST_LETTERS) | st.lists(st.sampled_from(PARTS), max_size=20).map("".join))
def test_a_number_or_a_sentence_comes_of_any_text(text):
    # One race for all: it has been run, and is not altered.
    try:
        came = value(text, _RAN)
    except RaceError as error:
        came = " ".join(error.problems)
    assert isinstance(came, bool | float | str)
    assert came != ""


_RAN = run(Race("booth", [Lane("sgd", lr=0.1)], steps=10))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3.0, "3"),
        (4.74e-05, "4.74·10⁻⁵"),
        (-2e21, "-2·10²¹"),
        (0.12345, "0.123"),
        (inf, "never"),
        (True, "yes"),
        (float("nan"), "no number"),
    ],
)
def test_numbers_as_a_text_has_them(number, text):
    assert told(number) == text
