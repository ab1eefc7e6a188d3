"""Adam and its relatives: two moving averages of the gradient, s of itself and r of its square."""

from jax import grad
from jax.numpy import sqrt

from optviz.rule import coefficient, decay, learning_rate, rule, stability
from optviz.rules.sources import BOOK, CSPB, KERAS, PYTORCH, SESSION_11

# What Kingma and Ba propose; most of Adam's relatives keep it.
RHO1 = decay(0.9, "decay of the average of g")
RHO2 = decay(0.999, "decay of the average of g squared")
DELTA = stability(1e-8)


@rule("Adam", source=f"{BOOK}, algorithm 8.7; Kingma and Ba (2015), algorithm 1")
def adam(f, theta, s=0.0, r=0.0, t=0, *, lr=learning_rate(0.05), rho1=RHO1, rho2=RHO2, delta=DELTA):
    """Averages g and its square, both corrected for starting at zero: the first step is lr long."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    s_hat = s / (1 - rho1**t)
    r_hat = r / (1 - rho2**t)
    theta = theta - lr * s_hat / (sqrt(r_hat) + delta)
    return theta, s, r, t


@rule("Adam (delta inside the root)", source=CSPB, family="adam")
def adam_inside(
    f, theta, s=0.0, r=0.0, t=0, *, lr=learning_rate(0.05), rho1=RHO1, rho2=RHO2, delta=DELTA
):
    """Adds delta under the root: as long as r is next to zero, 1e-8 there is 1e-4 outside it."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    s_hat = s / (1 - rho1**t)
    r_hat = r / (1 - rho2**t)
    theta = theta - lr * s_hat / sqrt(r_hat + delta)
    return theta, s, r, t


@rule("Adam (no bias correction)", source=SESSION_11, family="adam")
def adam_uncorrected(
    f, theta, s=0.0, r=0.0, *, lr=learning_rate(0.05), rho1=RHO1, rho2=RHO2, delta=DELTA
):
    """Adam (delta inside the root) without bias correction: its first steps are too long."""
    g = grad(f)(theta)
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    theta = theta - lr * s / sqrt(r + delta)
    return theta, s, r


@rule(
    "Adam (Keras)", source=f"{KERAS}, Adam; Kingma and Ba (2015), end of section 2", family="adam"
)
def adam_keras(
    f, theta, s=0.0, r=0.0, t=0, *, lr=learning_rate(0.05), rho1=RHO1, rho2=RHO2, delta=DELTA
):
    """Corrects the rate instead of the averages: delta weighs more in the first steps."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    c = sqrt(1 - rho2**t) / (1 - rho1**t)
    theta = theta - lr * c * s / (sqrt(r) + delta)
    return theta, s, r, t


@rule(
    "AdamW",
    source="Loshchilov and Hutter (2019), Decoupled weight decay regularization, algorithm 2, with "
    "PyTorch's decay lr * weight_decay (the paper's has the schedule's multiplier in place of lr)",
)
def adamw(
    f,
    theta,
    s=0.0,
    r=0.0,
    t=0,
    *,
    lr=learning_rate(0.05),
    rho1=RHO1,
    rho2=RHO2,
    delta=DELTA,
    weight_decay=coefficient(0.01, 0.0, 1.0, "weight decay"),
):
    """Pulls theta towards the origin besides Adam's step: it rests short of a minimum elsewhere."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    s_hat = s / (1 - rho1**t)
    r_hat = r / (1 - rho2**t)
    theta = theta - lr * (s_hat / (sqrt(r_hat) + delta) + weight_decay * theta)
    return theta, s, r, t


@rule(
    "Nadam",
    source="Dozat (2016), Incorporating Nesterov momentum into Adam, with a constant momentum",
)
def nadam(
    f, theta, s=0.0, r=0.0, t=0, *, lr=learning_rate(0.05), rho1=RHO1, rho2=RHO2, delta=DELTA
):
    """Lets the newest gradient count once more in Adam's average, as Nesterov's look-ahead does."""
    g = grad(f)(theta)
    t = t + 1
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    s_hat = rho1 * s / (1 - rho1 ** (t + 1)) + (1 - rho1) * g / (1 - rho1**t)
    r_hat = r / (1 - rho2**t)
    theta = theta - lr * s_hat / (sqrt(r_hat) + delta)
    return theta, s, r, t


@rule(
    "Nadam (PyTorch)",
    source="Dozat (2016), Incorporating Nesterov momentum into Adam, algorithm 2, with his "
    f"momentum schedule as in {PYTORCH}, NAdam",
    family="nadam",
)
def nadam_torch(
    f,
    theta,
    s=0.0,
    r=0.0,
    p=1.0,
    t=0,
    *,
    lr=learning_rate(0.05),
    rho1=RHO1,
    rho2=RHO2,
    delta=DELTA,
    psi=coefficient(4e-3, 1e-5, 10.0, "speed at which the momentum grows", log=True),
):
    """Lets Nadam's momentum grow from about half of rho1: its first steps trust g the more."""
    g = grad(f)(theta)
    t = t + 1
    mu = rho1 * (1 - 0.96 ** (psi * t) / 2)
    mu_next = rho1 * (1 - 0.96 ** (psi * (t + 1)) / 2)
    p = p * mu
    s = rho1 * s + (1 - rho1) * g
    r = rho2 * r + (1 - rho2) * g * g
    s_hat = mu_next * s / (1 - p * mu_next) + (1 - mu) * g / (1 - p)
    r_hat = r / (1 - rho2**t)
    theta = theta - lr * s_hat / (sqrt(r_hat) + delta)
    return theta, s, r, p, t
