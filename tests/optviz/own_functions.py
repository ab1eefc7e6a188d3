"""A surface and a rule of a user's own, in a module that a program can import."""

from __future__ import annotations

from jax import grad

from optviz.rule import learning_rate, rule
from surfaces import Surface, surface


def beale(x, y):
    return x**2 + 3 * y**2


@surface("Dish", x=(-2.0, 2.0), y=(-2.0, 2.0), start=(1.0, 1.0), minima=((0.0, 0.0),), minimum=0.0)
def dish(x, y):
    """A dish."""
    return x**2 + y**2


@rule("Downhill", source="none")
def downhill(f, theta, *, lr=learning_rate(0.1)):
    """Goes downhill."""
    return theta - lr * grad(f)(theta)


LARGE = Surface(beale, "Large", (-90.0, 90.0), (-90.0, 90.0), (80.0, 70.0), slug="large")
