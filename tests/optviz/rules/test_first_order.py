"""What the first-order rules are known for: coasting, first steps, and each other's limits."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

from optviz.rules import RULES

pytestmark = pytest.mark.usefixtures("float64")

V = np.array([0.5, -0.25])


def flat(p):
    return jnp.sum(0.0 * p)


@pytest.mark.parametrize("slug", ["momentum", "nesterov", "rmsprop_momentum", "rmsprop_nesterov"])
def test_momentum_coasts_over_a_plateau(slug, defaults):
    rule = RULES[slug]
    values = defaults(rule)
    memory = [V if name == "v" else np.ones(2) for name in rule.memory]
    theta, *after = rule.advance(flat, jnp.zeros(2), tuple(memory), **values)
    np.testing.assert_allclose(theta, values["alpha"] * V, rtol=1e-15)
    np.testing.assert_allclose(dict(zip(rule.memory, after, strict=True))["v"], theta)


@pytest.mark.parametrize("slug", ["ewma_momentum", "qhm", "adam", "adamax", "lion"])
def test_an_averaged_gradient_outlasts_the_slope(slug, defaults):
    rule = RULES[slug]
    memory = tuple(jnp.asarray(V) if name in "vs" else m for name, m in _fresh(rule))
    theta, *_ = rule.advance(flat, jnp.zeros(2), memory, **defaults(rule))
    assert (np.sign(theta) == -np.sign(V)).all()


def _fresh(rule):
    return zip(rule.memory, rule.start(jnp.ones(2)), strict=True)


@pytest.mark.parametrize(
    ("slug", "values"),
    [
        ("adam", {}),
        ("adam_inside", {}),
        ("adamw", {"weight_decay": 0.0}),
        ("adamax", {}),
        ("amsgrad", {}),
    ],
)
@pytest.mark.parametrize("lr", [1e-3, 0.05])
def test_the_first_step_of_adam_has_length_lr_in_each_coordinate(slug, values, lr, loss, follow):
    theta, _ = follow(RULES[slug], loss.f, (-1.2, 0.5), steps=1, lr=lr, **values)
    np.testing.assert_allclose(np.abs(theta[1] - theta[0]), lr, rtol=1e-6)


def test_without_bias_correction_the_first_step_is_three_times_as_long(follow, rosenbrock):
    theta, _ = follow(RULES["adam_uncorrected"], rosenbrock.f, (-1.2, 0.5), steps=1, lr=0.01)
    expected = 0.01 * (1 - 0.9) / np.sqrt(1 - 0.999)
    np.testing.assert_allclose(np.abs(theta[1] - theta[0]), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("slug", "values", "same_as", "its_values"),
    [
        ("ewma_momentum", {"lr": 0.01, "beta": 0.9}, "momentum", {"lr": 1e-3, "alpha": 0.9}),
        ("momentum", {"lr": 1e-3, "alpha": 0.0}, "sgd", {"lr": 1e-3}),
        ("nesterov", {"lr": 1e-3, "alpha": 0.0}, "sgd", {"lr": 1e-3}),
        ("qhm", {"lr": 1e-3, "nu": 0.0}, "sgd", {"lr": 1e-3}),
        ("qhm", {"lr": 5e-3, "nu": 1.0, "beta": 0.9}, "ewma_momentum", {"lr": 5e-3, "beta": 0.9}),
        ("rmsprop_momentum", {"lr": 1e-3, "alpha": 0.0}, "rmsprop", {"lr": 1e-3}),
        ("rmsprop_nesterov", {"lr": 1e-3, "alpha": 0.0}, "rmsprop", {"lr": 1e-3}),
        ("adamw", {"lr": 0.01, "weight_decay": 0.0}, "adam", {"lr": 0.01}),
        ("nadam", {"lr": 0.01, "rho1": 0.0}, "adam", {"lr": 0.01, "rho1": 0.0}),
        ("nadam_torch", {"lr": 0.01, "rho1": 0.0}, "adam", {"lr": 0.01, "rho1": 0.0}),
        ("nadam_torch", {"lr": 0.01, "psi": 1e4}, "nadam", {"lr": 0.01}),
        ("momentum_torch", {"lr": 1e-3, "alpha": 0.9}, "momentum", {"lr": 1e-3, "alpha": 0.9}),
        ("nesterov_torch", {"lr": 1e-3, "alpha": 0.0}, "sgd", {"lr": 1e-3}),
        ("lion", {"lr": 1e-3, "rho1": 0.0, "weight_decay": 0.0}, "sign_sgd", {"lr": 1e-3}),
        ("adam", {"lr": 0.01, "rho1": 0.0, "rho2": 0.0, "delta": 0.0}, "sign_sgd", {"lr": 0.01}),
    ],
)
def test_one_rule_becomes_another(slug, values, same_as, its_values, follow, rosenbrock):
    theta, _ = follow(RULES[slug], rosenbrock.f, rosenbrock.start, **values)
    other, _ = follow(RULES[same_as], rosenbrock.f, rosenbrock.start, **its_values)
    np.testing.assert_allclose(theta, other, rtol=1e-10)


def _step(slug, memory, values, theta=(0.7, -1.3)):
    return RULES[slug].advance(_bowl, jnp.array(theta), memory, **values)[0]


def _bowl(p):
    return jnp.sum(p**4 + p)


def test_only_the_correction_parts_adam_without_it_from_adam_with_delta_inside():
    values = {"lr": 0.1, "rho1": 0.9, "rho2": 0.999, "delta": 0.5}
    memory = (jnp.asarray(V), jnp.asarray(V * V))
    plain = _step("adam_uncorrected", memory, values)
    # After so many steps there is nothing left to correct.
    np.testing.assert_allclose(plain, _step("adam_inside", (*memory, 1e6), values), rtol=1e-14)
    assert not np.allclose(plain, _step("adam", (*memory, 1e6), values), rtol=1e-3)
    assert not np.allclose(plain, _step("adam_inside", (*memory, 1), values), rtol=1e-3)


def test_averaging_shortens_pytorchs_momentum_under_a_schedule_too():
    averaged = summed = (jnp.array([0.7, -1.3]), jnp.zeros(2))
    for k in range(1, 30):
        averaged = RULES["ewma_momentum"].advance(
            _bowl, averaged[0], averaged[1:], lr=0.05 / k, beta=0.8
        )
        summed = RULES["momentum_torch"].advance(
            _bowl, summed[0], summed[1:], lr=0.01 / k, alpha=0.8
        )
        np.testing.assert_allclose(averaged[0], summed[0], rtol=1e-12)


def test_adagrads_steps_fade_on_a_constant_slope(follow):
    theta, _ = follow(RULES["adagrad"], jnp.sum, (0.0, 0.0), steps=50, lr=0.5)
    lengths = np.abs(np.diff(theta[:, 0]))
    np.testing.assert_allclose(lengths, 0.5 / np.sqrt(np.arange(1, 51)), rtol=1e-6)


def test_amsgrad_never_lets_its_divisor_shrink(follow, rosenbrock):
    _, memory = follow(RULES["amsgrad"], rosenbrock.f, rosenbrock.start)
    assert (np.diff(memory["r_max"], axis=0) >= 0).all()
    assert (np.diff(memory["r"], axis=0) < 0).any()


def test_amsgrad_takes_the_maximum_before_it_corrects_the_bias():
    """Reddi's r_max is of r itself: after a steep start the divisor shrinks with its correction."""
    rule, values = RULES["amsgrad"], {"lr": 0.1, "rho1": 0.0, "rho2": 0.9, "delta": 0.0}
    memory = (0.0, 0.0, 0.5, 9)
    theta, *_, r_max, _ = rule.advance(jnp.sum, jnp.zeros(2), memory, **values)
    assert r_max.tolist() == [0.5, 0.5]
    np.testing.assert_allclose(theta, -0.1 / np.sqrt(0.5 / (1 - 0.9**10)), rtol=1e-12)


