"""Small pictures of the surfaces for a menu: how high each is, among its own heights."""

import json
from functools import cache

import numpy as np

from surfaces import SURFACES, Surface

# Points along a side, and letters for as many bands of heights, each of which as many points have.
SIDE = 24
BANDS = "abcdefghijkl"


@cache
def pictures() -> bytes:
    """Return the pictures of all surfaces as JSON text, made once.

    By slug a text of SIDE x SIDE letters of BANDS, from the lowest to the highest; rows are y, the
    first is the lowest. Each surface has its default shape, and its domain is shown.
    """
    made = {slug: _picture(surface) for slug, surface in SURFACES.items()}
    told = {"side": SIDE, "bands": BANDS, "surfaces": made}
    return json.dumps(told, separators=(",", ":")).encode()


def _picture(surface: Surface) -> str:
    """Return the letters of one surface."""
    x, y = (np.linspace(low, high, SIDE) for low, high in (surface.x, surface.y))
    heights = np.asarray(surface.f(*np.meshgrid(x, y))).ravel()
    # By rank: one high wall would leave all else in one band.
    ranks = np.searchsorted(np.sort(heights), heights)
    return "".join(BANDS[len(BANDS) * rank // len(ranks)] for rank in ranks.tolist())
