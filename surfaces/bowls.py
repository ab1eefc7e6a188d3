"""Bowls: quadratics with one minimum, whose behaviour the theory predicts completely."""

from surfaces.surface import surface

SURVEY = (
    "Jamil and Yang (2013), "
    "International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 150-194"
)


@surface(
    "Booth",
    x=(-10.0, 10.0),
    start=(-8.0, 7.0),
    minima=((1.0, 3.0),),
    minimum=0.0,
    source=SURVEY,
)
def booth(x, y):
    """An oblique bowl with condition number 9: every rule arrives, and the detours show."""
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


@surface(
    "Matyas",
    x=(-10.0, 10.0),
    start=(-9.0, -4.0),
    minima=((0.0, 0.0),),
    minimum=0.0,
    source=SURVEY,
)
def matyas(x, y):
    """A gentle bowl along the diagonal: small gradients, where a small rate never arrives."""
    return 0.26 * (x**2 + y**2) - 0.48 * x * y
