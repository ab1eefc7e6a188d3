"""Variants of Adam that replace its second average r by another measure of the gradient's size."""

from jax import grad
from jax.numpy import maximum, sign, sqrt, where

from optviz.rule import decay, learning_rate, rule, stability
from optviz.rules.adam import DELTA, RHO1, RHO2


@rule(
    "AdaMax",
    source="Kingma and Ba (2015), Adam: a method for stochastic optimization, algorithm 2, with "
    "delta as in PyTorch",
)
def adamax(
    f,
    theta,
    s=0.0,
    u=0.0,
    t=0,
    *,
    lr=learning_rate(0.2),
    rho1=RHO1,
    rho2=decay(0.999, "decay of the largest |g|"),
    delta=DELTA,
):
    """Divides by the largest recent gradient, not a mean: one cliff is long remembered."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    u = maximum(rho2 * u, abs(g) + delta)
    s_hat = s / (1 - rho1**t)
    theta = theta - lr * s_hat / u
    return theta, s, u, t


@rule(
    "AMSGrad",
    source="Reddi, Kale and Kumar (2018), On the convergence of Adam and beyond, algorithm 2, "
    "with Adam's bias corrections and delta, as in PyTorch and Keras",
)
def amsgrad(
    f,
    theta,
    s=0.0,
    r=0.0,
    r_max=0.0,
    t=0,
    *,
    lr=learning_rate(0.2),
    rho1=RHO1,
    rho2=RHO2,
    delta=DELTA,
):
    """Never forgets the largest r: safer than Adam in theory, and slow after a steep start."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    s_hat = s / (1 - rho1**t)
    r_max = maximum(r_max, r)
    r_hat = r_max / (1 - rho2**t)
    theta = theta - lr * s_hat / (sqrt(r_hat) + delta)
    return theta, s, r, r_max, t


@rule(
    "RAdam",
    source="Liu et al. (2020), On the variance of the adaptive learning rate and beyond, "
    "algorithm 2, with delta; rectified from n = 5 on as in the authors' code (the paper: n > 4)",
)
def radam(
    f, theta, s=0.0, r=0.0, t=0, *, lr=learning_rate(3e-3), rho1=RHO1, rho2=RHO2, delta=DELTA
):
    """Trusts r once it averages enough: until then it is plain momentum, so lr must be small."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    s_hat = s / (1 - rho1**t)
    r_hat = r / (1 - rho2**t)
    n_max = 2 / (1 - rho2) - 1
    n = n_max - 2 * t * rho2**t / (1 - rho2**t)
    c = sqrt(maximum(n - 4, 0) * (n - 2) * n_max / ((n_max - 4) * (n_max - 2) * n))
    d = where(n >= 5, c * s_hat / (sqrt(r_hat) + delta), s_hat)
    theta = theta - lr * d
    return theta, s, r, t


@rule(
    "AdaBelief",
    source="Zhuang et al. (2020), AdaBelief optimizer: adapting stepsizes by the belief in "
    "observed gradients, algorithm 2",
)
def adabelief(
    f,
    theta,
    s=0.0,
    r=0.0,
    t=0,
    *,
    lr=learning_rate(0.05),
    rho1=RHO1,
    rho2=decay(0.999, "decay of the average of the squared surprise"),
    delta=stability(1e-16, low=1e-20),
):
    """Divides by how much g surprises its average: long steps where the slope stays the same."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * (g - s) ** 2 + delta
    s_hat = s / (1 - rho1**t)
    r_hat = r / (1 - rho2**t)
    theta = theta - lr * s_hat / (sqrt(r_hat) + delta)
    return theta, s, r, t


@rule(
    "Yogi",
    source="Zaheer et al. (2018), Adaptive methods for nonconvex optimization, algorithm 2, "
    "with Adam's bias corrections, and r from 1e-6 on, as in Optax",
)
def yogi(
    f,
    theta,
    s=0.0,
    r=1e-6,
    t=0,
    *,
    lr=learning_rate(0.05),
    rho1=RHO1,
    rho2=RHO2,
    delta=stability(1e-3),
):
    """Changes r by fixed shares of g squared: where g turns small, its steps grow slowly."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = r - (1 - rho2) * sign(r - g * g) * g * g
    s_hat = s / (1 - rho1**t)
    r_hat = r / (1 - rho2**t)
    theta = theta - lr * s_hat / (sqrt(r_hat) + delta)
    return theta, s, r, t
