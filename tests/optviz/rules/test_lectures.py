"""Every rule of the lectures equals its algorithm, written out again in NumPy as printed there.

Each algorithm is a generator of (theta, memory), from the first values on. The settings are such
that 100 steps do not amplify rounding: where RMSProp hops across a ravine its path is chaotic, and
no two orders of summation agree on it for long.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from optviz.rules import RULES


def sgd(gradient, theta, lr):
    while True:
        yield theta, ()
        theta = theta - lr * gradient(theta)


def momentum(gradient, theta, lr, alpha):
    v = np.zeros(2)
    while True:
        yield theta, (v,)
        g = gradient(theta)
        v = alpha * v - lr * g
        theta = theta + v


def ewma_momentum(gradient, theta, lr, beta):
    v = np.zeros(2)
    while True:
        yield theta, (v,)
        g = gradient(theta)
        v = beta * v + (1 - beta) * g
        theta = theta - lr * v


def nesterov(gradient, theta, lr, alpha):
    v = np.zeros(2)
    while True:
        yield theta, (v,)
        interim = theta + alpha * v
        g = gradient(interim)
        v = alpha * v - lr * g
        theta = theta + v


def adagrad(gradient, theta, lr, delta):
    r = np.zeros(2)
    while True:
        yield theta, (r,)
        g = gradient(theta)
        r = r + np.multiply(g, g)
        theta = theta + -(lr / (delta + np.sqrt(r))) * g


def adadelta(gradient, theta, lr, rho, delta):
    square_g, square_d = np.zeros(2), np.zeros(2)
    while True:
        yield theta, (square_g, square_d)
        g = gradient(theta)
        square_g = rho * square_g + (1 - rho) * g**2
        rms_d, rms_g = np.sqrt(square_d + delta), np.sqrt(square_g + delta)
        d = -(rms_d / rms_g) * g
        square_d = rho * square_d + (1 - rho) * d**2
        theta = theta + lr * d


def rmsprop(gradient, theta, lr, rho, delta):
    r = np.zeros(2)
    while True:
        yield theta, (r,)
        g = gradient(theta)
        r = rho * r + (1 - rho) * np.multiply(g, g)
        theta = theta + -(lr / np.sqrt(delta + r)) * g


def rmsprop_outside(gradient, theta, lr, rho, delta):
    r = np.zeros(2)
    while True:
        yield theta, (r,)
        g = gradient(theta)
        r = rho * r + (1 - rho) * g**2
        theta = theta - lr * g / (np.sqrt(r) + delta)


def rmsprop_momentum(gradient, theta, lr, alpha, rho, delta):
    r, v = np.zeros(2), np.zeros(2)
    while True:
        yield theta, (r, v)
        g = gradient(theta)
        r = rho * r + (1 - rho) * g**2
        v = alpha * v - lr / np.sqrt(delta + r) * g
        theta = theta + v


def rmsprop_nesterov(gradient, theta, lr, alpha, rho, delta):
    r, v = np.zeros(2), np.zeros(2)
    while True:
        yield theta, (r, v)
        interim = theta + alpha * v
        g = gradient(interim)
        r = rho * r + (1 - rho) * g**2
        v = alpha * v - lr / np.sqrt(delta + r) * g
        theta = theta + v


def adam(gradient, theta, lr, rho1, rho2, delta, inside=0.0):
    s, r = np.zeros(2), np.zeros(2)
    for t in itertools.count(1):
        yield theta, (s, r, t - 1)
        g = gradient(theta)
        s = rho1 * s + (1 - rho1) * g
        r = rho2 * r + (1 - rho2) * np.multiply(g, g)
        s_hat = s / (1 - rho1**t)
        r_hat = r / (1 - rho2**t)
        theta = theta + -lr * s_hat / (np.sqrt(r_hat + inside) + delta)


def adam_inside(gradient, theta, lr, rho1, rho2, delta):
    return adam(gradient, theta, lr, rho1, rho2, 0.0, inside=delta)


def adam_uncorrected(gradient, theta, lr, rho1, rho2, delta):
    s, r = np.zeros(2), np.zeros(2)
    while True:
        yield theta, (s, r)
        g = gradient(theta)
        s = rho1 * s + (1 - rho1) * g
        r = rho2 * r + (1 - rho2) * g**2
        theta = theta - lr * s / np.sqrt(r + delta)


CASES = [
    (sgd, {}),
    (sgd, {"lr": 2e-4}),
    (momentum, {}),
    (momentum, {"lr": 2e-4, "alpha": 0.99}),
    (momentum, {"alpha": 0.0}),
    (ewma_momentum, {}),
    (ewma_momentum, {"lr": 2e-3, "beta": 0.5}),
    (nesterov, {}),
    (nesterov, {"lr": 2e-4, "alpha": 0.99}),
    (adagrad, {}),
    (adagrad, {"lr": 0.05, "delta": 0.1}),
    (adadelta, {}),
    (adadelta, {"lr": 0.5, "rho": 0.9, "delta": 1e-8}),
    (rmsprop, {}),
    (rmsprop, {"lr": 2e-3, "rho": 0.99, "delta": 0.1}),
    (rmsprop_outside, {}),
    (rmsprop_outside, {"lr": 2e-3, "rho": 0.99, "delta": 0.1}),
    (rmsprop_momentum, {}),
    (rmsprop_momentum, {"lr": 2e-3, "alpha": 0.5, "rho": 0.99, "delta": 0.1}),
    (rmsprop_nesterov, {}),
    (rmsprop_nesterov, {"lr": 2e-3, "alpha": 0.5, "rho": 0.99, "delta": 0.1}),
    (adam, {}),
    (adam, {"lr": 0.01, "rho1": 0.5, "rho2": 0.9, "delta": 1e-2}),
    (adam, {"lr": 0.001, "rho1": 0.0}),
    (adam_inside, {}),
    (adam_inside, {"lr": 0.01, "rho1": 0.5, "rho2": 0.9, "delta": 1e-2}),
    (adam_uncorrected, {}),
    (adam_uncorrected, {"lr": 0.01, "rho1": 0.5, "rho2": 0.9, "delta": 1e-2}),
]


@pytest.mark.parametrize(
    ("algorithm", "values"),
    CASES,
    ids=[",".join([f.__name__, *(f"{k}:{v:g}" for k, v in values.items())]) for f, values in CASES],
)
def test_a_rule_is_the_algorithm_of_the_lecture(algorithm, values, loss, follow, defaults):
    rule = RULES[algorithm.__name__]
    theta, memory = follow(rule, loss.f, loss.start, steps=100, **values)

    printed = algorithm(loss.gradient, np.array(loss.start), **(defaults(rule) | values))
    expected_theta, expected_memory = zip(*itertools.islice(printed, 101), strict=True)

    np.testing.assert_allclose(theta, expected_theta, rtol=1e-12, atol=1e-12)
    for name, expected in zip(rule.memory, zip(*expected_memory, strict=True), strict=True):
        scale = np.abs(memory[name]).max()
        np.testing.assert_allclose(
            memory[name], expected, rtol=1e-12, atol=1e-12 * scale, err_msg=name
        )
