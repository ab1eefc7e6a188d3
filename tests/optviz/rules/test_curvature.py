"""Polyak's step, Newton, BFGS and the linear algebra below them."""

from __future__ import annotations

import itertools

import jax.numpy as jnp
import numpy as np
import pytest

from optviz.rules import RULES
from optviz.rules.linear import HALVINGS, backtrack, solve

pytestmark = pytest.mark.usefixtures("float64")

RNG = np.random.default_rng(0)
ROOT = RNG.normal(size=(5, 5))
A, TARGET = ROOT @ ROOT.T + np.eye(5), RNG.normal(size=5)


def quadratic(p):
    """A bowl in five dimensions, lowest at TARGET."""
    return 0.5 * (p - TARGET) @ A @ (p - TARGET)


def test_polyaks_step_lands_on_the_lowest_loss_of_a_line(follow):
    """On |p| the gap divided by the slope is the distance."""
    theta, _ = follow(RULES["polyak"], lambda p: jnp.sum(jnp.abs(p)), (3.0, 3.0), steps=1)
    np.testing.assert_allclose(theta[1], 0.0, atol=1e-10)


def test_polyak_settles_at_the_level_it_is_told(follow, loss):
    theta, _ = follow(RULES["polyak"], loss.f, loss.start, steps=200, f_star=2.0, lr=0.5)
    np.testing.assert_allclose(loss.f(theta[-1]), 2.0, rtol=1e-6)


def test_newton_solves_a_quadratic_in_one_step(follow):
    theta, _ = follow(RULES["newton"], quadratic, np.zeros(5), steps=1, delta=0.0)
    np.testing.assert_allclose(theta[1], TARGET, rtol=1e-10)


def test_newton_equals_its_formula(follow, rosenbrock):
    theta, _ = follow(RULES["newton"], rosenbrock.f, rosenbrock.start, 20, lr=0.7, delta=3.0)
    for before, after in itertools.pairwise(theta):
        x, y = before
        H = np.array([[2 - 400 * (y - 3 * x**2), -400 * x], [-400 * x, 200.0]])
        step = np.linalg.solve(H + 3.0 * np.eye(2), rosenbrock.gradient(before))
        np.testing.assert_allclose(after, before - 0.7 * step, rtol=1e-10)


def test_newton_goes_to_a_saddle_unless_it_is_damped(follow):
    def saddle(p):
        return p[0] ** 2 - p[1] ** 2

    theta, _ = follow(RULES["newton"], saddle, (1.0, 0.5), steps=1, delta=0.0)
    np.testing.assert_allclose(theta[1], 0.0, atol=1e-15)
    theta, _ = follow(RULES["newton"], saddle, (1.0, 0.5), steps=5, delta=10.0)
    assert theta[-1, 1] > 0.5


@pytest.mark.parametrize("n", [2, 5])
def test_solve_agrees_with_numpy(n):
    matrix = A[:n, :n]
    expected = np.linalg.solve(matrix, TARGET[:n])
    np.testing.assert_allclose(
        solve(jnp.asarray(matrix), jnp.asarray(TARGET[:n])), expected, rtol=1e-12
    )


@pytest.mark.parametrize("n", [2, 3])
def test_a_singular_system_moves_nothing(n):
    np.testing.assert_array_equal(solve(jnp.zeros((n, n)), jnp.ones(n)), np.zeros(n))


@pytest.mark.parametrize("lr", [1.0, 0.3])
def test_backtracking_halves_until_the_loss_falls_enough(lr, loss):
    theta = jnp.array(loss.start)
    d = -jnp.asarray(loss.gradient(theta))
    t = float(backtrack(loss.f, theta, d, lr, 1e-4))

    def falls(t):
        return loss.f(theta + t * d) <= loss.f(theta) - 1e-4 * t * (d @ d)

    halvings = np.log2(lr / t)
    assert halvings == pytest.approx(round(halvings))
    assert falls(t)
    assert not falls(2 * t)


@pytest.mark.parametrize(("c", "length"), [(0.3, 0.5), (0.6, 0.25), (0.9, 0.0625)])
def test_backtracking_insists_on_its_share_of_the_descent(c, length):
    """From p along -2p the square falls by 4 t (1 - t) of itself: enough while t <= 1 - c."""
    p = jnp.array([3.0, -4.0])
    assert backtrack(lambda p: p @ p, p, -2 * p, 1.0, c) == length


def test_backtracking_gives_up_uphill(rosenbrock):
    theta = jnp.array(rosenbrock.start)
    uphill = jnp.asarray(rosenbrock.gradient(theta))
    assert backtrack(rosenbrock.f, theta, uphill, 1.0, 1e-4) == 0.0
    assert backtrack(jnp.sum, theta, 2.0**-60 * uphill, jnp.nan, 1e-4) == 0.0
    assert HALVINGS * np.log10(2) > 11


def _bfgs(f, gradient, theta, c, steps):
    """Algorithms 6.1 and 3.1 of Nocedal and Wright: yields the points."""
    H = np.eye(2)
    for _ in range(steps):
        g = gradient(theta)
        p = -H @ g
        length = 1.0
        while f(theta + length * p) > f(theta) + c * length * (g @ p):
            length /= 2
        s = length * p
        theta = theta + s
        y = gradient(theta) - g
        rho = 1 / (y @ s)
        left = np.eye(2) - rho * np.outer(s, y)
        H = left @ H @ left.T + rho * np.outer(s, s) if y @ s > 0 else H
        yield theta


def test_bfgs_equals_the_textbook(follow, loss):
    theta, _ = follow(RULES["bfgs"], loss.f, loss.start, steps=12)
    expected = list(_bfgs(loss.f, loss.gradient, np.array(loss.start), 1e-4, 12))
    np.testing.assert_allclose(theta[1:], expected, rtol=1e-8)


def test_bfgs_descends_and_learns_the_inverse_hessian(follow):
    theta, memory = follow(RULES["bfgs"], quadratic, np.zeros(5), steps=40)
    losses = np.array([quadratic(p) for p in theta])
    assert (np.diff(losses) <= 0).all()
    np.testing.assert_allclose(theta[-1], TARGET, atol=1e-7)
    np.testing.assert_allclose(memory["M"][-1], np.linalg.inv(A), atol=0.05)


def test_bfgs_keeps_its_matrix_symmetric_positive_definite(follow, loss):
    _, memory = follow(RULES["bfgs"], loss.f, loss.start, steps=60)
    np.testing.assert_allclose(memory["M"], memory["M"].swapaxes(1, 2), rtol=1e-6)
    assert (np.linalg.eigvalsh(memory["M"]) > 0).all()


def test_bfgs_learns_nothing_where_the_curvature_is_negative(follow):
    _, memory = follow(RULES["bfgs"], lambda p: -(p @ p), (1.0, 0.5), steps=3)
    np.testing.assert_array_equal(memory["M"], np.broadcast_to(np.eye(2), (4, 2, 2)))
