"""Plateaus: regions where the gradient says almost nothing."""

from jax.numpy import cos, exp, maximum, pi, sqrt

from surfaces.functions import norm
from surfaces.surface import shape, surface

# Where cos(t) exp(-(t - pi)^2) has its side lobes: tan(t) = -2 (t - pi).
_LEFT, _RIGHT = 1.304995450437668, 4.978189856741919


@surface(
    "Plateau",
    x=(-5.0, 5.0),
    start=(-4.0, 2.0),
    minima=((0.0, 0.0),),
    minimum=0.0,
    source="made for this catalogue; "
    "compare Goodfellow, Bengio and Courville (2016), Deep Learning, section 8.2.3",
)
def plateau(
    x,
    y,
    *,
    slope=shape(1e-3, 1e-6, 0.1, "slope left on the plateau", log=True),
    width=shape(3.0, 2.0, 6.0, "radius of the plateau"),
):
    """A rim, a flat ring, a bowl: momentum coasts across the ring, plain descent stops on it."""
    bowl = 1 - exp(-2 * (x**2 + y**2))
    rim = maximum(norm(x, y) - width, 0) ** 2
    return bowl + rim + slope * (sqrt(1 + x**2 + y**2) - 1)


@surface(
    "Easom",
    x=(0.0, 6.5),
    start=(2.0, 4.4),
    minima=((pi, pi),),
    minimum=-1.0,
    local_minima=((_LEFT, _LEFT), (_LEFT, _RIGHT), (_RIGHT, _LEFT), (_RIGHT, _RIGHT)),
    saddles=tuple((a * pi / 2, b * pi / 2) for a in (1, 3) for b in (1, 3)),
    source="Easom (1990), A survey of global optimization techniques, University of Louisville",
)
def easom(x, y):
    """One hole in an endless plain: near it every rule falls in, from further out none finds it."""
    return -cos(x) * cos(y) * exp(-((x - pi) ** 2) - (y - pi) ** 2)
