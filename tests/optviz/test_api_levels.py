"""The lines of the contour: where a grid says they are, they can be drawn."""

from __future__ import annotations

import numpy as np
import pytest

from optviz import SURFACES
from optviz.api.single import LEVELS
from optviz.heights import heights
from tests.replies import unpack

# Powers of ten: from a window wider than the domain to one in which heights hardly differ.
SIDES = [2, 0, -3, -6, -8, -10, -12]


def around(point, side):
    return "&".join(
        f"{axis}={middle - side / 2!r},{middle + side / 2!r}"
        for axis, middle in zip("xy", point, strict=True)
    )


def grid(client, query):
    reply = client.get(f"/surface?{query}&format=json")
    assert reply.status_code == 200, reply.text
    return reply.json()


def check(found):
    """Levels rise by equal distances, strictly between the lowest height and the highest."""
    (low, high), levels = found["height_range"], found["levels"]
    assert len(levels) == LEVELS - 1
    steps = np.diff([low, *levels, high])
    assert (steps > 0).all()


@pytest.mark.parametrize("slug", SURFACES)
def test_the_levels_of_a_domain_lie_at_equal_distances_inside_its_heights(client, slug):
    found = grid(client, f"surface={slug}&n=71")
    check(found)
    low, high = found["height_range"]
    np.testing.assert_allclose(np.diff(found["levels"]), (high - low) / LEVELS, rtol=1e-9)


@pytest.mark.parametrize("slug", SURFACES)
@pytest.mark.parametrize("power", SIDES)
def test_the_levels_of_any_window_rise_inside_its_heights_or_there_are_none(client, slug, power):
    """Where heights differ by less than their own rounding, the lines would coincide."""
    surface = SURFACES[slug]
    for point in (surface.start, *surface.minima):
        found = grid(client, f"surface={slug}&n=9&{around(point, 10.0**power)}")
        if found["levels"]:
            check(found)
        else:
            low, high = (end + found["base"] for end in found["height_range"])
            assert high - low <= 1e-12 * max(abs(low), abs(high))


@pytest.mark.parametrize("slug", SURFACES)
def test_a_millionth_of_the_domain_keeps_its_relief_as_float32(client, slug):
    """Where f is about 100 a float32 cannot hold what 1e-6 of the domain adds to it."""
    surface = SURFACES[slug]
    sides = [1e-6 * (high - low) for low, high in (surface.x, surface.y)]
    for point in (surface.start, *surface.minima, *surface.local_minima):
        x, y = ((at - s / 2, at + s / 2) for at, s in zip(point, sides, strict=True))
        grid = heights(surface, surface.values(), x, y, 31)
        window = f"x={x[0]!r},{x[1]!r}&y={y[0]!r},{y[1]!r}&n=31"
        header, arrays = unpack(client.get(f"/surface?surface={slug}&{window}").content)
        sent = arrays["height"].astype(float) + header["base"]
        np.testing.assert_allclose(sent, grid.height, rtol=0, atol=1e-4 * np.ptp(grid.height))
        assert len(header["levels"]) == LEVELS - 1
        assert header["height_range"] == [end - header["base"] for end in extremes(grid.height)]


def extremes(values):
    return values.min(), values.max()


def test_a_shape_and_a_window_change_the_levels(client):
    seen = {
        tuple(grid(client, f"surface=ravine&n=9{other}")["levels"])
        for other in ("", "&shape=condition:7", "&x=0,1", "&shape=rotation:40&y=0,1")
    }
    assert len(seen) == 4


@pytest.mark.parametrize(
    "query",
    [
        "surface=easom&x=90,100&y=90,100",  # so far out that its exponential is zero
        "surface=booth&x=1e200,1e201",  # where no height is a number
    ],
)
def test_a_grid_without_slopes_has_no_levels(client, query):
    found = grid(client, f"{query}&n=9")
    low, high = found["height_range"]
    assert low == high
    assert found["levels"] == []


def test_heights_as_far_apart_as_numbers_go_have_levels(client):
    """The difference of the highest and the lowest is too large for a number."""
    found = grid(client, "surface=saddle&x=-1.3e154,1.3e154&y=-1.3e154,1.3e154&n=5")
    low, high = found["height_range"]
    assert high - low == np.inf
    check(found)
