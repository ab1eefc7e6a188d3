"""Ripples: many local minima around a single best one."""

from jax.numpy import cos, e, exp, pi, sin, sqrt

from surfaces.functions import norm
from surfaces.surface import shape, surface


@surface(
    "Rastrigin",
    x=(-5.12, 5.12),
    start=(-3.7, 2.6),
    minima=((0.0, 0.0),),
    minimum=0.0,
    source="Rastrigin (1974), Systems of Extremal Control, Nauka",
)
def rastrigin(x, y, *, amplitude=shape(10.0, 0.0, 20.0, "height of the ripples")):
    """A bowl covered with wells: plain descent stops in the first, noise and momentum go on."""
    waves = cos(2 * pi * x) + cos(2 * pi * y)
    return 2 * amplitude + x**2 + y**2 - amplitude * waves


@surface(
    "Ackley",
    x=(-5.0, 5.0),
    start=(-3.4, 2.3),
    minima=((0.0, 0.0),),
    minimum=0.0,
    source="Ackley (1987), A Connectionist Machine for Genetic Hillclimbing, Kluwer",
)
def ackley(x, y):
    """Shallow ripples around a funnel with a sharp tip: the gradient does not fade near the end."""
    funnel = 1 - exp(-0.2 * norm(x, y) / sqrt(2))
    waves = (cos(2 * pi * x) + cos(2 * pi * y)) / 2
    return 20 * funnel + e - exp(waves)


@surface(
    "Griewank",
    # The literature's -600 .. 600 shows only the bowl; the ripples are a few units long.
    x=(-10.0, 10.0),
    start=(-5.0, 6.3),
    minima=((0.0, 0.0),),
    minimum=0.0,
    source="Griewank (1981), Journal of Optimization Theory and Applications 34(1), 11-39",
)
def griewank(x, y):
    """From afar a smooth bowl, from near all ripples: small steps end in the first of them."""
    return 1 + (x**2 + y**2) / 4000 - cos(x) * cos(y / sqrt(2))


@surface(
    "Lévy 13",
    # The literature's -10 .. 10 holds sixty ripples a side, more than a picture can show.
    x=(-2.0, 4.0),
    start=(-1.4, 3.3),
    minima=((1.0, 1.0),),
    minimum=0.0,
    source="Surjanovic and Bingham (2013), Virtual Library of Simulation Experiments",
)
def levy_13(x, y):
    """Ripples that grow with the distance: large steps cross them, small steps stay in them."""
    across = (x - 1) ** 2 * (1 + sin(3 * pi * y) ** 2)
    along = (y - 1) ** 2 * (1 + sin(2 * pi * y) ** 2)
    return sin(3 * pi * x) ** 2 + across + along


@surface(
    "Drop-wave",
    # Half of the literature's -5.12 .. 5.12: the outer rings are fainter and more of the same.
    x=(-2.56, 2.56),
    start=(-1.5, 0.9),
    minima=((0.0, 0.0),),
    minimum=-1.0,
    source="Molga and Smutnicki (2005), Test functions for optimization needs",
)
def drop_wave(x, y):
    """Rings of waves around a drop: almost every start is caught in a circular trench."""
    return -(1 + cos(12 * norm(x, y))) / ((x**2 + y**2) / 2 + 2)


@surface(
    "Bohachevsky",
    # The literature's -100 .. 100 shows only the bowl; the ripples lie within 1.5 of its centre.
    x=(-2.0, 2.0),
    start=(-1.7, 1.1),
    minima=((0.0, 0.0),),
    minimum=0.0,
    source="Bohachevsky, Johnson and Stein (1986), Technometrics 28(3), 209-217",
)
def bohachevsky(x, y):
    """A bowl with a rippled bottom: easy to reach, hard to finish."""
    return x**2 + 2 * y**2 - 0.3 * cos(3 * pi * x) - 0.4 * cos(4 * pi * y) + 0.7
