"""The inspector shows the lines of the rule's own code, with the values of the run itself."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import grad
from jax.numpy import where

from optviz import RULES, Change, Lane, Race, inspect, notation, run
from optviz.noise import perturbations
from optviz.rule import learning_rate, rule
from optviz.suggestions import suggested

STEPS = 60
LANE = 1  # behind another, so that a mix-up of lanes shows


def races():
    """Every rule, each second with noise and a schedule too; a few on another surface."""
    for k, slug in enumerate(RULES):
        fit = [Lane("sgd"), Lane(slug, label="", **suggested(slug, "beale"))]
        noisy = Race("beale", fit, steps=STEPS, schedule="cosine", noise=0.05, seed=3)
        yield pytest.param(Race("beale", fit, steps=STEPS), id=f"{slug}-beale")
        if k % 2 == 0:
            yield pytest.param(noisy, id=f"{slug}-noisy")
    for slug in ("nesterov", "adam", "bfgs"):
        yield pytest.param(
            Race("rosenbrock", [Lane("sgd"), Lane(slug)], steps=STEPS), id=f"{slug}-rosenbrock"
        )


@pytest.fixture(scope="module", params=races())
def seen(request):
    trajectories = run(request.param)
    return trajectories, inspect(trajectories, LANE)


def lines(inspection):
    return zip(inspection.lines, inspection.values, strict=True)


def height(race):
    return lambda p: race.objective.function(*p, **race.shape)


def test_the_last_line_is_the_next_point(seen):
    trajectories, inspection = seen
    *_, after = (values for line, values in lines(inspection) if line.role == "step")
    np.testing.assert_allclose(after, trajectories.theta[LANE, 1:], rtol=1e-12, atol=1e-12)


def test_the_memory_is_what_the_lines_leave(seen):
    trajectories, inspection = seen
    final = {line.target: values for line, values in lines(inspection)}
    for name, along in trajectories.memory[LANE].items():
        # What is divided by a small difference of gradients, as BFGS does, shows their rounding.
        np.testing.assert_allclose(final[name], along[1:], rtol=1e-8, atol=1e-12)


def test_the_arrows_end_at_the_next_point(seen):
    trajectories, inspection = seen
    theta = trajectories.theta[LANE]
    parts = inspection.momentum + inspection.slope + inspection.pull + inspection.rest
    np.testing.assert_allclose(theta[:-1] + parts, theta[1:], rtol=1e-12, atol=1e-12)


def test_the_gradient_is_that_of_the_point_where_it_was_taken(seen):
    trajectories, inspection = seen
    race = trajectories.race
    noise = perturbations(STEPS, race.noise, race.noise_decay, race.seed)
    values = next(values for line, values in lines(inspection) if line.role == "gradient")
    with jax.enable_x64(True):
        slopes = jax.vmap(grad(height(race)))(inspection.taken_at)
    np.testing.assert_allclose(values, np.asarray(slopes) + noise, rtol=1e-9, atol=1e-9)


def test_the_hessian_is_that_of_the_surface(seen):
    trajectories, inspection = seen
    with jax.enable_x64(True):
        hessian = jax.vmap(jax.hessian(height(trajectories.race)))
        wanted = hessian(trajectories.theta[LANE])
    np.testing.assert_allclose(inspection.hessian, wanted, rtol=1e-9, atol=1e-9)


def test_every_line_has_its_equation_in_every_notation(seen):
    trajectories, inspection = seen
    owner = trajectories.race.lanes[LANE].algorithm
    for style in notation.NOTATIONS:
        assert len(notation.lines(owner, style)) == len(inspection.lines)


def inspected(slug, surface="rosenbrock", **values):
    return inspect(run(Race(surface, [Lane(slug, **values)], steps=STEPS)))


def test_nesterov_takes_its_gradient_ahead():
    trajectories = run(Race("rosenbrock", [Lane("nesterov", alpha=0.8)], steps=STEPS))
    inspection = inspect(trajectories)
    assert (np.abs(inspection.momentum[1:]).max(axis=1) > 0).all()
    ahead = trajectories.theta[0, :-1] + inspection.momentum
    np.testing.assert_allclose(inspection.taken_at, ahead, rtol=1e-12)


@pytest.mark.parametrize("slug", ["momentum", "nesterov"])
def test_the_step_of_momentum_is_its_two_terms(slug):
    race = Race("rosenbrock", [Lane(slug, lr=1e-3, alpha=0.9)], steps=STEPS)
    trajectories = run(race)
    inspection = inspect(trajectories)
    v = trajectories.memory[0]["v"]
    np.testing.assert_allclose(inspection.momentum, 0.9 * v[:-1], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(inspection.slope, v[1:] - 0.9 * v[:-1], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("slug", "rate"),
    [
        ("sgd", lambda _: np.full((STEPS, 2), 0.01)),
        ("adagrad", lambda m: 0.01 / (1e-7 + np.sqrt(m["r"][1:]))),
        ("rmsprop", lambda m: 0.01 / np.sqrt(1e-6 + m["r"][1:])),
        ("adam", lambda m: 0.01 / (np.sqrt(m["r"][1:] / (1 - 0.999 ** m["t"][1:, None])) + 1e-8)),
        ("adadelta", lambda m: 0.01 * np.sqrt(m["u"][:-1] + 1e-6) / np.sqrt(m["r"][1:] + 1e-6)),
        ("rprop", lambda m: 0.01 * m["d"][1:]),
    ],
)
def test_the_effective_rate_is_what_scales_the_direction(slug, rate):
    trajectories = run(Race("beale", [Lane(slug, lr=0.01)], steps=STEPS))
    found = inspect(trajectories).rate
    assert found is not None
    np.testing.assert_allclose(found, rate(trajectories.memory[0]), rtol=1e-10)


def test_weight_decay_is_a_part_of_its_own():
    inspection = inspected("adamw", lr=0.1, weight_decay=0.5)
    *_, after = (values for line, values in lines(inspection) if line.role == "step")
    np.testing.assert_allclose(inspection.pull[1:], -0.1 * 0.5 * after[:-1], rtol=1e-12)


def test_a_rule_added_tomorrow_is_inspected_too():
    @rule("Gated", source="this test")
    def gated(f, theta, v=0.0, *, lr=learning_rate(0.01)):
        """Follows its average only where that agrees with the gradient."""
        g = grad(f)(theta)
        v = 0.5 * v + g
        d = where(v * g > 0, v, 0 * v)
        return theta - lr * d, v

    trajectories = run(Race("beale", [Lane(gated)], steps=STEPS))
    inspection = inspect(trajectories)
    assert [line.target for line in inspection.lines] == ["g", "v", "d", "theta"]
    np.testing.assert_allclose(inspection.values[-1], trajectories.theta[0, 1:], rtol=1e-12)


def test_functions_named_by_their_module_are_the_same():
    @rule("Switched", source="this test")
    def switched(f, theta, r=0.0, *, lr=learning_rate(0.01)):
        """Divides by its average where that is large."""
        g = jax.grad(f)(theta)
        r = 0.5 * r + g * g
        d = jnp.where(r > 1, g / jnp.sqrt(r), g)
        theta = theta - lr * d
        return theta, r

    trajectories = run(Race("beale", [Lane(switched)], steps=STEPS))
    inspection = inspect(trajectories)
    r = trajectories.memory[0]["r"][1:]
    assert [line.role for line in inspection.lines] == ["gradient", "number", "direction", "step"]
    assert inspection.rate is not None
    np.testing.assert_allclose(
        inspection.rate, 0.01 * np.where(r > 1, 1 / np.sqrt(np.maximum(r, 1)), 1)
    )
    assert not inspection.rest.any()


def test_the_stable_rate_follows_the_values_in_force():
    race = Race(
        "ravine",
        [Lane("momentum", alpha=0.5), Lane("adam")],
        steps=STEPS,
        changes=[Change(3, 0, alpha=0.9)],
    )
    momentum, adam = (inspect(run(race), lane) for lane in (0, 1))
    assert momentum.stable is not None
    np.testing.assert_allclose(momentum.stable, [3.0] * 3 + [3.8] * (STEPS - 3))
    assert adam.stable is None


def test_after_divergence_there_is_nothing_to_inspect():
    trajectories = run(Race("rosenbrock", [Lane("sgd", lr=5.0)], steps=STEPS))
    inspection = inspect(trajectories)
    left = trajectories.status[0].step
    assert left is not None
    assert np.isnan(inspection.values[0][left + 1 :]).all()
    assert np.isfinite(inspection.values[0][: left - 1]).all()


def test_other_numbers_compile_nothing():
    race = lambda **kw: run(Race("beale", [Lane("adam", lr=kw.pop("lr", 0.1))], **kw))  # noqa: E731
    inspect(race(steps=100))
    traced: list[str] = []
    listen = lambda event, *_, **__: traced.append(event)  # noqa: E731
    others = [race(steps=77, lr=0.2), race(steps=900, noise=0.1), race(start=(0.1, 0.2))]
    jax.monitoring.register_event_duration_secs_listener(listen)
    for trajectories in others:
        inspect(trajectories)
    jax.monitoring.clear_event_listeners()
    assert not [event for event in traced if "trace" in event or "compile" in event]
