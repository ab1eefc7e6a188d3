"""Rules that are how Ruder or Keras write a rule equal that source's code, written out in NumPy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from optviz.rules import RULES


def ruder_momentum(gradient, theta, lr, alpha):
    v = np.zeros(2)
    while True:
        yield theta
        v = alpha * v + lr * gradient(theta)
        theta = theta - v


def ruder_nesterov(gradient, theta, lr, alpha):
    v = np.zeros(2)
    while True:
        yield theta
        v = alpha * v + lr * gradient(theta - alpha * v)
        theta = theta - v


def ruder_adagrad(gradient, theta, lr, delta):
    total = np.zeros(2)
    while True:
        yield theta
        g = gradient(theta)
        total = total + g**2
        theta = theta - lr / np.sqrt(total + delta) * g


def keras_nesterov(gradient, theta, lr, alpha):
    momentum = np.zeros(2)
    while True:
        yield theta
        g = gradient(theta)
        momentum = momentum * alpha - g * lr
        theta = theta + (momentum * alpha - g * lr)


def keras_adagrad(gradient, theta, lr, delta):
    accumulator = np.full(2, 0.1)
    while True:
        yield theta
        g = gradient(theta)
        accumulator = accumulator + np.square(g)
        theta = theta - lr * g / np.sqrt(accumulator + delta)


def keras_adam(gradient, theta, lr, rho1, rho2, delta):
    m, v = np.zeros(2), np.zeros(2)
    for t in itertools.count(1):
        yield theta
        g = gradient(theta)
        rate = lr * np.sqrt(1 - rho2**t) / (1 - rho1**t)
        m = m + (g - m) * (1 - rho1)
        v = v + (np.square(g) - v) * (1 - rho2)
        theta = theta - m * rate / (np.sqrt(v) + delta)


CODE = {
    "momentum_ruder": ruder_momentum,
    "nesterov_ruder": ruder_nesterov,
    "adagrad_inside": ruder_adagrad,
    "nesterov_keras": keras_nesterov,
    "adagrad_keras": keras_adagrad,
    "adam_keras": keras_adam,
}


@pytest.mark.parametrize("slug", CODE)
def test_a_rule_is_the_code_of_its_source(slug, loss, follow, defaults):
    values = defaults(RULES[slug])
    if "delta" in values:
        values["delta"] = 1e-2
    theta, _ = follow(RULES[slug], loss.f, loss.start, steps=100, **values)
    expected = list(
        itertools.islice(CODE[slug](loss.gradient, np.array(loss.start), **values), 101)
    )
    np.testing.assert_allclose(theta, expected, rtol=1e-12, atol=1e-12)
