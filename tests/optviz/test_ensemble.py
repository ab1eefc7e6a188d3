"""An ensemble is what its members are, each a race of its own: their ends, losses and fates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optviz import Change, Lane, Race, RaceError, Schedule, Surface, ensemble, run, run_ensemble
from optviz.ensemble import LEVELS, STATES
from optviz.proceed import StoppedError

SEEDS = 24
RULES = ("sgd", "nesterov", "adam", "newton", "bfgs")


def members(race: Race, lane: int, seeds: int):
    """Yield the end, the loss (T+1,) and the status of the lane for one seed after the other."""
    for seed in range(race.seed, race.seed + seeds):
        t = run(replace(race, seed=seed))
        yield t.theta[lane, -1], t.loss[lane], t.status[lane]


def expected_losses(losses, statuses):
    """Return (T+1, S): infinite from the step on at which a member diverged."""
    table = np.stack(losses, axis=1)
    for column, status in zip(table.T, statuses, strict=True):
        if status.state == "diverged":
            column[status.step :] = np.inf
    return table


def assert_is_its_members(race: Race, lane: int = 0, seeds: int = SEEDS, rtol: float = 1e-9):
    many = run_ensemble(race, lane, seeds)
    ends, losses, statuses = zip(*members(race, lane, seeds), strict=True)
    assert [status[:2] for status in many.status] == [status[:2] for status in statuses]
    stayed = np.array([status.state != "diverged" for status in statuses])
    np.testing.assert_allclose(many.end[stayed], np.array(ends)[stayed], rtol, rtol)
    assert np.isnan(many.end[~stayed]).all()
    table = expected_losses(losses, statuses)
    quantiles = np.quantile(table, LEVELS, axis=1, method="inverted_cdf")
    np.testing.assert_allclose(many.loss, quantiles, rtol, rtol)
    shares = [np.mean([status.state == state for status in statuses]) for state in STATES]
    assert [*many.shares.values()] == pytest.approx(shares)
    return many


@pytest.mark.parametrize("rule", RULES)
def test_every_member_is_the_race_with_its_seed(rule):
    lanes = [Lane("sgd"), Lane(rule)]
    race = Race("himmelblau", lanes, (1, 0.5), 60, noise=0.3, noise_decay=0.02, seed=7)
    assert_is_its_members(race, 1)


def test_schedule_shape_and_changes_hold_for_every_member():
    changes = [Change(20, 0, lr=0.002), Change(30, schedule="cosine")]
    race = Race(
        "ravine",
        [Lane("momentum", lr=0.01)],
        steps=70,
        schedule=Schedule("hold_exponential"),
        noise=1.0,
        shape={"condition": 40.0},
        changes=changes,
    )
    assert_is_its_members(race)


def test_members_that_diverge_count_in_the_bands():
    """On x^4 a step is too long where the noise has led far out: some leave, others stay."""

    def quartic(x, y):
        return x**4 + y**2

    surface = Surface(
        quartic, "quartic", (-2, 2), (-2, 2), (1, 1), minima=((0.0, 0.0),), minimum=0.0
    )
    many = assert_is_its_members(Race(surface, [Lane("sgd", lr=0.1)], steps=80, noise=8.0))
    assert 0.3 < many.shares["diverged"] < 0.9
    assert np.isinf(many.loss[-1, -1])
    assert np.isfinite(many.loss[0]).all()
    assert np.isfinite(many.loss[:, 0]).all()
    assert not np.isnan(many.loss).any()


def test_without_noise_all_members_are_one_run():
    race = Race("beale", [Lane("adam", lr=0.05)], steps=300)
    many, alone = run_ensemble(race, seeds=5), run(race)
    assert set(many.status) == {alone.status[0]}
    np.testing.assert_allclose(many.end, np.tile(alone.theta[0, -1], (5, 1)), rtol=1e-9)
    np.testing.assert_allclose(many.loss, np.tile(alone.loss[0], (5, 1)), rtol=1e-6, atol=1e-12)


def test_sgd_spreads_as_the_theory_of_a_quadratic_says():
    """x <- (1 - r c) x - r n is an AR(1) process: its variance is r s^2 / (c (2 - r c))."""
    rate, curvature, sigma = 0.1, 3.0, 0.5

    def bowl(x, y):
        return curvature * (x * x + y * y) / 2

    race = Race(bowl, [Lane("sgd", lr=rate)], (0, 0), 200, noise=sigma)
    many = run_ensemble(race, seeds=1024)
    variance = rate * sigma**2 / (curvature * (2 - rate * curvature))
    assert many.end.var() == pytest.approx(variance, rel=0.1)
    # The loss is a multiple of chi^2 with two degrees of freedom: exponential.
    quantiles = -np.log1p(-np.array(LEVELS)) * curvature * variance
    np.testing.assert_allclose(many.loss[:, 100:].mean(axis=1), quantiles, rtol=0.1)


def test_an_end_at_a_local_minimum_is_none_at_the_lowest():
    """The two wells of Styblinski and Tang's function, from the ridge between."""
    race = Race("styblinski_tang", [Lane("sgd", lr=0.01)], (0.16, -2.9), noise=5, noise_decay=0.05)
    many = run_ensemble(race, seeds=64)
    told = [status.text for status in many.status]
    assert many.lowest == np.mean([": minimum" in text for text in told])
    assert many.shares["converged"] == np.mean([" minimum" in text for text in told])
    assert 0.2 < many.lowest < 0.8 < many.shares["converged"]


def test_more_seeds_begin_with_the_fewer_ones(monkeypatch):
    """Also where they do not fit into one tile."""
    race = Race("beale", [Lane("sgd", lr=0.01)], steps=40, noise=0.5)
    some = run_ensemble(race, seeds=10)
    monkeypatch.setattr(ensemble, "TILES", (4, 8))
    done: list[int] = []
    more = run_ensemble(race, seeds=19, proceed=lambda seeds: done.append(seeds) or True)
    np.testing.assert_allclose(more.end[:10], some.end, rtol=1e-12)
    assert done == [0, 8, 16]
    assert len(more.end) == len(more.status) == 19


def test_an_ensemble_that_nobody_wants_any_more_stops():
    with pytest.raises(StoppedError):
        run_ensemble(Race("beale", ["sgd"], noise=1), proceed=lambda _: False)


def test_other_numbers_compile_nothing(probe):
    run_ensemble(Race(probe.surface, [Lane("adam", lr=0.05)], steps=100, noise=0.1), seeds=5)
    before = probe.traces
    other = Race(
        probe.surface,
        [Lane("adam", lr=0.01, rho2=0.9)],
        (0.3, 0.4),
        150,
        "cosine",
        0.7,
        3,
        shape={"mix": 0.2},
        noise_decay=0.01,
        changes=[Change(9, 0, lr=0.1)],
    )
    run_ensemble(other, seeds=64)
    assert probe.traces == before


@pytest.mark.parametrize(
    ("lane", "seeds", "words"),
    [(1, 8, "counted from 0"), (-1, 8, "counted from 0"), (0, 0, "seeds"), (0, 1.5, "seeds")],
)
def test_what_is_no_ensemble_gets_a_sentence(lane, seeds, words):
    with pytest.raises(RaceError, match=words):
        run_ensemble(Race("beale", ["sgd"], noise=1), lane, seeds)
