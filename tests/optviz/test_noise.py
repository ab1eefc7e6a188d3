"""The gradient's noise is determined by its seed, and has the size that it says."""

from __future__ import annotations

import numpy as np
import pytest

from optviz import Lane, Race, run
from optviz.noise import perturbations


def test_the_same_seed_gives_the_same_noise_and_another_seed_does_not():
    first, again, other = (perturbations(50, 0.3, seed=seed) for seed in (7, 7, 8))
    assert (first == again).all()
    assert (first != other).all()


@pytest.mark.parametrize("steps", [1, 10, 999])
def test_a_longer_run_begins_like_a_shorter_one(steps):
    longer = perturbations(1000, 0.3, 0.01, seed=3)
    assert (perturbations(steps, 0.3, 0.01, seed=3) == longer[:steps]).all()


@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_without_noise_there_is_exactly_none(decay):
    assert (perturbations(20, 0.0, decay, seed=5) == np.zeros((20, 2))).all()


def test_noise_grows_with_sigma_and_fades_with_decay():
    unit = perturbations(200, 1.0, seed=1)
    np.testing.assert_allclose(perturbations(200, 2.5, seed=1), 2.5 * unit, rtol=1e-14)
    faded = perturbations(200, 1.0, 0.02, seed=1)
    expected = unit * np.exp(-0.02 * np.arange(200))[:, None]
    np.testing.assert_allclose(faded, expected, rtol=1e-14)


def test_noise_is_standard_normal_in_both_coordinates():
    draws = perturbations(20_000, 1.0, seed=11)
    np.testing.assert_allclose(draws.mean(axis=0), 0, atol=5 / np.sqrt(20_000))
    np.testing.assert_allclose(np.cov(draws.T), np.eye(2), atol=0.05)
    assert np.mean(np.abs(draws) < 1.96) == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize("seed", [0, 2**53, int(1e22)])
def test_every_seed_of_a_link_draws(seed):
    assert np.isfinite(perturbations(5, 1.0, seed=seed)).all()


def test_noise_enters_the_step_but_not_what_is_recorded(probe):
    """SGD makes it visible: theta moves by -lr (grad f + n), while loss and grad are f's own."""
    schedule = "cosine"
    lanes = [Lane("sgd", lr=0.01), Lane("sgd", lr=0.002)]
    race = Race(
        probe.surface, lanes, steps=60, schedule=schedule, noise=0.5, seed=4, noise_decay=0.02
    )
    t = run(race)
    noise = perturbations(60, 0.5, 0.02, seed=4)
    for index, lane in enumerate(lanes):
        rate = lane.values["lr"] * t.multipliers[index][:, None]
        step = -rate * (t.grad[index, :-1] + noise)
        np.testing.assert_allclose(np.diff(t.theta[index], axis=0), step, rtol=0, atol=1e-12)
    f = probe.surface.f(*np.moveaxis(t.theta, -1, 0))
    np.testing.assert_allclose(t.loss, f, rtol=1e-12)


def test_all_lanes_of_a_race_feel_the_same_noise(probe):
    alone = run(Race(probe.surface, [Lane("sgd", lr=0.01)], steps=40, noise=0.7, seed=2))
    lanes = [Lane("adam"), Lane("sgd", lr=0.01), Lane("sgd", lr=0.01)]
    together = run(Race(probe.surface, lanes, steps=40, noise=0.7, seed=2))
    assert (together.theta[1] == together.theta[2]).all()
    assert (together.theta[1] == alone.theta[0]).all()
