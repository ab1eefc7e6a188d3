"""Suggested values lie on their sliders, and the race that they make is worth watching."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optviz import RULES, SURFACES, Lane, Race, Trajectories, run
from optviz.conditions import tolerance_of
from optviz.race import DEFAULT, default_lanes
from optviz.suggestions import BASES, OPENINGS, moved, starting, suggested


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
    assert (t.loss[:, -1] < t.loss[:, 0] / 10).all()


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


def first(surface: str) -> tuple[Trajectories, dict[str, int]]:
    """Return the first race of a surface, and the number of each rule's lane."""
    t = run(Race(surface, default_lanes(SURFACES[surface])))
    return t, {str(lane.rule): number for number, lane in enumerate(t.race.lanes)}


def ends(surface: str) -> dict[str, tuple[float, float]]:
    """Return where the lanes that converge end, to three digits."""
    t, lane = first(surface)
    there = {rule: t.theta[k, -1] for rule, k in lane.items() if t.status[k].state == "converged"}
    # Without a sign of zero.
    return {
        rule: (round(float(x), 3) + 0, round(float(y), 3) + 0) for rule, (x, y) in there.items()
    }


# What their first races show is tested below.
SHOWN = ["rosenbrock", "beale", "ravine", "saddle", "monkey_saddle", "plateau", "matyas", "booth"]


@pytest.mark.parametrize("surface", [one for one in SURFACES if one not in SHOWN][::2])
def test_a_surface_opens_with_a_race_that_can_be_watched(surface):
    t, lane = first(surface)
    assert 3 <= len(lane) <= 6
    assert {"sgd", "momentum"} <= {*lane}
    if SURFACES[surface].minima:
        assert "diverged" not in {one.state for one in t.status}
    # Adam's rates are of another kind; what is a variant of another rule has its rate.
    for rule, base in BASES.items():
        if rule in lane and base in lane:
            values = [t.race.lanes[lane[one]].values["lr"] for one in (rule, base)]
            assert values[0] == values[1]


@pytest.mark.parametrize("surface", SURFACES)
def test_a_first_race_ends_where_it_does_however_it_is_rounded(surface):
    """Each browser runs it by itself, with other last digits than the server's."""
    t, _ = first(surface)
    turned = np.add(t.race.start, np.array([1, -1]) * 1e-10).tolist()
    other = run(t.race.replace(start=turned))
    assert [one.state for one in other.status] == [one.state for one in t.status]
    for lane, status in enumerate(t.status):
        if status.state == "converged":
            near = 2 * tolerance_of(t.race.objective)
            np.testing.assert_allclose(other.theta[lane, -1], t.theta[lane, -1], atol=near)


def test_adagrads_first_race_on_beale_arrives_and_stays():
    lanes = default_lanes(SURFACES["beale"])
    at = [str(lane.rule) for lane in lanes].index("adagrad")
    longer = run(Race("beale", [lanes[at]], steps=1000))
    assert longer.status[0].text.startswith("converged at step ")


WITH_MINIMA = [one for one in SURFACES if SURFACES[one].minima]


# Some of all: each pair is a program to compile.
@pytest.mark.parametrize(
    ("rule", "surface"),
    [(rule, WITH_MINIMA[3 * k % len(WITH_MINIMA)]) for k, rule in enumerate((*BASES, *BASES))],
)
def test_a_variant_at_the_rate_of_its_base_does_not_diverge(rule, surface):
    values: dict[str, Any] = starting(rule, surface)
    if surface not in OPENINGS:
        assert values["lr"] == starting(BASES[rule], surface)["lr"]
    assert run(Race(surface, [Lane(rule, **values)])).status[0].state != "diverged"


def test_adadelta_begins_with_its_own_rate():
    assert {starting("adadelta", surface)["lr"] for surface in SURFACES} == {1.0}


def arrival(t: Trajectories, lane: int) -> float:
    """Return the step from which on a lane is at a minimum, infinite if it never is."""
    status = t.status[lane]
    return float(status.step or 0) if status.state == "converged" else np.inf


def across(t: Trajectories, lane: int) -> np.ndarray:
    """Return how far a path in the ravine is from its axis, at every step."""
    angle = np.radians(t.race.shape["rotation"])
    x, y = t.theta[lane].T
    return np.cos(angle) * y - np.sin(angle) * x


def test_in_the_ravine_descent_zigzags_and_momentum_damps_it_and_is_sooner_there():
    t, lane = first("ravine")
    plain, inert = across(t, lane["sgd"]), across(t, lane["momentum"])
    assert t.race.lanes[lane["sgd"]].values["lr"] == t.race.lanes[lane["momentum"]].values["lr"]
    # From one wall to the other, at each step.
    assert (np.diff(np.sign(plain[1:20])) != 0).all()
    assert abs(plain[10]) > 0.3 * abs(plain[1])
    assert abs(inert[10:20]).max() < 0.2 * abs(plain[10:20]).max()
    assert 2 * arrival(t, lane["momentum"]) < arrival(t, lane["sgd"])


