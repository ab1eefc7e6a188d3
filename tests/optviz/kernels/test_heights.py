"""A surface's heights, computed in a browser, are those that the server sends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optviz import SURFACES, kernel
from optviz.api.single import SurfaceAsked
from tests.optviz.kernels.conftest import node

SCRIPT = Path(__file__).with_name("heights.mjs")
N = 41
FACTS = ("minimum", "minima", "local_minima", "saddles")


def windows(surface):
    """The domain, a part of it, and so small a part that its heights hardly differ."""
    yield surface.x, surface.y
    for size in (0.3, 1e-6):
        yield tuple(
            (at - size * (high - low), at + size * (high - low))
            for at, (low, high) in zip(surface.start, (surface.x, surface.y), strict=True)
        )


@pytest.mark.parametrize("slug", SURFACES)
def test_they_are_the_servers(slug, tmp_path):
    surface = SURFACES[slug]
    module = tmp_path / "kernel.mjs"
    module.write_text(kernel("sgd", slug))
    turned = {name: 0.5 * one.default + 0.5 * one.high for name, one in surface.parameters.items()}
    asked = [(shape, window) for shape in (surface.values(), turned) for window in windows(surface)]
    facts = {name: getattr(surface, name) for name in FACTS}
    given = [
        {"surface": facts, "shape": dict(shape), "window": {"x": x, "y": y}, "n": N}
        for shape, (x, y) in asked
    ]
    came = node(SCRIPT, {"kernel": module.as_uri(), "grids": given})
    for seen, (shape, (x, y)) in zip(came, asked, strict=True):
        header, arrays = SurfaceAsked("", slug, shape, x, y, N).answer(lambda _: True)
        # To a millionth of what the picture spans: more no eye and no line of it tells.
        low, high = header["height_range"]
        close = {"rtol": 1e-9, "atol": 1e-6 * (high - low) + 1e-15 * abs(header["base"])}
        height = np.array(seen.pop("height"), float).reshape(N, N)
        np.testing.assert_allclose(height, arrays["height"], **close)
        for name in ("height_range", "levels", "base", "offset"):
            np.testing.assert_allclose(seen.pop(name), header.pop(name), **close, err_msg=name)
        assert seen == {
            name: np.array(part).tolist() if isinstance(part, tuple) else part
            for name, part in header.items()
        }
