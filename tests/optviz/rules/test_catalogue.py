"""What holds for every rule of the catalogue: its declaration, and how its step may be run."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from optviz import stepping
from optviz.rules import RULES

SLUGS = [
    *("sgd", "momentum", "momentum_ruder", "momentum_torch", "ewma_momentum"),
    *("nesterov", "nesterov_ruder", "nesterov_keras", "nesterov_torch", "qhm"),
    *("adagrad", "adagrad_inside", "adagrad_keras", "adadelta"),
    *("rmsprop", "rmsprop_outside", "rmsprop_momentum", "rmsprop_nesterov"),
    *("adam", "adam_inside", "adam_uncorrected", "adam_keras", "adamw", "nadam", "nadam_torch"),
    *("adamax", "amsgrad", "radam", "adabelief", "yogi"),
    *("sign_sgd", "lion", "rprop", "polyak", "newton", "bfgs"),
]
OF_VECTORS = {"newton", "bfgs"}
ELEMENTWISE = [rule for slug, rule in RULES.items() if slug not in OF_VECTORS]
PULLS_TO_THE_ORIGIN = {"weight_decay": 0.0}

in_float64 = pytest.mark.usefixtures("float64")
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
each_elementwise = pytest.mark.parametrize("rule", ELEMENTWISE, ids=lambda rule: rule.slug)


def bowl(p):
    """A convex loss for arrays of any shape."""
    return jnp.sum(jnp.cosh(p - 0.3) + 0.5 * p * p)


def flat(p):
    return jnp.sum(0.0 * p)


def walk(rule, f, theta, values, steps=3):
    """Return (theta, *memory) after `steps` steps in plain Python."""
    state = stepping.first(rule, theta)
    for _ in range(steps):
        state = stepping.advance(rule, f, state, values)
    return state


def still(rule, defaults):
    """Return the defaults of `rule` without what moves it where there is no gradient."""
    return {name: PULLS_TO_THE_ORIGIN.get(name, value) for name, value in defaults(rule).items()}


def test_the_catalogue_holds_every_rule_in_the_menus_order():
    assert [slug for slug in RULES if slug in SLUGS] == SLUGS


@each_rule
def test_a_rule_says_what_it_is_in_one_sentence_and_where_it_is_from(rule):
    assert rule.about.endswith(".")
    assert "\n" not in rule.about
    assert rule.source
    assert [other.slug for other in RULES.values() if other.name == rule.name] == [rule.slug]
    assert [o.slug for o in RULES.values() if o.about == rule.about] == [rule.slug]


@each_rule
def test_a_rule_declares_its_hyperparameters(rule):
    assert next(iter(rule.hyperparameters)) == "lr"
    for name, h in rule.hyperparameters.items():
        assert h.low <= h.default <= h.high, name
        assert h.meaning, name


@each_rule
def test_the_defaults_make_progress_on_rosenbrock(rule, follow, rosenbrock):
    theta, memory = follow(rule, rosenbrock.f, rosenbrock.start, steps=500)
    assert np.isfinite(theta).all()
    assert np.abs(theta).max() < 10
    assert all(np.isfinite(values).all() for values in memory.values())
    assert rosenbrock.f(theta[-1]) < 0.2 * rosenbrock.f(theta[0])


@in_float64
@each_rule
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_step_keeps_the_shape_and_the_type_of_everything(rule, dtype, defaults):
    theta = jnp.array([0.5, -0.25], dtype)
    start = (theta, *rule.start(theta))
    assert {a.dtype for a in start} == {jnp.dtype(dtype)}
    after = jax.eval_shape(lambda p: walk(rule, bowl, p, defaults(rule)), theta)
    assert [(a.shape, a.dtype) for a in after] == [(a.shape, a.dtype) for a in start]


@each_rule
def test_float32_is_the_default_and_follows_float64(rule, defaults):
    theta = jnp.array([0.5, -0.25])
    single = walk(rule, bowl, theta, defaults(rule))
    assert {a.dtype for a in single} == {jnp.dtype("float32")}
    with jax.enable_x64(True):
        double = walk(rule, bowl, jnp.array([0.5, -0.25]), defaults(rule))
    np.testing.assert_allclose(single[0], double[0], rtol=1e-4, atol=1e-5)


@in_float64
@each_elementwise
def test_a_rule_takes_arrays_of_any_shape(rule, defaults):
    theta = jnp.linspace(-1, 1, 12)
    line = walk(rule, bowl, theta, defaults(rule))
    block = walk(rule, bowl, theta.reshape(3, 4), defaults(rule))
    for a, b in zip(line, block, strict=True):
        assert b.shape in {(3, 4), ()}
        np.testing.assert_allclose(np.ravel(b), np.ravel(a), rtol=1e-12)


@in_float64
@each_rule
def test_lanes_run_side_by_side_as_they_do_alone(rule, defaults):
    starts = jnp.array([[0.5, -0.25], [-0.7, 0.1], [0.2, 0.9]])

    def lane(start):
        step = lambda _, state: stepping.advance(rule, bowl, state, defaults(rule))  # noqa: E731
        return jax.lax.fori_loop(0, 3, step, stepping.first(rule, start))

    together, one = jax.jit(jax.vmap(lane))(starts), jax.jit(lane)
    alone = [one(start) for start in starts]
    for a, b in zip(together, zip(*alone, strict=True), strict=True):
        np.testing.assert_allclose(a, jnp.stack(b), rtol=1e-12, atol=1e-14)


@each_rule
def test_the_compiled_loop_equals_plain_python(rule, follow, defaults):
    theta, memory = follow(rule, bowl, (0.5, -0.25), steps=3)
    plain = walk(rule, bowl, jnp.array([0.5, -0.25]), defaults(rule))
    for a, b in zip([theta, *memory.values()], plain, strict=True):
        np.testing.assert_allclose(a[-1], b, rtol=1e-12, atol=1e-14)


@each_rule
def test_another_value_of_a_hyperparameter_compiles_nothing(rule, defaults):
    traces = []

    @jax.jit
    def step(theta, memory, values):
        traces.append(values)
        return rule.advance(bowl, theta, memory, **values)

    theta = jnp.array([0.5, -0.25])
    values = defaults(rule)
    for name, h in rule.hyperparameters.items():
        step(theta, rule.start(theta), values | {name: h.low})
        step(theta, rule.start(theta), values | {name: h.high})
    assert len(traces) == 1


@each_rule
def test_a_new_start_means_fresh_memory(rule, defaults):
    theta = jnp.array([0.5, -0.25])
    fresh = [np.array(value) for value in rule.start(theta)]
    walk(rule, bowl, theta, defaults(rule))
    for before, after in zip(fresh, rule.start(theta), strict=True):
        np.testing.assert_array_equal(before, after)


@in_float64
@each_rule
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_fresh_rule_stays_where_the_gradient_is_exactly_zero(rule, dtype, defaults):
    theta = jnp.array([0.5, -0.25], dtype)
    after, *memory = walk(rule, flat, theta, still(rule, defaults))
    np.testing.assert_array_equal(after, theta)
    assert all(np.isfinite(value).all() for value in memory)


@in_float64
@each_rule
def test_a_rule_survives_arriving_at_the_minimum_exactly(rule, defaults):
    values = still(rule, defaults)
    theta, *memory = walk(rule, bowl, jnp.array([0.5, -0.25]), values)
    for _ in range(3):
        theta, *memory = rule.advance(flat, theta, tuple(memory), **values)
    assert all(np.isfinite(value).all() for value in (theta, *memory))


@in_float64
@each_rule
def test_a_zero_rate_moves_nothing(rule, defaults):
    theta = jnp.array([0.5, -0.25])
    after, *_ = walk(rule, bowl, theta, defaults(rule) | {"lr": 0.0})
    np.testing.assert_array_equal(after, theta)
