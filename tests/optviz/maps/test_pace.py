"""How long a slice of a map's steps is."""

from __future__ import annotations

import pytest

from optviz.maps.pace import SLICE, Pace


@pytest.mark.parametrize("took", [0.0, 1e-9, 0.01, 0.02, 5.0])
@pytest.mark.parametrize("steps", [1, 32, 500])
def test_a_slice_takes_as_long_as_it_should_by_the_last_one_and_is_never_empty(steps, took):
    pace = Pace(steps)
    pace.learn(steps, took)
    for tiles in (1, 3):
        after = pace.slice(tiles)
        assert after == 1 or after * tiles * took / steps <= SLICE * 1.001
        assert after >= 1


def test_what_took_no_step_teaches_nothing():
    pace = Pace(77)
    pace.learn(0, 3.0)
    assert pace.slice(1) == 77