def test_from_the_saddle_paths_fall_towards_the_viewer_and_descent_lingers():
    t, lane = first("saddle")
    assert len(lane) == 6
    gone = {rule: int((abs(t.theta[k, :, 1]) > 1).argmax()) for rule, k in lane.items()}
    assert all(t.theta[k, gone[rule], 1] < -1 for rule, k in lane.items())
    assert max(gone, key=lambda rule: gone[rule]) == "sgd"
    assert gone["nesterov"] < gone["momentum"] < gone["sgd"] / 2
    # Each coordinate has a rate of its own: the small slope along y counts as much.
    assert max(gone[rule] for rule in ("adagrad", "rmsprop", "adam")) < gone["momentum"]


def test_the_monkey_saddle_holds_newton_and_lets_others_fall():
    t, lane = first("monkey_saddle")
    assert t.status[lane["newton"]].text == "at the saddle (0, 0)"
    away = np.nanmin(t.loss, axis=1) < -10
    assert [rule for rule, k in lane.items() if not away[k]] == ["newton"]


def test_on_the_plateau_momentum_coasts_and_descent_stops_at_the_same_rate():
    t, lane = first("plateau")
    assert len({one.values["lr"] for one in t.race.lanes}) == 1
    for rule in ("momentum", "nesterov"):
        assert t.status[lane[rule]].state == "converged"
    assert t.status[lane["sgd"]].state != "converged"
    # For four hundred steps it comes a tenth of the way further.
    assert np.hypot(*(t.theta[lane["sgd"], -1] - t.theta[lane["sgd"], 100])) < 0.1 * np.hypot(4, 2)


def test_rosenbrocks_valley_is_found_at_once_and_then_followed_slowly():
    t, lane = first("rosenbrock")
    assert t.loss[lane["sgd"], 3] < 0.2 * t.loss[lane["sgd"], 0]
    assert t.status[lane["sgd"]].state != "converged"
    assert t.loss[lane["momentum"], -1] < t.loss[lane["sgd"], -1] / 10


def test_beales_floor_is_too_flat_for_the_rate_that_its_walls_allow():
    t, lane = first("beale")
    assert {"adagrad", "rmsprop"} <= {*lane}
    assert t.status[lane["sgd"]].state != "converged"
    for rule in ("momentum", "nesterov", "adam"):
        assert t.status[lane[rule]].state == "converged"


def test_a_small_rate_never_arrives_on_matyas_gentle_bowl():
    t, lane = first("matyas")
    assert t.status[lane["sgd"]].state != "converged"
    assert arrival(t, lane["momentum"]) < 150


def test_every_rule_arrives_in_booths_bowl():
    assert {*ends("booth").values()} == {(1.0, 3.0)}
    assert len(ends("booth")) == 4


def test_goldstein_and_prices_heights_need_rates_of_every_size():
    t, lane = first("goldstein_price")
    rates = [one.values["lr"] for one in t.race.lanes]
    assert max(rates) / min(rates) >= 1e3
    assert t.status[lane["adam"]].state == "converged"
    assert t.status[lane["sgd"]].state != "converged"


def others(found: dict[str, tuple[float, float]], than: str) -> set[str]:
    return {rule for rule, point in found.items() if point != found[than]}


def test_who_has_momentum_ends_in_another_well_than_who_has_not():
    assert "momentum" in others(ends("double_well"), "sgd")
    assert "momentum" in others(ends("three_hump_camel"), "sgd")
    assert ends("three_hump_camel")["momentum"] == (0.0, 0.0)
    assert "momentum" in others(ends("styblinski_tang"), "sgd")
    assert "momentum" in others(ends("ackley"), "sgd")
    assert "momentum" in others(ends("rastrigin"), "sgd")
    assert ends("bohachevsky")["momentum"] == (0.0, 0.0) != ends("bohachevsky")["sgd"]


@pytest.mark.parametrize("surface", ["himmelblau", "branin"])
def test_equal_minima_are_reached_by_different_rules(surface):
    assert len({*ends(surface).values()}) == 3


def test_the_side_of_the_axis_decides_which_of_dixon_and_prices_minima_is_reached():
    _, lane = first("dixon_price")
    assert {*lane} == {"sgd", "momentum", "nesterov", "adam"}
    assert {np.sign(y) for _, y in ends("dixon_price").values()} == {-1.0, 1.0}


@pytest.mark.parametrize("surface", ["mccormick", "griewank", "six_hump_camel", "drop_wave"])
def test_slow_paths_settle_in_the_first_hollow(surface):
    t, _ = first(surface)
    assert all("local minimum" in one.text or "valley of minima" in one.text for one in t.status)


def test_large_steps_cross_levys_ripples_and_small_ones_stay():
    found, start = ends("levy_13"), SURFACES["levy_13"].start
    moved_ = {rule: float(np.hypot(x - start[0], y - start[1])) for rule, (x, y) in found.items()}
    assert moved_["sgd"] < 0.2
    assert min(moved_["momentum"], moved_["adam"]) > 2


def test_from_near_easoms_hole_rules_fall_in_and_from_further_out_none_does():
    assert {*ends("easom").values()} == {(3.142, 3.142)}
    lanes = default_lanes(SURFACES["easom"])
    far = run(Race("easom", lanes, start=(0.2, 6.3)))
    assert np.hypot(*(far.theta[:, -1] - np.pi).T).min() > 2
