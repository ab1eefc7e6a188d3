"""Curved and narrow valleys: easy to enter, slow to follow."""

from __future__ import annotations

from surfaces.surface import surface


@surface(
    "Rosenbrock",
    x=(-2.0, 2.0),
    y=(-1.0, 3.0),
    start=(-1.2, 1.0),
    minima=((1.0, 1.0),),
    minimum=0.0,
    source="Rosenbrock (1960), The Computer Journal 3(3), 175-184",
)
def rosenbrock(x, y):
    """A curved valley that is found at once and then followed slowly: the classic test of momentum."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2
