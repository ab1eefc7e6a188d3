"""The largest stable learning rate that a rule knows of is where it stops converging."""

from __future__ import annotations

import pytest

from optviz import RULES, Lane, Race, run

KNOWN = {slug: rule for slug, rule in RULES.items() if rule.stable}
CURVATURE = 25.0


def valley(x, y):
    return 0.5 * (CURVATURE * x**2 + y**2)


def raced(slug, share, values):
    """Return the run at a share of the limit."""
    lr = share * KNOWN[slug].limit(**values) / CURVATURE
    return run(Race(valley, [Lane(slug, lr=lr, **values)], start=(1.0, 1.0), steps=3000))


@pytest.mark.parametrize("value", [-0.8, -0.3, 0.0, 0.5, 0.9])
@pytest.mark.parametrize("slug", KNOWN)
def test_below_the_limit_it_converges_and_above_it_does_not(slug, value):
    values = {name: value for name in KNOWN[slug].hyperparameters if name != "lr"}
    below, above = raced(slug, 0.98, values), raced(slug, 1.02, values)
    assert below.loss[0, -1] < 1e-6 * below.loss[0, 0]
    assert above.status[0].state == "diverged"


@pytest.mark.parametrize("slug", sorted(KNOWN.keys() - {"sgd"}))
def test_what_keeps_all_of_its_velocity_or_more_has_no_stable_rate(slug):
    (share,) = KNOWN[slug].hyperparameters.keys() - {"lr"}
    assert [float(KNOWN[slug].limit(**{share: value})) for value in (-1.5, -1.0, 1.0, 2.0)] == [
        0.0
    ] * 4


def test_a_rule_that_is_not_linear_in_the_gradient_knows_no_limit():
    assert {"sgd", "momentum", "nesterov"} <= KNOWN.keys()
    assert RULES["adam"].limit(**RULES["adam"].hyperparameters) is None
