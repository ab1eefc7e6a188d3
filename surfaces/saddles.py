"""Saddles: stationary points that gradient descent lingers at and then leaves."""

from surfaces.surface import shape, surface


@surface(
    "Saddle",
    x=(-2.0, 2.0),
    # Almost on the ridge: the gradient's share along y is small, so plain descent lingers at 0. In
    # 3-D the paths fall towards the viewer.
    start=(-1.5, -1e-3),
    saddles=((0.0, 0.0),),
    source="Goodfellow, Bengio and Courville (2016), Deep Learning, figure 4.5",
)
def saddle(x, y, *, curvature=shape(1.0, 0.1, 10.0, "downward curvature", log=True)):
    """Descent starts almost on the ridge: watch who lingers at the saddle and who escapes first."""
    return x**2 - curvature * y**2


@surface(
    "Monkey saddle",
    x=(-1.5, 1.5),
    start=(1.2, 0.05),
    saddles=((0.0, 0.0),),
    source="Hilbert and Cohn-Vossen (1952), Geometry and the Imagination, section 29",
)
def monkey_saddle(x, y):
    """Three valleys meet where the Hessian vanishes too: curvature gives Newton nothing to use."""
    return x**3 - 3 * x * y**2
