"""Gradient descent and momentum: section 8.3 of Goodfellow, Bengio and Courville (2016)."""

import numpy as np
from jax import grad

from optviz.rule import coefficient, decay, inertia, learning_rate, rule
from optviz.rules.sources import BOOK, FHWS, KERAS, PYTORCH, RUDER

# Keeps those divisions finite whose result is not taken.
TINY = 1e-300


def _heavy_ball(alpha):
    """The limit where a step is alpha times the last one, and the slope's; none beyond a share."""
    return np.where(np.abs(alpha) < 1, 2 * (1 + alpha), 0.0)


def _look_ahead(alpha):
    """The limit where the slope is taken alpha times the last step ahead: it swings, or grows."""
    swings = 2 * (1 + alpha) / np.maximum(1 + 2 * alpha, TINY)
    grows = 1 + 1 / np.maximum(np.abs(alpha), TINY)
    return np.where(np.abs(alpha) < 1, np.minimum(swings, grows), 0.0)


@rule("SGD", source=f"{BOOK}, algorithm 8.1", stable=lambda: 2.0)
def sgd(f, theta, *, lr=learning_rate(1e-3)):
    """Gradient descent: steps straight down the slope, the baseline of every comparison."""
    g = grad(f)(theta)
    theta = theta - lr * g
    return theta


@rule("Momentum", source=f"{BOOK}, algorithm 8.2", stable=_heavy_ball)
def momentum(f, theta, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9)):
    """Keeps a velocity: fast along a ravine, calm across it, and it coasts where g is zero."""
    g = grad(f)(theta)
    v = alpha * v - lr * g
    theta = theta + v
    return theta, v


@rule("Momentum (Ruder)", source=f"{RUDER}, section 4.1", family="momentum", stable=_heavy_ball)
def momentum_ruder(f, theta, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9)):
    """Gives the velocity the other sign and takes it away: the path is that of the book."""
    g = grad(f)(theta)
    v = alpha * v + lr * g
    theta = theta - v
    return theta, v


@rule(
    "Momentum (PyTorch)",
    source=f"{PYTORCH}, SGD with momentum",
    family="momentum",
    stable=_heavy_ball,
)
def momentum_torch(f, theta, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9)):
    """Keeps lr out of the velocity: a schedule brakes at once, where the book's v runs on."""
    g = grad(f)(theta)
    v = alpha * v + g
    theta = theta - lr * v
    return theta, v


@rule(
    "Momentum (moving average)",
    source=FHWS,
    family="momentum",
    stable=lambda beta: _heavy_ball(beta) / np.maximum(1 - beta, TINY),
)
def ewma_momentum(f, theta, v=0.0, *, lr=learning_rate(1e-2), beta=decay(0.9)):
    """Averages the gradients: its steps are 1 - beta times those of PyTorch's momentum."""
    g = grad(f)(theta)
    v = beta * v + (1 - beta) * g
    theta = theta - lr * v
    return theta, v


@rule(
    "Nesterov momentum",
    source=f"{BOOK}, algorithm 8.3",
    stable=_look_ahead,
)
def nesterov(f, theta, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9)):
    """Looks ahead: takes the gradient where the momentum is about to carry it."""
    g = grad(f)(theta + alpha * v)
    v = alpha * v - lr * g
    theta = theta + v
    return theta, v


@rule(
    "Nesterov momentum (Ruder)",
    source=f"{RUDER}, section 4.2",
    family="nesterov",
    stable=_look_ahead,
)
def nesterov_ruder(f, theta, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9)):
    """Gives Nesterov's velocity the other sign and takes it away: the path is that of the book."""
    g = grad(f)(theta - alpha * v)
    v = alpha * v + lr * g
    theta = theta - v
    return theta, v


@rule(
    "Nesterov momentum (Keras)",
    source=f"{KERAS}, SGD with nesterov",
    family="nesterov",
    stable=_look_ahead,
)
def nesterov_keras(f, theta, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9)):
    """Steps from point ahead to point ahead: where the book looks, under a schedule too."""
    g = grad(f)(theta)
    v = alpha * v - lr * g
    theta = theta + alpha * v - lr * g
    return theta, v


@rule(
    "Nesterov momentum (PyTorch)",
    source=f"{PYTORCH}, SGD with nesterov",
    family="nesterov",
    stable=_look_ahead,
)
def nesterov_torch(f, theta, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9)):
    """Nesterov told from the point ahead: while lr is constant, theta is where the book looks."""
    g = grad(f)(theta)
    v = alpha * v + g
    theta = theta - lr * (g + alpha * v)
    return theta, v


@rule("QHM", source="Ma and Yarats (2019), Quasi-hyperbolic momentum and Adam for deep learning")
def qhm(
    f,
    theta,
    v=0.0,
    *,
    lr=learning_rate(3e-3),
    beta=decay(0.99),
    nu=coefficient(0.7, 0.0, 1.0, "share of the average in a step"),
):
    """Mixes the gradient with its average: nu = 0 is SGD, nu = 1 is averaged momentum."""
    g = grad(f)(theta)
    v = beta * v + (1 - beta) * g
    theta = theta - lr * ((1 - nu) * g + nu * v)
    return theta, v