def test_radam_begins_as_momentum_and_rectifies_from_its_sixth_step(follow, rosenbrock):
    lr, rho1 = 1e-3, 0.9
    theta, memory = follow(RULES["radam"], rosenbrock.f, rosenbrock.start, steps=8, lr=lr)
    t = np.arange(1, 9)[:, None]
    plain = -lr * memory["s"][1:] / (1 - rho1**t)
    is_plain = np.isclose(np.diff(theta, axis=0), plain, rtol=1e-9).all(axis=1)
    assert is_plain.tolist() == [True] * 5 + [False] * 3


def test_adabelief_strides_where_the_slope_stays_the_same(follow):
    believer, _ = follow(RULES["adabelief"], jnp.sum, (0.0, 0.0), lr=1e-3)
    adam, _ = follow(RULES["adam"], jnp.sum, (0.0, 0.0), lr=1e-3)
    assert believer[-1, 0] < 2 * adam[-1, 0] < 0


def test_yogi_forgets_a_steep_start_by_equal_amounts(follow):
    """Behind a cliff r falls by (1 - rho2) g squared a step, not by a share of itself."""

    def cliff(p):
        return jnp.sum(p + 1e3 * jnp.maximum(p - 1.0, 0.0) ** 2)

    _, memory = follow(RULES["yogi"], cliff, (1.05, 1.05), steps=40, lr=0.05)
    falls = np.diff(memory["r"][20:, 0])
    np.testing.assert_allclose(falls, -(1 - 0.999), rtol=1e-6)


def test_rprop_doubles_back_to_a_shorter_step(follow):
    theta, memory = follow(RULES["rprop"], lambda p: jnp.sum(p * p), (1.0, -1.0), steps=60, lr=0.1)
    np.testing.assert_allclose(memory["d"][1:4, 0], [1.0, 1.2, 1.44])
    assert np.abs(theta[-1]).max() < 1e-3
    assert memory["d"].max() <= 50
