"""Faults that were found in other visualizers: each of them is a test for us."""

from __future__ import annotations

import ast
from pathlib import Path

import jax
import jax.numpy as jnp
import mpmath
import numpy as np
import pytest

from optviz import RULES, SURFACES, Hyperparameter, Lane, Race, Rule, notation, run
from optviz.engine import FAR
from optviz.mathml import mathml
from optviz.noise import perturbations

ROOT = Path(__file__).parents[2]
SOURCES = [
    ROOT / "app.py",
    *(path for top in ("catalogues", "optviz", "surfaces") for path in (ROOT / top).rglob("*.py")),
]
# The sum of the momentum that is left when the slope ends: v (alpha + alpha^2 + ...).
COASTING = {
    "momentum": lambda v, values: v * values["alpha"] / (1 - values["alpha"]),
    "nesterov": lambda v, values: v * values["alpha"] / (1 - values["alpha"]),
    "ewma_momentum": lambda v, values: -values["lr"] * v * values["beta"] / (1 - values["beta"]),
}


def ramp(x, y):
    """Falls towards x = 0; beyond it is exactly flat."""
    return jnp.maximum(x, 0) ** 2 + 0 * y


@pytest.mark.parametrize("slug", ["adam", "adam_inside", "adamax", "amsgrad"])
@pytest.mark.parametrize(("rho1", "rho2"), [(0.9, 0.999), (0.5, 0.9), (0.99, 0.5)])
def test_1_bias_correction_makes_adams_first_step_as_long_as_the_rate(probe, slug, rho1, rho2):
    lanes = [Lane(slug, lr=rate, rho1=rho1, rho2=rho2) for rate in (0.05, 0.3)]
    t = run(Race(probe.surface, lanes, steps=1))
    for index, lane in enumerate(lanes):
        step = np.abs(t.theta[index, 1] - t.theta[index, 0])
        np.testing.assert_allclose(step, lane.values["lr"], rtol=1e-6)


def test_2_gradients_agree_with_high_precision_derivatives():
    t = run(Race("rosenbrock", [Lane("momentum", lr=1e-3)], steps=200))
    mpmath.mp.dps = 40

    def f(x, y):
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2

    for theta, grad in zip(t.theta[0, ::20], t.grad[0, ::20], strict=True):
        exact = [float(mpmath.diff(f, tuple(theta), order)) for order in ((1, 0), (0, 1))]
        np.testing.assert_allclose(grad, exact, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("slug", COASTING)
def test_3_momentum_coasts_where_the_gradient_is_zero(slug):
    t = run(Race(ramp, [Lane(slug, lr=0.3), Lane("sgd", lr=0.3)], (1.0, 0.0), 300))
    flat = int((t.grad[0] == 0).all(axis=1).argmax())
    (v,) = t.memory[0].values()
    way = COASTING[slug](v[flat], t.race.lanes[0].values)
    assert 0 < flat < 100
    assert way[0] < -0.1
    np.testing.assert_allclose(t.theta[0, -1] - t.theta[0, flat], way, rtol=1e-6)


def test_3_plain_descent_stops_there():
    t = run(Race(ramp, [Lane("momentum", lr=0.6), Lane("sgd", lr=0.6)], (1.0, 0.0), 300))
    flat = int((t.grad[1] == 0).all(axis=1).argmax())
    assert 0 < flat < 100
    assert (t.theta[1, flat:] == t.theta[1, flat]).all()
    assert t.status[1].text == "stands still: the gradient is zero here"


def test_3_momentum_crosses_the_plateau_that_stops_plain_descent():
    lanes = [Lane("momentum", lr=0.02, alpha=0.9), Lane("sgd", lr=0.02)]
    t = run(Race("plateau", lanes, steps=400))
    way = np.hypot(*(t.theta[:, -1] - t.theta[:, 0]).T)
    assert way[0] > 1.5 * way[1]


@pytest.mark.parametrize("slug", ["ravine", "ackley", "six_hump_camel"])
def test_4_the_gradient_is_that_of_the_function(slug):
    """The same object is run, differentiated and printed; here it is differentiated numerically."""
    surface, h = SURFACES[slug], 1e-3
    t = run(Race(slug, [Lane("sgd", lr=1e-4)], np.add(surface.start, 0.01).tolist(), 3))
    p, grad = t.theta[0], t.grad[0]
    with jax.enable_x64(True):
        for axis, step in enumerate(np.eye(2) * h):
            near, far = (
                (surface.f(*(p + k * step).T) - surface.f(*(p - k * step).T)) / (2 * k * h)
                for k in (1, 2)
            )
            expected = np.asarray((4 * near - far) / 3)
            np.testing.assert_allclose(grad[:, axis], expected, atol=1e-6 * np.abs(grad).max())


@pytest.mark.parametrize("slug", SURFACES)
def test_4_the_equation_shown_is_printed_from_the_function_that_runs(client, slug):
    shown = {entry["slug"]: entry for entry in client.get("/catalogue").json()["surfaces"]}
    assert shown[slug]["equation"] == mathml(notation.latex(SURFACES[slug].function))


@pytest.mark.parametrize("slug", RULES)
def test_5_a_new_start_means_fresh_memory(probe, slug):
    def race(start):
        return Race(probe.surface, [Lane(slug), Lane(slug)], start, 20)

    before, other = run(race((1.0, 1.0))), run(race((-2.0, 0.5)))
    again = run(race((1.0, 1.0)))
    assert (before.theta == again.theta).all()
    for name, values in other.memory[0].items():
        assert (values[0] == again.memory[0][name][0]).all(), name


def test_6_a_diverging_lane_says_so_and_leaves():
    t = run(Race("rosenbrock", [Lane("sgd", lr=0.1), Lane("sgd", lr=1e-3)], steps=100))
    surface = SURFACES["rosenbrock"]
    step = t.status[0].step
    assert step is not None
    assert t.status[0].text.startswith(f"diverged at step {step}")
    assert np.abs(t.theta[0, step]).max() > FAR * np.ptp(surface.x) / 2
    assert np.isnan(t.theta[0, step + 1 :]).all()
    assert t.status[1].state == "running"


def spy(_f, theta, _rate=0.0, _other=0.0, *, lr, alpha):
    """Remember which values a step was given, and go nowhere."""
    return theta, jnp.full_like(theta, lr), jnp.full_like(theta, alpha)


def test_7_the_value_shown_is_the_value_used():
    free = Hyperparameter(0.5, 0.0, 1.0)
    memory = {"rate": 0.0, "other": 0.0}
    rule = Rule(spy, "Spy", "", "spy", {"lr": free, "alpha": free}, memory, "spy")
    lanes = [Lane(rule, lr=0.1, alpha=0.2), Lane(rule, lr=7e-5, alpha=123.0), Lane(rule)]
    t = run(Race("beale", lanes, steps=50, schedule="inverse_time", noise=1.0))
    for index, lane in enumerate(lanes):
        rate = lane.values["lr"] * t.multipliers[index]
        np.testing.assert_allclose(t.memory[index]["rate"][1:, 0], rate, rtol=1e-15)
        assert (t.memory[index]["other"][1:] == lane.values["alpha"]).all()


def test_7_a_steep_gradient_is_not_clipped():
    t = run(Race("rosenbrock", [Lane("sgd", lr=1e-3)], (50.0, -40.0), 1))
    x, y = 50.0, -40.0
    grad = np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])
    np.testing.assert_allclose(t.theta[0, 1], np.array([x, y]) - 1e-3 * grad, rtol=1e-12)


