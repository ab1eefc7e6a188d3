"""Suggested values lie on their sliders, and the race that they make is worth watching."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optviz import RULES, SURFACES, Lane, Race, run
from optviz.race import DEFAULT
from optviz.suggestions import moved, starting, suggested


@pytest.mark.parametrize("surface", SURFACES)
def test_suggestions_lie_on_the_sliders(surface):
    for slug, rule in RULES.items():
        for name, value in suggested(slug, surface).items():
            declared = rule.hyperparameters[name]
            assert declared.low <= value <= declared.high, (slug, name)


def test_a_rule_that_is_tuned_has_a_rate_of_its_own_on_every_surface():
    """One that is new takes its defaults until `make suggestions`."""
    for slug in RULES:
        tuned = {"lr" in suggested(slug, surface) for surface in SURFACES}
        assert len(tuned) == 1, slug
    assert "lr" in suggested("adam", "beale")


@pytest.mark.parametrize("surface", SURFACES)
def test_polyaks_step_knows_the_lowest_loss(surface):
    assert suggested("polyak", surface).get("f_star") == SURFACES[surface].minimum


# From their starts no rate brings Newton's method to a minimum calmly, or there is none.
ASTRAY = ["saddle", "monkey_saddle", "easom", "himmelblau", "mccormick", "rastrigin", "drop_wave"]


@pytest.mark.parametrize("surface", ASTRAY)
def test_where_no_rate_arrives_newton_shows_where_its_own_step_leads(surface):
    assert suggested("newton", surface)["lr"] == RULES["newton"].hyperparameters["lr"].default == 1


def test_newtons_whole_steps_lead_to_a_place_that_is_no_minimum():
    values: dict[str, Any] = suggested("newton", "saddle")
    t = run(Race("saddle", [Lane("newton", **values)], steps=20))
    np.testing.assert_allclose(t.theta[0, -1], SURFACES["saddle"].saddles[0], atol=1e-6)


@pytest.mark.parametrize("slug", RULES)
def test_a_new_lane_takes_suggestions_over_defaults(slug):
    defaults = {name: h.default for name, h in RULES[slug].hyperparameters.items()}
    values = starting(slug, "booth")
    assert values == defaults | suggested(slug, "booth")
    assert [*values] == [*defaults]


def test_suggested_rates_bring_the_default_race_down():
    """Every lane of the first sight descends a long way, and none diverges."""
    t = run(DEFAULT)
    assert np.isfinite(t.theta).all()
    assert (t.loss[:, -1] < t.loss[:, 0] / 20).all()


def test_a_suggested_rate_beats_the_default_where_that_is_far_too_large():
    rate = suggested("sgd", "goldstein_price")["lr"]
    t = run(Race("goldstein_price", [Lane("sgd", lr=rate), Lane("sgd")]))
    assert t.status[0].state != "diverged"
    assert not t.loss[1, -1] < t.loss[0, -1]


@pytest.mark.parametrize("slug", RULES)
def test_what_nobody_turned_follows_the_surface_and_what_was_turned_stays(slug):
    here, there = starting(slug, "rosenbrock"), starting(slug, "booth")
    assert moved(slug, here, "rosenbrock", "booth") == there
    turned = here | {"lr": here["lr"] * 1.5}
    assert moved(slug, turned, "rosenbrock", "booth") == there | {"lr": turned["lr"]}
