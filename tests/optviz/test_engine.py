"""The engine equals a Python loop over a rule's steps, for every rule, and compiles once."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from optviz import RULES, SCHEDULES, Change, Lane, Race, Schedule, engine, run
from optviz.noise import perturbations
from optviz.programs import PROGRAMS

STEPS = 30
# All of it differs from what the programs are first compiled with.
CHANGES = {
    "start": {"start": (0.4, -0.7)},
    "far start": {"start": (4e5, -3e7)},
    "schedule": {"schedule": Schedule("cosine", end=0.2)},
    "noise": {"noise": 0.3},
    "noise's decay": {"noise": 0.3, "noise_decay": 0.1},
    "seed": {"noise": 0.3, "seed": 9},
    "shape": {"shape": {"mix": 0.1}},
    "a change in mid-run": {"changes": [Change(7, 1, lr=1e-4), Change(9, schedule="cosine")]},
    "fewer steps": {"steps": 1},
    "as many steps as the program holds": {"steps": engine.STEP_LENGTHS[0]},
}


@pytest.fixture(params=RULES)
def slug(request):
    return request.param


def gentle(slug: str, share: float = 0.5) -> Lane:
    """Return a lane whose rate is small enough for a path that rounding does not change."""
    return Lane(slug, lr=RULES[slug].hyperparameters["lr"].default * share)


def loop(race: Race):
    """Yield theta (T+1, 2) and memory of each lane: one call of the rule's step after another."""
    rule, f = race.lanes[0].algorithm, race.objective.f
    noise = perturbations(race.steps, race.noise, race.noise_decay, race.seed)
    first, second = (
        SCHEDULES[schedule.slug].multipliers(race.steps, **schedule.values)
        for schedule in (race.schedule, *(c.schedule for c in race.changes if c.schedule))
    )
    multipliers = [*first[: STEPS // 3], *second[STEPS // 3 :]]

    @jax.jit
    def step(theta, memory, n, values):
        def loss(p):
            return f(p[0], p[1], **race.shape) + n @ (p - theta)

        after = rule.step(loss, theta, *memory, **values)
        return after if isinstance(after, tuple) else (after,)

    for index, lane in enumerate(race.lanes):
        theta = jnp.array(race.start)
        states = [(theta, *rule.start(theta))]
        for k, (multiplier, n) in enumerate(zip(multipliers, noise, strict=True)):
            lr = lane.values["lr"] * (0.5 if index == 1 and k >= STEPS // 2 else 1.0)
            values = dict(lane.values) | {"lr": lr * multiplier}
            states.append(step(states[-1][0], states[-1][1:], n, values))
        theta, *memory = (np.stack(parts) for parts in zip(*states, strict=True))
        yield theta, dict(zip(rule.memory, memory, strict=True))


@pytest.fixture
def race(probe, slug):
    schedule = Schedule("cosine", end=0.3)
    lanes = [gentle(slug, 0.2), gentle(slug, 0.1)]
    changes = [
        Change(STEPS // 2, 1, lr=lanes[1].values["lr"] / 2),
        Change(STEPS // 3, schedule=Schedule("inverse_time")),
    ]
    return Race(
        probe.surface, lanes, None, STEPS, schedule, 0.05, 6, shape={"mix": 0.7}, changes=changes
    )


@pytest.mark.usefixtures("float64")
def test_trajectory_equals_a_loop_over_the_rules_steps(race):
    t = run(race)
    # Polyak's step divides by the slope, noise and all: it magnifies the rounding of both.
    close = 1e-8 if race.lanes[0].algorithm.slug == "polyak" else 1e-12
    for index, (theta, memory) in enumerate(loop(race)):
        np.testing.assert_allclose(t.theta[index], theta, rtol=close, atol=close)
        assert t.memory[index].keys() == memory.keys()
        for name, values in memory.items():
            scale = 1e-12 * np.abs(values).max()
            recorded = t.memory[index][name]
            np.testing.assert_allclose(recorded, values, rtol=1e-12, atol=scale, err_msg=name)


@pytest.mark.usefixtures("float64")
def test_recorded_loss_and_gradient_are_the_surfaces_own(race):
    t = run(race)
    f = jax.value_and_grad(lambda p: race.objective.f(p[0], p[1], **race.shape))
    for index in range(len(race.lanes)):
        loss, grad = jax.vmap(f)(jnp.array(t.theta[index]))
        np.testing.assert_allclose(t.loss[index], loss, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(t.grad[index], grad, rtol=1e-12, atol=1e-12)


@pytest.mark.usefixtures("float64")
def test_index_0_is_the_start_with_fresh_memory(race):
    t, rule = run(race), race.lanes[0].algorithm
    fresh = rule.start(jnp.array(race.start))
    for index in range(len(race.lanes)):
        assert t.theta[index, 0].tolist() == list(race.start)
        assert len(t.memory[index]) == len(fresh)
        for recorded, value in zip(t.memory[index].values(), fresh, strict=True):
            assert (recorded[0] == np.asarray(value)).all()


def test_everything_is_float64(race):
    t = run(race)
    arrays = [t.theta, t.loss, t.grad, t.multipliers, *t.memory[0].values()]
    assert {array.dtype for array in arrays} == {np.dtype(np.float64)}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_setting_compiles_again(probe, change):
    lanes = [gentle(slug, share) for slug in RULES for share in (1.0, 0.5, 0.25, 0.1)]
    run(Race(probe.surface, lanes))
    traces = probe.traces
    run(Race(probe.surface, lanes, **change))
    assert probe.traces == traces


def test_no_hyperparameter_compiles_again(probe, slug):
    run(Race(probe.surface, [Lane(slug), Lane(slug)]))
    traces = probe.traces
    for name, declared in RULES[slug].hyperparameters.items():
        low: dict[str, Any] = {name: declared.low}
        high: dict[str, Any] = {name: declared.high}
        run(Race(probe.surface, [Lane(slug, **low), Lane(slug)]))
        run(Race(probe.surface, [Lane(slug), Lane(slug, **high), Lane(slug)]))
    assert probe.traces == traces


def test_the_counter_notices_a_new_program(probe):
    """The tests above would pass if nothing was counted."""
    traces = probe.traces
    run(Race(probe.surface, [Lane("sgd", lr=1e-4)], steps=engine.STEP_LENGTHS[1]))
    assert probe.traces > traces


@pytest.mark.parametrize("count", [1, 2, 5, 17])
@pytest.mark.parametrize("steps", [1, 7])
def test_padding_of_lanes_never_shows(probe, count, steps):
    rates = np.geomspace(1e-4, 1e-2, count)
    t = run(Race(probe.surface, [Lane("momentum", lr=rate) for rate in rates], steps=steps))
    assert t.theta.shape == (count, steps + 1, 2)
    assert t.loss.shape == (count, steps + 1)
    assert t.grad.shape == (count, steps + 1, 2)
    assert len(t.memory) == len(t.status) == len(t.distance) == count
    for index, rate in enumerate(rates):
        alone = run(Race(probe.surface, [Lane("momentum", lr=rate)], steps=steps))
        np.testing.assert_allclose(t.theta[index], alone.theta[0], rtol=1e-13)
        np.testing.assert_allclose(t.memory[index]["v"], alone.memory[0]["v"], rtol=1e-13)


@pytest.mark.parametrize("steps", [1, 7, 1024, 1025])
def test_padding_of_steps_never_shows(probe, steps):
    race = Race(probe.surface, [Lane("momentum", lr=1e-3)], steps=steps, noise=0.1)
    longer = run(Race(probe.surface, [Lane("momentum", lr=1e-3)], steps=1100, noise=0.1))
    t = run(race)
    assert t.theta.shape == (1, steps + 1, 2)
    assert t.memory[0]["v"].shape == (steps + 1, 2)
    assert t.multipliers.shape == (len(t), steps)
    np.testing.assert_allclose(t.theta[0], longer.theta[0, : steps + 1], rtol=1e-12, atol=1e-12)


def test_more_steps_than_the_longest_program(probe):
    steps = engine.STEP_LENGTHS[-1] + 1
    t = run(Race(probe.surface, [Lane("sgd", lr=1e-3)], steps=steps))
    assert t.theta.shape == (1, steps + 1, 2)
    assert np.isfinite(t.theta).all()


def test_lanes_stand_in_the_races_order(probe):
    slugs = ["adam", "sgd", "adam", "newton", "sgd"]
    lanes = [gentle(slug, 1 / (index + 2)) for index, slug in enumerate(slugs)]
    t = run(Race(probe.surface, lanes, steps=STEPS))
    for index, lane in enumerate(lanes):
        alone = run(Race(probe.surface, [lane], steps=STEPS))
        np.testing.assert_allclose(t.theta[index], alone.theta[0], rtol=1e-13)
        assert t.memory[index].keys() == lane.algorithm.memory.keys()


def test_the_same_race_gives_the_same_bits(race):
    first, again = run(race), run(race)
    assert (first.theta == again.theta).all()
    assert (first.loss == again.loss).all()


def test_a_program_that_leaves_the_cache_frees_its_function():
    """A surface typed by a visitor must not stay for ever."""

    def f(x, y):
        return x * x + y * y

    t = run(Race(f, [Lane("sgd", lr=0.1)], steps=8))
    assert np.isfinite(t.loss).all()
    assert [key[0] for key in PROGRAMS._entries].count(f) == 2
    PROGRAMS.drop(f)
    assert f not in [key[0] for key in PROGRAMS._entries]
    gone = weakref.ref(f)
    del f, t
    gc.collect()
    assert gone() is None


def test_the_library_leaves_jaxs_precision_alone(probe):
    before = jax.config.read("jax_enable_x64")
    run(Race(probe.surface, [Lane("sgd")], steps=3))
    assert jax.config.read("jax_enable_x64") == before
    assert jnp.ones(1).dtype == jnp.float32
