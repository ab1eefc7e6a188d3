"""What is said of a lane that was run in a browser is what the server says of it, to the letter."""

from __future__ import annotations

import pytest

from optviz import Change, Lane, Race, Schedule, run

SAID = {
    "still": Race("beale", [Lane("sgd", lr=0.0)], steps=30),
    "still after a change": Race("beale", ["sgd"], steps=30, changes=[Change(10, 0, lr=0.0)]),
    "still by schedule": Race(
        "beale", ["sgd"], steps=30, schedule=Schedule("linear", end=0.0, tau=20)
    ),
    "still by itself": Race("booth", [Lane("polyak", f_star=5.0)], steps=300),
    "still on a saddle": Race("saddle", ["sgd"], (0.0, 0.0), 30),
    "hopping about near a minimum": Race("ravine", [Lane("rmsprop", lr=0.01)], (-3, 3), 500),
    "closer by hops": Race("ravine", [Lane("sgd", lr=0.079)], steps=500),
    "one step at a minimum": Race("booth", ["sgd"], (1.0, 3.0), 1),
    "leaves where all leave": Race("saddle", [Lane("adam", lr=0.1)], steps=200),
    "leaves all bounds where all leave": Race("saddle", [Lane("sgd", lr=0.1)], steps=200),
    "never inside where all leave": Race("saddle", ["sgd"], (100.0, 1.0), 20),
    "zero by zero": Race("beale", [Lane("adam", rho1=1.0)], steps=20),
    **{
        f"no number with {value}": Race(
            "beale", [Lane("rmsprop_momentum", lr=100.0, alpha=value, rho=1.5)], steps=20
        )
        for value in (1.0, 0.999999999, 1 - 2**-53, 1234567.5, 1.2345678e-9, 2 / 3 * 1e19)
    },
    "diverged": Race("beale", [Lane("sgd", lr=10.0)], steps=20),
}


@pytest.mark.parametrize("race", SAID.values(), ids=SAID)
def test_it_is_said_in_the_same_words(race, in_browser):
    (seen,) = in_browser([race])
    assert seen["lanes"][0]["status"] == run(race).status[0]._asdict()
