"""Rules that use only the gradient's sign: every coordinate moves equally far, steep or not."""

from jax import grad
from jax.numpy import maximum, minimum, sign, where

from optviz.rule import coefficient, decay, learning_rate, rule


@rule(
    "signSGD",
    source="Bernstein et al. (2018), signSGD: compressed optimisation for non-convex problems, "
    "algorithm 1",
)
def sign_sgd(f, theta, *, lr=learning_rate(3e-3)):
    """Moves every coordinate by lr, however steep it is: it ends up hopping across the goal."""
    g = grad(f)(theta)
    theta = theta - lr * sign(g)
    return theta


@rule(
    "Lion",
    source="Chen et al. (2023), Symbolic discovery of optimization algorithms, algorithm 2",
)
def lion(
    f,
    theta,
    s=0.0,
    *,
    lr=learning_rate(5e-3),
    rho1=decay(0.9, "share of the average in a step"),
    rho2=decay(0.99, "decay of the average"),
    weight_decay=coefficient(0.0, 0.0, 1.0, "weight decay"),
):
    """Follows the sign of an averaged gradient: steady diagonal strides, and circles of size lr."""
    g = grad(f)(theta)
    c = sign(rho1 * s + (1 - rho1) * g)
    s = rho2 * s + (1 - rho2) * g
    theta = theta - lr * (c + weight_decay * theta)
    return theta, s


@rule(
    "Rprop",
    source="Riedmiller and Braun (1993), A direct adaptive method for faster backpropagation "
    "learning; the form iRprop- of Igel and Hüsken (2000); d counts in lr here",
)
def rprop(
    f,
    theta,
    d=1.0,
    g_old=0.0,
    *,
    lr=learning_rate(1e-2),
    eta_plus=coefficient(1.2, 1.0, 2.0, "growth while the sign of g stays"),
    eta_minus=coefficient(0.5, 0.05, 1.0, "shrinkage where the sign of g turns"),
    d_max=coefficient(50.0, 1.0, 1e4, "longest step, in units of lr", log=True),
    d_min=coefficient(1e-6, 1e-12, 1.0, "shortest step, in units of lr", log=True),
):
    """Lengthens each coordinate's step until its sign turns, then cuts it: noise confuses it."""
    g = grad(f)(theta)
    a = g * g_old
    d = where(a > 0, minimum(eta_plus * d, d_max), d)
    d = where(a < 0, maximum(eta_minus * d, d_min), d)
    g_old = where(a < 0, 0, g)
    theta = theta - lr * d * sign(g_old)
    return theta, d, g_old