def test_8_a_slider_belongs_to_one_lane(probe):
    """Every hyperparameter of every other lane is turned; this lane's path keeps its bits."""
    lanes = [Lane("adam", lr=0.1), *(Lane(slug) for slug in RULES for _ in range(2))]
    before = run(Race(probe.surface, lanes, steps=20))
    turned = [
        Lane(
            slug, label="", **{name: (h.low + h.high) / 3 for name, h in r.hyperparameters.items()}
        )
        for slug, r in RULES.items()
        for _ in range(2)
    ]
    after = run(Race(probe.surface, [lanes[0], *turned], steps=20))
    assert (before.theta[0] == after.theta[0]).all()
    changed = [(a != b).any() for a, b in zip(before.theta[1:], after.theta[1:], strict=True)]
    assert all(changed)


@pytest.mark.parametrize("slug", SURFACES)
def test_10_nothing_is_lower_than_the_claimed_minimum(slug):
    surface = SURFACES[slug]
    x, y = np.meshgrid(np.linspace(*surface.x, 400), np.linspace(*surface.y, 400))
    if surface.minimum is None:
        assert not surface.minima
        return
    with jax.enable_x64(True):
        claimed = [float(surface.f(jnp.float64(x), jnp.float64(y))) for x, y in surface.minima]
        height = np.asarray(surface.f(*map(jnp.array, (x, y))))
    assert claimed
    np.testing.assert_allclose(claimed, surface.minimum, atol=1e-9)
    assert height.min() >= surface.minimum - 1e-9


def test_11_a_reply_names_the_values_that_it_was_computed_with(client):
    query = "surface=beale&start=1,1.5&steps=40&noise=0.1&seed=5&schedule=cosine,end:0.25"
    lanes = ["momentum,lr:0.0007,alpha:0.45", "adam,lr:0.031,rho1:0.77,label:mine"]
    address = "/race?format=json&" + query + "".join(f"&lane={lane}" for lane in lanes)
    reply = client.get(address).json()
    assert reply["race"] == Race.from_query(query + "".join(f"&lane={x}" for x in lanes)).plain()
    momentum, adam = reply["race"]["lanes"]
    assert momentum["values"] == {"lr": 0.0007, "alpha": 0.45}
    assert (adam["label"], adam["values"]["rho1"]) == ("mine", 0.77)
    (x, y), noise = (1.0, 1.5), perturbations(40, 0.1, 0.0, 5)
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    grad = 2 * a * (y - 1) + 2 * b * (y**2 - 1) + 2 * c * (y**3 - 1)
    assert reply["theta"][0][1][0] == pytest.approx(x - 0.0007 * (grad + noise[0, 0]), rel=1e-12)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_12_nothing_that_a_visitor_typed_is_executed(path):
    called = {
        getattr(node.func, "id", None)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    }
    assert not called & {"eval", "exec", "compile", "__import__"}
