"""Rules that set their step by the loss or by its curvature: section 8.6 of Goodfellow et al."""

from jax import grad, hessian
from jax.numpy import outer, transpose, where
from jax.numpy.linalg import norm

from optviz.rule import coefficient, learning_rate, rule, stability
from optviz.rules.linear import backtrack, identity, solve
from optviz.rules.sources import BOOK


@rule(
    "Polyak's step",
    source="Polyak (1987), Introduction to optimization; lr (his is 1) and delta are ours",
)
def polyak(
    f,
    theta,
    *,
    lr=learning_rate(1.0, 1e-2, 10.0),
    f_star=coefficient(0.0, -200.0, 200.0, "the lowest loss"),
    delta=stability(1e-12, low=1e-20),
):
    """Steps as far as the loss is above the lowest: set f_star too high, and it stops up there."""
    g = grad(f)(theta)
    theta = theta - lr * (f(theta) - f_star) / (norm(g) ** 2 + delta) * g
    return theta


@rule(
    "Newton (damped)",
    source=f"{BOOK}, algorithm 8.8, with the damping of equation 8.28; its lr is 1",
)
def newton(
    f,
    theta,
    *,
    lr=learning_rate(1.0, 1e-3, 2.0),
    delta=stability(1e-6, low=1e-12, high=1e4),
):
    """Jumps to where a parabola fitted at theta is level: a minimum, but as gladly a saddle."""
    g = grad(f)(theta)
    H = hessian(f)(theta) + delta * identity(theta)
    theta = theta - lr * solve(H, g)
    return theta


@rule(
    "BFGS",
    source="Nocedal and Wright (2006), Numerical optimization, algorithms 6.1 and 3.1; M stays "
    "where y @ s is not above delta s @ s",
)
def bfgs(
    f,
    theta,
    M=identity,
    *,
    lr=learning_rate(1.0, 1e-3, 10.0),
    c=coefficient(1e-4, 1e-6, 0.5, "share of the promised descent to insist on", log=True),
    delta=stability(1e-12),
):
    """Learns the inverse Hessian M from how g changes, and halves a step until the loss falls."""
    g = grad(f)(theta)
    d = -M @ g
    s = backtrack(f, theta, d, lr, c) * d
    y = grad(f)(theta + s) - g
    V = identity(theta) - outer(s, y) / (y @ s)
    M = where(y @ s > delta * s @ s, V @ M @ transpose(V) + outer(s, s) / (y @ s), M)
    theta = theta + s
    return theta, M
