"""Wells: a few minima, and a choice between them that depends on the rule and the start."""

from math import pi, sqrt

from jax.numpy import cos, sin

from surfaces.bowls import SURVEY
from surfaces.surface import shape, surface

SZEGO = "Dixon and Szegö (1978), Towards Global Optimisation 2, North-Holland"

# The roots of 4 t^3 - 32 t + 5: Styblinski and Tang's function is separable.
_LOW, _TOP, _HIGH = -2.903534027771177, 0.1567312567803401, 2.746802770990837


def _both(*points):
    """Return each point and its mirror image in the origin, for functions with that symmetry."""
    return tuple(image for x, y in points for image in ((x, y), (-x, -y)))


@surface(
    "Double well",
    x=(-2.0, 2.0),
    y=(-1.5, 1.5),
    start=(-1.8, 1.0),
    minima=((-1.0, 0.0), (1.0, 0.0)),
    minimum=0.0,
    saddles=((0.0, 0.0),),
    source="Strogatz (1994), Nonlinear Dynamics and Chaos, example 2.7.2, scaled, with y**2 added",
)
def double_well(x, y, *, barrier=shape(1.0, 0.1, 10.0, "height of the barrier", log=True)):
    """Two equal wells with a barrier between them: enough momentum carries a path over it."""
    return barrier * (x**2 - 1) ** 2 + y**2


@surface(
    "Himmelblau",
    x=(-5.0, 5.0),
    start=(0.0, -1.0),
    minima=(
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.283185991286169),
        (3.584428340330492, -1.848126526964404),
    ),
    minimum=0.0,
    saddles=(
        (-3.07302575076439, -0.08135304428796751),
        (-0.1279613467306801, -1.953714980244576),
        (0.08667750455539635, 2.884254701174776),
        (3.385154183607021, 0.07385187983774929),
    ),
    source="Himmelblau (1972), Applied Nonlinear Programming, McGraw-Hill",
)
def himmelblau(x, y):
    """Four equal minima around a hill: from its top, small differences decide between them."""
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


@surface(
    "Three-hump camel",
    # The literature's -5 .. 5 leaves little room for the humps: the walls rise to 2000.
    x=(-2.5, 2.5),
    start=(-2.2, 2.0),
    minima=((0.0, 0.0),),
    minimum=0.0,
    local_minima=_both((1.747552345830289, -0.8737761729151444)),
    saddles=_both((1.07054229182366, -0.53527114591183)),
    source=SURVEY,
)
def three_hump_camel(x, y):
    """The best well lies between two poorer ones: momentum may pass the first, or stay in it."""
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


@surface(
    "Six-hump camel",
    x=(-3.0, 3.0),
    y=(-2.0, 2.0),
    start=(-1.9, -1.2),
    minima=_both((0.08984201310031806, -0.7126564030207396)),
    minimum=-1.0316284534898774,
    local_minima=_both(
        (1.703606714969981, -0.7960835686726251), (1.607104752920197, 0.5686514548841314)
    ),
    saddles=(
        (0.0, 0.0),
        *_both(
            (1.638067984189779, 0.2286740690443941),
            (1.296070267167109, 0.6050843880386585),
            (1.109205336804786, -0.7682680925095398),
        ),
    ),
    source=SZEGO,
)
def six_hump_camel(x, y):
    """Six wells of three depths: where a path ends says more about its start than its rule."""
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2


@surface(
    "McCormick",
    x=(-1.5, 4.0),
    y=(-3.0, 4.0),
    start=(3.8, 3.4),
    # Beyond this domain the troughs go on and each is deeper by pi than the one before.
    minima=((1 / 2 - pi / 3, -1 / 2 - pi / 3),),
    minimum=-sqrt(3) / 2 - pi / 3,
    local_minima=((1 / 2 + 2 * pi / 3, -1 / 2 + 2 * pi / 3),),
    saddles=((1 / 2 + pi / 3, -1 / 2 + pi / 3),),
    source=SURVEY,
)
def mccormick(x, y):
    """A tilted trough with a wave along it: a slow path settles in the shallow hollow."""
    return sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


@surface(
    "Branin",
    x=(-5.0, 10.0),
    y=(0.0, 15.0),
    start=(6.0, 13.0),
    minima=((-pi, 12.275), (pi, 2.275), (3 * pi, 2.475)),
    minimum=5 / (4 * pi),
    saddles=((0.0, 6.0), (2 * pi, 1.1)),
    source=f"Branin (1972), IBM Journal of Research and Development 16(5), 504-522; {SZEGO}",
)
def branin(x, y):
    """Three equal minima along a bent valley: a large rate can still change its mind."""
    valley = y - 5.1 / (4 * pi**2) * x**2 + 5 / pi * x - 6
    return valley**2 + 10 * (1 - 1 / (8 * pi)) * cos(x) + 10


@surface(
    "Styblinski-Tang",
    x=(-5.0, 5.0),
    start=(0.5, 4.5),
    minima=((_LOW, _LOW),),
    minimum=-78.33233140754283,
    local_minima=((_LOW, _HIGH), (_HIGH, _LOW), (_HIGH, _HIGH)),
    saddles=((_LOW, _TOP), (_TOP, _LOW), (_HIGH, _TOP), (_TOP, _HIGH)),
    source="Styblinski and Tang (1990), Neural Networks 3(4), 467-483",
)
def styblinski_tang(x, y):
    """Four wells of different depth: the nearest is not the best, and descent cannot tell."""
    return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2
