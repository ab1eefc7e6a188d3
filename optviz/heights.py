"""The heights of a surface over a window, scaled so that its contours can be read."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optviz import checks
from optviz.limits import MAX_GRID
from optviz.pointwise import losses
from surfaces import Surface

# Heights so skewed that the highest is this many times the middle one are drawn logarithmically.
SKEWED = 4.0


@dataclass(frozen=True)
class Heights:
    """Heights (n, n) over x (n,) and y (n,), row = y, ready to be drawn.

    `scale` "log" means log10(f - floor + offset), "linear" f itself. `floor` is the surface's known
    lowest value, or None.
    """

    x: np.ndarray
    y: np.ndarray
    height: np.ndarray
    scale: str
    offset: float
    floor: float | None


def heights(
    surface: Surface,
    shape: Mapping[str, float],
    x: tuple[float, float],
    y: tuple[float, float],
    n: int,
) -> Heights:
    """Return the heights of `surface` on an n by n grid of the window x by y.

    RaceError if the window is empty, or n is not from 2 to MAX_GRID.
    """
    n = checks.whole(n, "n, the number of points along a side,", 2, MAX_GRID)
    x, y = (checks.limits(window, f"The window's {axis}") for axis, window in (("x", x), ("y", y)))
    columns, rows = np.linspace(*x, n), np.linspace(*y, n)
    points = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    values = losses(surface.function, shape, points).reshape(n, n)
    finite = values[np.isfinite(values)]
    lowest = surface.minimum if surface.minimum is not None else finite.min(initial=0.0)
    # Heights near the largest number that there is overflow here; then they compare as infinite.
    with np.errstate(over="ignore"):
        excess = np.maximum(finite - lowest, 0.0)
        offset = float(np.quantile(excess, 0.005)) if finite.size else 0.0
        skewed = offset > 0 and excess.max() >= SKEWED * np.median(excess)
    if surface.minimum is None or not skewed:
        return Heights(columns, rows, values, "linear", 0.0, surface.minimum)
    scaled = np.log10(np.maximum(values - lowest, 0.0) + offset)
    return Heights(columns, rows, scaled, "log", offset, surface.minimum)
