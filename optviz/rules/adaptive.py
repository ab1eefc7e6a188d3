"""A learning rate of its own for every coordinate: section 8.5 of Goodfellow et al. (2016)."""

from jax import grad
from jax.numpy import sqrt

from optviz.rule import decay, inertia, learning_rate, rule, stability
from optviz.rules.sources import BOOK, KERAS, ME336, RUDER, SESSION_11

# Those of RMSProp in all of its forms.
RHO = decay(0.9)
DELTA = stability(1e-6)


@rule("AdaGrad", source=f"{BOOK}, algorithm 8.4")
def adagrad(f, theta, r=0.0, *, lr=learning_rate(0.5), delta=stability(1e-7)):
    """Divides by the root of all squared gradients so far: watch how early the steps fade."""
    g = grad(f)(theta)
    r = r + g * g
    theta = theta - lr / (delta + sqrt(r)) * g
    return theta, r


@rule("AdaGrad (delta inside the root)", source=f"{RUDER}, section 4.3", family="adagrad")
def adagrad_inside(f, theta, r=0.0, *, lr=learning_rate(0.5), delta=stability(1e-8)):
    """Adds delta under AdaGrad's root: it counts only as long as r is about as small as delta."""
    g = grad(f)(theta)
    r = r + g * g
    theta = theta - lr / sqrt(r + delta) * g
    return theta, r


@rule("AdaGrad (Keras)", source=f"{KERAS}, Adagrad", family="adagrad")
def adagrad_keras(f, theta, r=0.1, *, lr=learning_rate(0.5), delta=stability(1e-7)):
    """Starts r at 0.1, with delta under the root: where g is small, the first steps are short."""
    g = grad(f)(theta)
    r = r + g * g
    theta = theta - lr / sqrt(r + delta) * g
    return theta, r


@rule(
    "Adadelta",
    source="Zeiler (2012), ADADELTA: an adaptive learning rate method, algorithm 1; its "
    "factor lr is that of PyTorch and Keras",
)
def adadelta(
    f,
    theta,
    r=0.0,
    u=0.0,
    *,
    lr=learning_rate(1.0, 1e-3, 1e3),
    rho=decay(0.95),
    delta=stability(1e-6),
):
    """Sizes each step by the last ones: it needs no rate; delta sets how slowly it starts."""
    g = grad(f)(theta)
    r = rho * r + (1 - rho) * g * g
    d = -sqrt(u + delta) / sqrt(r + delta) * g
    u = rho * u + (1 - rho) * d * d
    theta = theta + lr * d
    return theta, r, u


@rule("RMSProp", source=f"{BOOK}, algorithm 8.5")
def rmsprop(f, theta, r=0.0, *, lr=learning_rate(5e-3), rho=RHO, delta=DELTA):
    """Forgets old gradients, so its steps never fade: near the minimum it hops about by lr."""
    g = grad(f)(theta)
    r = rho * r + (1 - rho) * g * g
    theta = theta - lr / sqrt(delta + r) * g
    return theta, r


@rule("RMSProp (delta outside the root)", source=SESSION_11, family="rmsprop")
def rmsprop_outside(f, theta, r=0.0, *, lr=learning_rate(5e-3), rho=RHO, delta=stability(1e-8)):
    """Adds delta after the root, as PyTorch does: the two differ only where g is tiny."""
    g = grad(f)(theta)
    r = rho * r + (1 - rho) * g * g
    theta = theta - lr / (sqrt(r) + delta) * g
    return theta, r


@rule("RMSProp with momentum", source=ME336)
def rmsprop_momentum(
    f, theta, r=0.0, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9), rho=RHO, delta=DELTA
):
    """Feeds RMSProp's steps to a velocity: alpha lengthens them up to 1 / (1 - alpha) times."""
    g = grad(f)(theta)
    r = rho * r + (1 - rho) * g * g
    v = alpha * v - lr / sqrt(delta + r) * g
    theta = theta + v
    return theta, r, v


@rule("RMSProp with Nesterov momentum", source=f"{BOOK}, algorithm 8.6")
def rmsprop_nesterov(
    f, theta, r=0.0, v=0.0, *, lr=learning_rate(1e-3), alpha=inertia(0.9), rho=RHO, delta=DELTA
):
    """Takes RMSProp's gradient ahead of the step; the book leaves out delta: 0/0 on a plateau."""
    g = grad(f)(theta + alpha * v)
    r = rho * r + (1 - rho) * g * g
    v = alpha * v - lr / sqrt(delta + r) * g
    theta = theta + v
    return theta, r, v
