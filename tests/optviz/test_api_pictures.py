"""The small pictures of a menu: of every surface, low where it is low."""

from __future__ import annotations

import json

import numpy as np
import pytest

from optviz.api.pictures import BANDS, SIDE, pictures
from surfaces import SURFACES


@pytest.fixture(scope="module")
def told() -> dict:
    return json.loads(pictures())


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_every_surface_has_a_picture_that_is_lower_where_the_surface_is(told, surface):
    letters = told["surfaces"][surface.slug]
    assert len(letters) == SIDE**2
    assert {*letters} <= {*BANDS}
    assert len({*letters}) > 1, "something is seen"
    bands = np.array([BANDS.index(letter) for letter in letters]).reshape(SIDE, SIDE)
    rng = np.random.default_rng(0)
    x, y = (np.linspace(low, high, SIDE) for low, high in (surface.x, surface.y))
    for _ in range(50):
        (r, c), (s, d) = rng.integers(0, SIDE, (2, 2))
        lower = float(surface.f(x[c], y[r])) < float(surface.f(x[d], y[s]))
        assert not lower or bands[r, c] <= bands[s, d]
