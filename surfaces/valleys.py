"""Curved and narrow valleys: easy to enter, slow to follow."""

from jax.numpy import cos, pi, sin

from surfaces.surface import shape, surface


@surface(
    "Rosenbrock",
    x=(-2.0, 2.0),
    y=(-1.0, 3.0),
    start=(-1.2, 1.0),
    minima=((1.0, 1.0),),
    minimum=0.0,
    source="Rosenbrock (1960), The Computer Journal 3(3), 175-184",
)
def rosenbrock(x, y, *, b=shape(100.0, 1.0, 1000.0, "steepness of the walls", log=True)):
    """A curved valley, found at once and then followed slowly: the classic test of momentum."""
    return (1 - x) ** 2 + b * (y - x**2) ** 2


@surface(
    "Beale",
    x=(-4.5, 4.5),
    start=(1.0, 1.0),
    minima=((3.0, 0.5),),
    minimum=0.0,
    saddles=((0.0, 1.0), (0.1005379373241584, -2.644513585023125)),
    source="Beale (1958), Technical Report 25, Princeton University; start of Moré, Garbow and "
    "Hillstrom (1981), ACM Transactions on Mathematical Software 7(1), 17-41",
)
def beale(x, y):
    """Steep walls around a long, nearly flat floor: one learning rate cannot suit both."""
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


@surface(
    "Ravine",
    x=(-5.0, 5.0),
    y=(-4.0, 4.0),
    start=(-4.2, -0.6),
    minima=((0.0, 0.0),),
    minimum=0.0,
    source="Goh (2017), Why Momentum Really Works, Distill, doi 10.23915/distill.00006",
)
def ravine(
    x,
    y,
    *,
    condition=shape(25.0, 1.0, 1000.0, "condition number", log=True),
    rotation=shape(30.0, 0.0, 90.0, "rotation in degrees"),
):
    """A quadratic with curvatures 1 and the condition number: the theory's own test case."""
    a = pi * rotation / 180
    # Not u and v: rules have letters, too.
    p = cos(a) * x + sin(a) * y
    q = cos(a) * y - sin(a) * x
    return (p**2 + condition * q**2) / 2


@surface(
    "Goldstein-Price",
    x=(-2.0, 2.0),
    start=(-1.5, 0.5),
    minima=((0.0, -1.0),),
    minimum=3.0,
    local_minima=((-0.6, -0.4), (1.2, 0.8), (1.8, 0.2)),
    saddles=((-0.4, -0.6), (1.2, -0.2), (0.6, 0.4), (1.4, 0.6)),
    source="Goldstein and Price (1971), Mathematics of Computation 25(115), 569-574",
)
def goldstein_price(x, y):
    """Heights from 3 to a million: gradients of every size, and a rate that suits only some."""
    a = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
    b = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return (1 + (x + y + 1) ** 2 * a) * (30 + (2 * x - 3 * y) ** 2 * b)


@surface(
    "Dixon-Price",
    # The literature's -10 .. 10 leaves little room for the valley: the walls rise to 88,000.
    x=(-1.0, 4.0),
    y=(-2.0, 2.0),
    start=(3.5, 0.2),
    minima=((1.0, 0.5**0.5), (1.0, -(0.5**0.5))),
    minimum=0.0,
    saddles=((1 / 3, 0.0),),
    source="Dixon and Price (1989), Journal of Optimization Theory and Applications 60(2), 261-275",
)
def dixon_price(x, y):
    """A bent valley with two equal minima: the side of the axis decides which one is reached."""
    return (x - 1) ** 2 + 2 * (2 * y**2 - x) ** 2
