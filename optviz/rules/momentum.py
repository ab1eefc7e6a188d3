"""Gradient descent and momentum: section 8.3 of Goodfellow, Bengio and Courville (2016)."""

from jax import grad

from optviz.rule import inertia, learning_rate, rule

BOOK = "Goodfellow, Bengio and Courville (2016), Deep Learning"


@rule("SGD", source=f"{BOOK}, algorithm 8.1")
def sgd(f, theta, *, lr=learning_rate(1e-3)):
    """Steps straight down the gradient: the baseline that every other rule is compared with."""
    g = grad(f)(theta)
    theta = theta - lr * g
    return theta


@rule("Nesterov momentum", source=f"{BOOK}, algorithm 8.3")
def nesterov(f, theta, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9)):
    """Looks ahead: takes the gradient where the momentum is about to carry it."""
    g = grad(f)(theta + alpha * v)
    v = alpha * v - lr * g
    theta = theta + v
    return theta, v
